// Records as JSON. Columns are chosen once per answer, names fetched once per page; the loop below only appends.
#include "engine/answer.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "engine/people.h"
#include "record/wire.h"

namespace shangdao::engine {

using record::FieldLevel;

void Names::want(std::size_t object, Id id)
{
    auto [entry, fresh] = names_[object].try_emplace(id);
    if (fresh) wanted_[object].push_back(id);
}

void Names::fetch()
{
    for (const auto& [object, ids] : wanted_)
        view_.names(catalogue_.object(object), ids, [&](Id id, std::string_view name) { names_[object][id] = name; });
    wanted_.clear();
}

std::string_view Names::of(std::size_t object, Id id) const
{
    const auto group = names_.find(object);
    if (group == names_.end()) return {};
    const auto found = group->second.find(id);
    return found == group->second.end() ? std::string_view{} : std::string_view{found->second};
}

std::vector<Column> all_columns(const Desk& desk, const Object& object)
{
    std::vector<Column> columns;
    columns.reserve(object.slot_count());
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot)
        if (object.shows(slot) && desk.guard->field(object, slot) != FieldLevel::hidden) columns.push_back({object.field(slot).name, slot});
    return columns;
}

Result<std::size_t> visible_slot(const Desk& desk, const Object& object, std::string_view name)
{
    const auto slot = object.slot(name);
    if (slot && desk.guard->field(object, *slot) != FieldLevel::hidden) return *slot;
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < object.slot_count(); ++i)
        if (desk.guard->field(object, i) != FieldLevel::hidden) known.push_back(object.field(i).name);
    std::map<std::string, std::string> args{{"name", std::string{name.substr(0, 80)}}, {"object", std::string{object.name()}}};
    if (const auto near = nearest(name, known)) args["nearest"] = *near;
    return refuse("unknown_field", std::string{name.substr(0, 80)}, std::move(args));
}

Result<std::vector<Column>> asked_columns(const Desk& desk, const Object& object, std::span<const std::string> names)
{
    std::vector<Column> columns{{"id", record::slot_id}, {"version", record::slot_version}};
    for (const auto& name : names) {
        if (name == "id" || name == "version") continue;
        const auto dot = name.find('.');
        TRY(const auto slot, visible_slot(desk, object, std::string_view{name}.substr(0, dot)));
        Column column{name, slot};
        if (dot != std::string::npos) {
            if (object.field(slot).type != record::Type::reference) return refuse("unknown_field", name, {{"name", name}, {"object", std::string{object.name()}}});
            const auto& target = desk.catalogue->object(object.target(slot));
            TRY(column.beyond, visible_slot(desk, target, std::string_view{name}.substr(dot + 1)));
        }
        columns.push_back(std::move(column));
    }
    return columns;
}

std::vector<std::size_t> needed_slots(const store::Select& select, std::span<const Column> columns)
{
    std::vector<std::size_t> slots{record::slot_id};
    for (const auto& column : columns) slots.push_back(column.slot);
    for (const auto& order : select.order) slots.push_back(order.by->path.front());
    std::ranges::sort(slots);
    slots.erase(std::ranges::unique(slots).begin(), slots.end());
    return slots;
}

std::string masked(const record::Value& value)
{
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr || text->empty()) return "***";
    if (const auto at = text->find('@'); at != std::string::npos && at > 0) return text->substr(0, 1) + "***" + text->substr(at);
    const bool digits = text->size() >= 7 && std::ranges::all_of(*text, [](char c) { return (c >= '0' && c <= '9') || c == '+' || c == ' ' || c == '-'; });
    if (digits) return text->substr(0, 3) + "****" + text->substr(text->size() - 4);
    return "***";
}

namespace {

// Targets of two-step columns, each judged by the guard: who may not see the target gets null.
class Beyond {
public:
    Beyond(store::View& view, const Desk& desk, const Object& object, std::span<const Record> records, std::span<const Column> columns)
    {
        for (const auto& column : columns) {
            if (!column.beyond || targets_.contains(column.slot)) continue;
            const auto& target = desk.catalogue->object(object.target(column.slot));
            std::vector<Id> ids;
            for (const auto& record : records)
                if (const auto* id = std::get_if<Id>(&record.at(column.slot))) ids.push_back(*id);
            auto& found = targets_[column.slot];
            for (auto& one : view.find_all(target, ids))
                if (!one.deleted() && desk.guard->sees(view, target, one)) found.emplace(one.id(), std::move(one));
        }
    }
    const record::Value* find(const Record& record, const Column& column) const
    {
        const auto* id = std::get_if<Id>(&record.at(column.slot));
        if (id == nullptr) return nullptr;
        const auto& found = targets_.at(column.slot);
        const auto target = found.find(*id);
        return target == found.end() ? nullptr : &target->second.at(*column.beyond);
    }

private:
    std::map<std::size_t, std::unordered_map<Id, Record>> targets_;
};

}  // namespace

std::optional<std::string> shown_part(const Desk& desk, Id id, const record::FieldDef& field, const record::Value& value)
{
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? std::nullopt : desk.people->saved_views()->told(*desk.guard, id, field.naming, *text);
}

void append_records(std::string& out, store::View& view, const Desk& desk, const Object& object, std::span<const Record> records,
                    std::span<const Column> columns)
{
    Names names(view, *desk.catalogue);
    const Beyond beyond(view, desk, object, records, columns);
    const auto target_of = [&](const Column& column) {
        return column.beyond ? desk.catalogue->object(object.target(column.slot)).target(*column.beyond) : object.target(column.slot);
    };
    const auto value_of = [&](const Record& record, const Column& column) -> const record::Value* {
        return column.beyond ? beyond.find(record, column) : &record.at(column.slot);
    };
    const auto field_of = [&](const Column& column) -> const record::FieldDef& {
        return column.beyond ? desk.catalogue->object(object.target(column.slot)).field(*column.beyond) : object.field(column.slot);
    };
    for (const auto& column : columns) {
        if (field_of(column).type != record::Type::reference || field_of(column).target.empty()) continue;
        for (const auto& record : records)
            if (const auto* value = value_of(record, column))
                if (const auto* id = std::get_if<Id>(value)) names.want(target_of(column), *id);
    }
    names.fetch();

    std::vector<FieldLevel> levels;
    levels.reserve(columns.size());
    for (const auto& column : columns) {
        levels.push_back(column.beyond ? desk.guard->field(desk.catalogue->object(object.target(column.slot)), *column.beyond)
                                       : desk.guard->field(object, column.slot));
    }
    bool first_record = true;
    for (const auto& record : records) {
        out += first_record ? "{" : ",{";
        first_record = false;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto& column = columns[i];
            out += i > 0 ? ",\"" : "\"";
            out += column.name;   // a name has nothing to escape
            out += "\":";
            const auto* value = value_of(record, column);
            if (value == nullptr || record::is_null(*value)) {
                out += "null";
            } else if (levels[i] == FieldLevel::masked) {
                append_json_string(out, masked(*value));
            } else if (const auto* id = std::get_if<Id>(value); id != nullptr && !field_of(column).target.empty()) {
                record::append_wire_reference(out, *id, names.of(target_of(column), *id));
            } else if (record::is_shown_in_part(field_of(column))) {
                const auto* behind = column.beyond ? std::get_if<Id>(&record.at(column.slot)) : nullptr;
                if (const auto part = shown_part(desk, behind != nullptr ? *behind : record.id(), field_of(column), *value)) append_json_string(out, *part);
                else out += "null";
            } else {
                record::append_wire(out, field_of(column), *value);
            }
        }
        out += '}';
    }
}

}  // namespace shangdao::engine
