// The map of names is loaded through the guard, so a reference to an invisible record is answered like a missing one.
#include "engine/import/lookup.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/expressions.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

constexpr std::int64_t names_page = 10'000;
constexpr std::size_t found_max = 100'000;

std::string key_text(const Object& object, const std::vector<std::size_t>& slots, const Record& record)
{
    auto text = std::to_string(object.index());
    for (const auto slot : slots) {
        text += '\n' + std::to_string(slot) + ':';
        if (const auto* plain = std::get_if<std::string>(&record.at(slot)))
            text += match_key(*plain);
        else
            record::append_wire(text, object.field(slot), record.at(slot));
    }
    return text;
}

// Asked of nothing but what judges it.
bool seen(Work& work, const Object& object, Id id)
{
    const auto found = work.unit.find_all(object, std::array{id}, object.sight_slots());
    return !found.empty() && !found.front().deleted() && work.desk.guard->sees(work.unit, object, found.front());
}

}  // namespace

Lookup::NameMap& Lookup::names_of(Work& work, const Object& object)
{
    const auto known = names_.find(object.index());
    if (known != names_.end()) return known->second;
    auto& names = names_[object.index()];
    store::Select select{.from = &object, .limit = names_page};
    select.sight = work.desk.guard.get();
    select.outputs = {{"id", field_expression(object, record::slot_id)},
                      {"name", field_expression(object, object.name_slot())}};
    select.order = {{field_expression(object, record::slot_id), false}};
    while (true) {
        const auto rows = work.unit.rows(select, work.desk.moment);
        for (const auto& row : rows)
            if (const auto* name = std::get_if<std::string>(&row[1]))
                names[match_key(*name)].push_back(std::get<Id>(row[0]));
        if (static_cast<std::int64_t>(rows.size()) < names_page) break;
        select.after = {rows.back()[0], rows.back()[0]};
    }
    return names;
}

void Lookup::begin(std::int64_t head)
{
    if (found_until_ != head || found_.size() > found_max) found_.clear();
    found_until_.reset();
}

Lookup::Answer Lookup::by_text(Work& work, const Object& object, const std::string& text)
{
    auto place = std::to_string(object.index()) + ':' + text;
    auto known = found_.find(place);
    if (known == found_.end()) {
        const auto answer = look_up(work, object, text);
        if (answer.found != Found::one) return answer;
        known = found_.emplace(std::move(place), answer.id).first;
    }
    if (work.found != nullptr) work.found->add(known->second, true);
    return {Found::one, known->second};
}

Lookup::Answer Lookup::look_up(Work& work, const Object& object, const std::string& text)
{
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        const auto& field = object.field(slot);
        if (field.type != record::Type::text || field.uniqueness != record::Uniqueness::unique) continue;
        if (work.desk.guard->field(object, slot) < record::FieldLevel::read) continue;
        const auto id = work.unit.find_unique(object, slot, text);
        if (id && seen(work, object, *id)) return {Found::one, *id};
    }
    if (work.desk.guard->field(object, object.name_slot()) < record::FieldLevel::read) return {};
    const auto& names = names_of(work, object);
    const auto found = names.find(match_key(text));
    if (found == names.end() || found->second.empty()) return {};
    if (found->second.size() > 1) return {Found::several, {}};
    return {Found::one, found->second.front()};
}

Lookup::Answer Lookup::by_key(Work& work, const Object& object, const std::vector<std::size_t>& slots,
                              const Record& wanted)
{
    for (const auto slot : slots)
        if (record::is_null(wanted.at(slot))) return {};
    if (slots.size() == 1) {
        const auto slot = slots.front();
        if (object.field(slot).uniqueness == record::Uniqueness::unique) {
            const auto id = work.unit.find_unique(object, slot, wanted.at(slot));
            const auto found = id ? work.unit.find(object, *id) : std::nullopt;
            // A dry run knows that an earlier chunk took the key, though the record itself is gone.
            if (id && !found) return {Found::one, *id};
            return found && !found->deleted() && work.desk.guard->sees(work.unit, object, *found)
                       ? Answer{Found::one, *id}
                       : Answer{};
        }
        if (slot == object.name_slot()) {
            const auto& names = names_of(work, object);
            const auto found = names.find(match_key(std::get<std::string>(wanted.at(slot))));
            if (found == names.end() || found->second.empty()) return {};
            return found->second.size() > 1 ? Answer{Found::several, {}} : Answer{Found::one, found->second.front()};
        }
    }
    store::Select select{.from = &object, .limit = 2};
    select.sight = work.desk.guard.get();
    for (const auto slot : slots) select.where = both(select.where, field_is(object, slot, wanted.at(slot)));
    std::vector<Id> ids;
    for (const auto& record : work.unit.records(select, work.desk.moment)) ids.push_back(record.id());
    if (const auto rehearsed = keys_.find(key_text(object, slots, wanted)); rehearsed != keys_.end())
        for (const auto id : rehearsed->second)
            if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    if (ids.empty()) return {};
    return ids.size() > 1 ? Answer{Found::several, {}} : Answer{Found::one, ids.front()};
}

void Lookup::add_keys(const Object& object, const Record& record, const std::vector<std::size_t>& slots)
{
    if (slots.empty()) return;
    for (const auto slot : slots)
        if (record::is_null(record.at(slot))) return;
    if (slots.size() == 1 &&
        (object.field(slots.front()).uniqueness == record::Uniqueness::unique || slots.front() == object.name_slot()))
        return;
    auto& ids = keys_[key_text(object, slots, record)];
    if (std::ranges::find(ids, record.id()) == ids.end()) ids.push_back(record.id());
}

void Lookup::add_name(Work& work, const Object& object, const Record& record)
{
    names_of(work, object);
    add(object, record);
}

void Lookup::add(const Object& object, const Record& record)
{
    const auto known = names_.find(object.index());
    if (known == names_.end()) return;   // not read yet: the reading will find it
    if (const auto* name = std::get_if<std::string>(&record.at(object.name_slot()))) {
        auto& ids = known->second[match_key(*name)];
        if (std::ranges::find(ids, record.id()) == ids.end()) ids.push_back(record.id());
    }
}

}  // namespace shangdao::engine
