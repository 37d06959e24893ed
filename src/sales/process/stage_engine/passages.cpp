// The bookkeeping of stays.
#include "sales/process/stage_engine/passages.h"

#include <algorithm>

#include "base/require.h"
#include "engine/expressions.h"
#include "sales/process/passage/passage.h"

namespace shangdao::process {

namespace {

using record::ChoiceKey;

constexpr std::int64_t stays_max = 1'000;
constexpr double us_per_day = 86'400e6;

ChoiceKey key(std::string_view word) { return ChoiceKey{std::string{word}}; }

// Days between two moments, two digits.
record::Value days_between(Instant from, Instant to)
{
    const auto units = round_to_units(static_cast<double>((to - from).count()) / us_per_day, 2);
    return units ? record::Value{Number{std::max<std::int64_t>(*units, 0), 2}} : record::Value{record::Null{}};
}

}  // namespace

Passages::Passages(Work& work, const engine::Records& records, const Object& object, const Record& record, const ProcessPlan& plan)
    : work_(work), records_(records), object_(object), record_(record), plan_(plan), passage_(work.desk.catalogue->at("passage")),
      reference_(passage_.slot(trade_of(object).passage_field).value_or(0))
{
    require(reference_ != 0, "passages cannot refer to this object");
}

std::vector<Record>& Passages::stays()
{
    if (loaded_) return stays_;
    store::Select select{.from = &passage_, .where = engine::field_is(passage_, reference_, record_.id())};
    select.slots = {record::slot_id, Passage::stage.slot, Passage::position.slot, Passage::how.slot, Passage::entered_at.slot, Passage::left_by.slot, Passage::passed.slot};
    std::ranges::sort(select.slots);
    select.limit = stays_max;
    stays_ = work_.unit.records(select, work_.desk.moment);
    std::ranges::sort(stays_, {}, [](const Record& stay) { return stay.id(); });
    loaded_ = true;
    return stays_;
}

Record* Passages::open_stay()
{
    for (auto& stay : stays())
        if (stay.get(Passage::left_by) == nullptr) return &stay;
    return nullptr;
}

Record* Passages::first_visit(std::string_view stage)
{
    for (auto& stay : stays())
        if (const auto* at = stay.get(Passage::stage); at != nullptr && at->key == stage) return &stay;
    return nullptr;
}

void Passages::write(Record& stay, record::Changes changes)
{
    records_.update_quietly(work_, passage_, stay.id(), changes);
    for (auto& change : changes) stay.set(change.slot, std::move(change.value));
}

void Passages::insert(std::size_t index, std::string_view how, std::optional<Instant> entered_at, record::Changes further)
{
    const StagedSlots slots(object_);
    const auto& stage = plan_.document.stages[index];
    record::Changes values{{Passage::name.slot, stage.key},
                           {reference_, record_.id()},
                           {Passage::process.slot, plan_.process},
                           {Passage::process_version.slot, plan_.version},
                           {Passage::stage.slot, key(stage.key)},
                           {Passage::position.slot, Number{static_cast<std::int64_t>(index) + 1, 0}},
                           {Passage::how.slot, key(how)},
                           {Passage::first_visit.slot, first_visit(stage.key) == nullptr},
                           {Passage::passed.slot, false}};
    if (entered_at) values.push_back({Passage::entered_at.slot, *entered_at});
    if (record_.owner()) values.push_back({Passage::member.slot, record_.owner()});
    if (slots.amount && !record::is_null(record_.at(*slots.amount))) values.push_back({Passage::amount.slot, record_.at(*slots.amount)});
    for (auto& change : further) values.push_back(std::move(change));
    stays_.push_back(records_.insert_quietly(work_, passage_, values));
}

void Passages::begin(std::size_t at, std::string_view how, std::optional<Instant> entered_at)
{
    loaded_ = true;   // a new record has no stays
    for (std::size_t i = 0; i < at; ++i) insert(i, "inferred", std::nullopt, {{Passage::left_by.slot, key("forward")}, {Passage::passed.slot, true}});
    insert(at, how, entered_at, {});
}

void Passages::leave(std::string_view by, std::optional<Instant> at, WentOn went_on, const Misses& missed)
{
    auto* stay = open_stay();
    if (stay == nullptr) return;
    record::Changes changes{{Passage::left_by.slot, key(by)}};
    const auto* entered = stay->get(Passage::entered_at);
    if (at) {
        const auto left = entered != nullptr ? std::max(*at, *entered) : *at;
        changes.push_back({Passage::left_at.slot, left});
        if (entered != nullptr) changes.push_back({Passage::stage_days.slot, days_between(*entered, left)});
    }
    if (!missed.empty()) changes.push_back({Passage::missed.slot, debt_to_json(missed)});
    auto* first = went_on == WentOn::yes ? first_visit(stay->get(Passage::stage)->key) : nullptr;
    if (first == stay) changes.push_back({Passage::passed.slot, true});
    write(*stay, std::move(changes));
    if (first != nullptr && first != stay) write(*first, {{Passage::passed.slot, true}});
}

void Passages::enter(std::size_t stage, std::string_view how, std::optional<Instant> at)
{
    stays();
    insert(stage, how, at, {});
}

void Passages::conclude(std::size_t from, std::size_t to)
{
    for (std::size_t i = from + 1; i <= to; ++i) {
        if (auto* visited = first_visit(plan_.document.stages[i].key)) {
            if (const auto* passed = visited->get(Passage::passed); passed == nullptr || !*passed) write(*visited, {{Passage::passed.slot, true}});
        } else {
            insert(i, "inferred", std::nullopt, {{Passage::left_by.slot, key("forward")}, {Passage::passed.slot, true}});
        }
    }
}

void Passages::reconsider(std::string_view good_end)
{
    auto& all = stays();
    const auto ended = std::find_if(all.rbegin(), all.rend(), [&](const Record& stay) {
        const auto* by = stay.get(Passage::left_by);
        return by != nullptr && by->key == good_end;
    });
    if (ended == all.rend()) return;
    drop_after(*ended, "inferred");
    reckon_passed();
}

void Passages::drop_after(const Record& stay, std::string_view how)
{
    std::erase_if(stays(), [&, last = stay.id()](Record& later) {
        if (later.id() <= last || (!how.empty() && later.get(Passage::how)->key != how)) return false;
        write(later, {{record::slot_deleted_at, work_.desk.moment.now}});
        return true;
    });
}

void Passages::reckon_passed()
{
    auto& all = stays();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto* passed = all[i].get(Passage::passed);
        if (passed == nullptr || !*passed) continue;
        const auto further = [&](const Record& later) { return later.get(Passage::position)->units > all[i].get(Passage::position)->units; };
        if (std::none_of(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end(), further)) write(all[i], {{Passage::passed.slot, false}});
    }
}

void Passages::return_to(std::string_view stage)
{
    auto& all = stays();
    const auto stood = std::find_if(all.rbegin(), all.rend(), [&](const Record& stay) { return stay.get(Passage::stage)->key == stage && stay.get(Passage::how)->key != "inferred"; });
    if (stood == all.rend()) return;
    const auto id = stood->id();
    drop_after(Record{*stood});
    auto& here = *std::ranges::find(all, id, [](const Record& stay) { return stay.id(); });
    write(here, {{Passage::left_by.slot, record::Null{}}, {Passage::left_at.slot, record::Null{}}, {Passage::stage_days.slot, record::Null{}}, {Passage::missed.slot, record::Null{}}});
    reckon_passed();
}

void Passages::return_to_end(std::string_view end)
{
    auto& all = stays();
    const auto ended = std::find_if(all.rbegin(), all.rend(), [&](const Record& stay) { return stay.get(Passage::left_by) != nullptr && stay.get(Passage::left_by)->key == end; });
    if (ended == all.rend()) return;
    const auto stage = ended->get(Passage::stage)->key;
    drop_after(Record{*ended});
    reckon_passed();
    if (end != trade_of(object_).good_end) return;
    if (auto* first = first_visit(stage)) write(*first, {{Passage::passed.slot, true}});
}

void Passages::tell(std::span<const KnownStay> known)
{
    for (const auto& told : known) {
        auto* stay = first_visit(told.stage);
        if (stay == nullptr) continue;
        record::Changes changes{{Passage::how.slot, key("imported")}};
        if (told.entered_at) changes.push_back({Passage::entered_at.slot, *told.entered_at});
        if (told.left_at && stay->get(Passage::left_by) != nullptr) {
            changes.push_back({Passage::left_at.slot, *told.left_at});
            if (told.entered_at) changes.push_back({Passage::stage_days.slot, days_between(*told.entered_at, *told.left_at)});
        }
        write(*stay, std::move(changes));
    }
}

}  // namespace shangdao::process
