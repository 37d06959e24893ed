#include "engine/persons/person_records.h"

#include <algorithm>
#include <set>

#include "engine/expressions.h"

namespace shangdao::engine {

namespace {

using record::OnErase;

bool is_text(const record::FieldDef& field) { return field.type == record::Type::text || field.type == record::Type::address; }

// What the system or a verb writes is no text that somebody wrote of a person.
bool is_emptied(const Object& object, std::size_t slot, OnErase what)
{
    const auto& field = object.field(slot);
    if (field.field_class == record::FieldClass::personal) return true;
    if (what == OnErase::personal) return false;
    if (field.name.starts_with("x_")) return is_text(field) || object.about_a_person();
    return is_text(field) && (field.written_by == record::WrittenBy::anyone || field.in_use == record::InUse::retired);
}

constexpr std::int64_t page_rows = 500, persons_max = 100;

}  // namespace

std::vector<RecordOf> records_of_person(store::View& view, const record::Catalogue& catalogue, const Object& object, Id id)
{
    std::vector<RecordOf> found{{&object, id}};
    const auto add = [&](const Object& other, Id of) {
        const RecordOf one{&other, of};
        if (other.about_a_person() && std::ssize(found) < persons_max && std::ranges::find(found, one) == found.end()) found.push_back(one);
    };
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto [of, at] = found[i];
        const auto record = view.find(*of, at);
        for (std::size_t slot = record::first_own_slot; record && slot < of->slot_count(); ++slot) {
            const auto* other = std::get_if<Id>(&record->at(slot));
            if (other != nullptr && of->field(slot).on_erase == OnErase::texts) add(catalogue.object(of->target(slot)), *other);
        }
        for (const auto& reverse : of->reverses()) {
            const auto& child = catalogue.object(reverse.object);
            if (!child.about_a_person() || child.field(reverse.slot).on_erase != OnErase::texts) continue;
            for (const auto which : {store::Select::Deleted::hide, store::Select::Deleted::only})
                for (const auto& one : page_of_children(view, child, reverse.slot, at, which, {}, persons_max)) add(child, one.id());
        }
    }
    return found;
}

Result<void> check_person(Work& work, const Records& records, const Object& object, Id id, std::string_view right)
{
    CHECK_OK(records.visible(work.unit, work.desk, object, id));
    if (!object.about_a_person()) return refuse("no_person", std::string{object.name()}, {{"object", std::string{object.label().in(work.desk.language)}}});
    if (!work.desk.guard->general(right)) return refuse("forbidden", std::string{object.name()}, {{"action", std::string{right}}});
    for (const auto& person : records_of_person(work.unit, *work.desk.catalogue, object, id)) CHECK_OK(records.visible(work.unit, work.desk, *person.object, person.id));
    return {};
}

std::vector<Record> page_of_children(store::View& view, const Object& child, std::size_t slot, Id parent, store::Select::Deleted which, Id after, std::int64_t limit)
{
    store::Select select{.from = &child, .where = field_is(child, slot, parent), .limit = limit, .deleted = which};
    select.order = {{field_expression(child, record::slot_id), false}};
    if (after) select.after = {after, after};
    return view.records(select, {});
}

void each_belonging(store::Store& store, const record::Catalogue& catalogue, const std::vector<RecordOf>& persons, const std::function<void(const Object&, const Record&)>& take)
{
    std::vector<RecordOf> parents = persons;
    std::set<Id> known;
    for (const auto& person : persons) known.insert(person.id);
    while (!parents.empty()) {
        const auto parent = parents.back();
        parents.pop_back();
        for (const auto& reverse : parent.object->reverses())
            for (const auto which : {store::Select::Deleted::hide, store::Select::Deleted::only})
                for (Id after;;) {
                    const auto& child = catalogue.object(reverse.object);
                    if (child.field(reverse.slot).on_erase == OnErase::keep) break;
                    const auto page = page_of_children(*store.read(), child, reverse.slot, parent.id, which, after, page_rows);
                    for (const auto& record : page) {
                        if (!known.insert(record.id()).second) continue;
                        take(child, record);
                        parents.push_back({&child, record.id()});
                    }
                    if (std::ssize(page) < page_rows) break;
                    after = page.back().id();
                }
    }
}

record::Changes emptied(const Object& object, const Record& record, OnErase what, Instant now)
{
    record::Changes changes;
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        const auto& field = object.field(slot);
        if (record::is_null(record.at(slot)) || !is_emptied(object, slot, what)) continue;
        const bool named = slot == object.name_slot() || field.need == record::Need::required;
        changes.push_back({slot, named && field.type == record::Type::text ? record::Value{"已抹除 / Erased " + to_string(record.id())} : record::Value{record::Null{}}});
    }
    if (const auto erased = object.erased_slot()) changes.push_back({*erased, now});
    return changes;
}

}  // namespace shangdao::engine
