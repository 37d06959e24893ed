// The office behind the tests of the rooms; part of the test binary only.
#include <boost/json.hpp>

#include <algorithm>
#include <random>
#include <stdexcept>

#include "formula/check.h"
#include "record/wire.h"
#include "sales/rooms.h"
#include "sales/office_testing.h"

namespace shangdao::sales {

using engine::Object;
using engine::Record;
using engine::Work;

namespace {

const Zone& shanghai()
{
    static const Zone zone = Zone::find("Asia/Shanghai").value();
    return zone;
}

Instant nine_o_clock(std::string_view day) { return shanghai().start_of(parse_date(day).value()) + std::chrono::hours{9}; }

std::filesystem::path fresh_directory()
{
    auto text = (std::filesystem::temp_directory_path() / "shangdao-office-XXXXXX").string();
    if (mkdtemp(text.data()) == nullptr) throw std::runtime_error("no temporary directory");
    return text;
}

template <typename T>
T must(Result<T> result)
{
    if (!result) throw std::runtime_error("refused: " + refusal(result));
    return std::move(*result);
}

Result<record::Changes> any_changes(const engine::Desk& desk, const Object& object, std::string_view text)
{
    record::Changes changes;
    for (const auto& [key, value] : boost::json::parse(text).as_object()) {
        const auto slot = object.slot(key);
        if (!slot) throw std::runtime_error("no field " + std::string{key});
        TRY(auto read, record::from_wire(object.field(*slot), value, desk.organisation->base));
        changes.push_back({*slot, std::move(read)});
    }
    return changes;
}

}  // namespace

Office::Office(std::string_view today) : directory_(fresh_directory()), clock_(nine_o_clock(today))
{
    engine_ = must(engine::Engine::open({.directory = directory_, .clock = &clock_, .readers = 1, .chain_key = std::string(32, 'c'), .seal_key = std::string(32, 's')}, all_rooms()));
    must(engine_->write_now(caller({}), [&](Work& work) -> Result<std::string> {
        engine::Organisation organisation;
        organisation.key = "office";
        organisation.name = "示例公司";
        organisation.base = Currency{"CNY"};
        organisation.zone = shanghai();
        CHECK_OK(engine_->set_organisation(work, organisation));
        return std::string{};
    }));
    if (const auto seeded = engine_->seed(); !seeded) throw std::runtime_error("not seeded: " + refusal(seeded));
}

Office::~Office()
{
    engine_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

void Office::on(std::string_view day) { clock_.set(nine_o_clock(day)); }

engine::Caller Office::caller(Id who) const
{
    return {.member = who, .kind = who ? engine::Caller::Kind::member : engine::Caller::Kind::system, .scopes = {}, .via = record::Via::api, .request = {}, .language = Language::zh};
}

engine::Desk Office::desk(Id who) const { return must(engine_->desk(caller(who))); }

const Object& Office::object(std::string_view name) const { return engine_->store().catalogue()->at(name); }

Result<Record> Office::in_unit(Id who, const std::function<Result<Record>(Work&)>& work)
{
    std::optional<Record> made;
    const auto written = engine_->write_now(caller(who), [&](Work& here) -> Result<std::string> {
        TRY(made, work(here));
        return std::string{};
    });
    if (!written) return refuse(written.error());
    return std::move(*made);
}

Id Office::hire(std::string_view name, std::string_view role, Id manager)
{
    boost::json::object person{{"name", name}, {"roles", boost::json::array{role}}};
    if (manager) person["manager"] = to_string(manager);
    return must(create({}, "member", boost::json::serialize(person))).id();
}

Result<Record> Office::create(Id who, std::string_view name, std::string_view json)
{
    return in_unit(who, [&](Work& work) -> Result<Record> {
        const auto& of = work.desk.catalogue->at(name);
        TRY(const auto values, engine::read_creation(work.desk, engine_->records().behaviours(), of, boost::json::parse(json)));
        return engine_->records().create(work, of, values);
    });
}

Result<Record> Office::change(Id who, std::string_view name, Id id, std::string_view json)
{
    return in_unit(who, [&](Work& work) -> Result<Record> {
        const auto& of = work.desk.catalogue->at(name);
        TRY(const auto values, engine::read_changes(work.desk, of, boost::json::parse(json)));
        return engine_->records().change(work, of, id, std::nullopt, values);
    });
}

Result<Record> Office::perform(Id who, std::string_view name, Id id, std::string_view verb, std::string_view json)
{
    return in_unit(who, [&](Work& work) -> Result<Record> {
        const auto& of = work.desk.catalogue->at(name);
        const auto* definition = engine::verb_of(of, verb);
        if (definition == nullptr) throw std::runtime_error("no verb " + std::string{verb});
        TRY(const auto arguments, engine::read_arguments(work.desk, of, *definition, boost::json::parse(json)));
        return engine_->records().perform(work, of, id, std::nullopt, *definition, arguments);
    });
}

Result<Record> Office::bring_in(Id who, std::string_view name, std::string_view json, engine::Occasion::History history)
{
    return in_unit(who, [&](Work& work) -> Result<Record> {
        const auto& of = work.desk.catalogue->at(name);
        TRY(const auto values, any_changes(work.desk, of, json));
        return engine_->records().create(work, of, values, {.verb = "created", .reason = {}, .happened_at = {}, .history = history});
    });
}

Result<Record> Office::through_door(Id who, std::string_view name, Id id, std::string_view field, std::string_view json)
{
    return in_unit(who, [&](Work& work) -> Result<Record> {
        const auto& of = work.desk.catalogue->at(name);
        TRY(const auto current, engine_->records().visible(work.unit, work.desk, of, id));
        TRY(const auto wanted, record::from_wire(of.field(of.slot(field).value()), boost::json::parse(json), work.desk.organisation->base));
        return engine_->records().behaviours().find(name)->doors.find(field)->second(work, of, current, wanted);
    });
}

Record Office::read(std::string_view name, Id id) const { return engine_->store().read()->find(object(name), id).value(); }

std::vector<Record> Office::list(Id who, std::string_view name, std::string_view filter) const
{
    const auto as = desk(who);
    const auto& of = as.catalogue->at(name);
    store::Select select{.from = &of};
    if (!filter.empty()) select.where = must(formula::check_condition(filter, {.catalogue = *as.catalogue, .object = of, .sight = as.guard.get(), .base = as.organisation->base}));
    select.limit = 100'000;
    select.sight = as.guard.get();
    auto found = engine_->store().read()->records(select, as.moment);
    std::ranges::sort(found, {}, [](const Record& one) { return one.id(); });
    return found;
}

std::string Office::show(const Record& record, std::string_view name, std::string_view field) const
{
    const auto& of = object(name);
    std::string text;
    const auto slot = of.slot(field).value();
    record::append_wire(text, of.field(slot), record.at(slot));
    if (text.size() > 1 && text.front() == '"') return text.substr(1, text.size() - 2);
    return text;
}

std::vector<record::Event> Office::events_of(std::string_view name, Id id) const
{
    const std::pair<const Object*, Id> one{&object(name), id};
    auto events = engine_->store().read()->history(std::span{&one, 1}, INT64_MAX, 1'000);
    std::ranges::reverse(events);
    return events;
}

}  // namespace shangdao::sales
