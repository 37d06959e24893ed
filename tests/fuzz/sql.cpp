// Any text as a formula over records full of nulls and extremes: what the checker accepts becomes SQL that gives the same values as the record
// back end, finds the same rows, and groups them without losing one. The first byte chooses the system or a viewer. Overflow apart: SQL does
// not compute what it need not.
#include <set>

#include "formula/arithmetic.h"
#include "laws.h"
#include "store/sql/agreement_testing.h"
#include "store/sqlite/sqlite_store.h"

using namespace shangdao;
using namespace shangdao::store;
using fuzz::law;

namespace {

const SystemClock system_clock;

std::unique_ptr<Store> open_engine(const agreement::Directory& directory, std::shared_ptr<const record::Catalogue> definitions)
{
    auto opened = open_sqlite({.file = directory.path() / "store.db", .readers = 1, .clock = &system_clock, .chain_key = std::string(32, 'k')}, std::move(definitions));
    require(opened.has_value(), "the store opens");
    return std::move(*opened);
}

using Values = std::map<std::int64_t, Result<Value>>;

bool alike(const Value& a, const Value& b)
{
    const auto* left = std::get_if<Money>(&a);
    const auto* right = std::get_if<Money>(&b);
    return left != nullptr && right != nullptr ? left->base_minor == right->base_minor : formula::same(a, b);
}

class Comparison {
public:
    Comparison(agreement::World& world, const formula::Expression& checked, const formula::Scope& scope) : world_(world), checked_(checked), scope_(scope), view_(world.store->read())
    {
        for (const auto* record : world.seen("boat")) wanted_.emplace(record->id().value, formula::evaluate(*world.definitions, checked, *record, world.moment, world));
    }

    void values()
    {
        auto select = all();
        select.outputs = {{"id", formula::check_value("id", scope_).value()}, {"value", checked_}};
        const auto rows = view_->rows(select, world_.moment);
        law(rows.size() == wanted_.size());
        for (const auto& row : rows) {
            const auto& value = wanted_.at(std::get<Id>(row[0]).value);
            law(!value || alike(*value, row[1]));
        }
    }

    void filter()
    {
        auto select = all();
        select.where = checked_;
        std::set<std::int64_t> found, expected;
        for (const auto& record : view_->records(select, world_.moment)) found.insert(record.id().value);
        for (const auto& [id, value] : wanted_) {
            if (!value) return;
            if (*value == Value{true}) expected.insert(id);
        }
        law(found == expected && view_->count(select, world_.moment) == std::ssize(expected));
    }

    void groups()
    {
        auto select = all();
        select.group = {{"value", checked_}};
        select.measures = {{"n", formula::check_measure("count()", scope_).value()}};
        std::int64_t sum = 0;
        for (const auto& row : view_->rows(select, world_.moment)) sum += std::get<Number>(row[1]).units;
        law(sum == std::ssize(wanted_));
    }

private:
    Select all() const { return {.from = &world_.object("boat"), .limit = 10'000, .sight = world_.viewer.get()}; }

    agreement::World& world_;
    formula::Expression checked_;
    const formula::Scope& scope_;
    std::unique_ptr<View> view_;
    Values wanted_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static agreement::World world(open_engine, 1);
    static const auto viewer = std::make_shared<const agreement::Viewer>(std::make_shared<const record::OwnerSet>(record::OwnerSet{Id{11}, Id{13}}), false);
    auto text = fuzz::text_of(data, size);
    world.viewer = fuzz::take_byte(text) % 2 == 0 ? nullptr : viewer;
    const formula::Scope scope{.catalogue = *world.definitions, .object = world.object("boat"), .sight = world.viewer.get(), .base = world.moment.base};
    const auto checked = formula::check_value(text, scope);
    if (!checked) return 0;
    Comparison comparison(world, *checked, scope);
    for (const auto compare : {&Comparison::values, &Comparison::filter, &Comparison::groups}) {
        if (compare == &Comparison::filter && (*checked)->type.type != record::Type::boolean) continue;
        try {
            (comparison.*compare)();
        } catch (const NumberOverflow&) {
        }
    }
    return 0;
}
