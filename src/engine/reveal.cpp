// A row a reveal: what counts against the day, kept beside the event.
#include "engine/reveal.h"

#include <algorithm>

#include "base/json.h"
#include "engine/answer.h"
#include "engine/expressions.h"
#include "engine/records.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

struct Reveal;
constexpr record::FieldDef fields[] = {
    {.name = "object", .type = record::Type::text, .label = {"对象", "Object"}, .need = record::Need::required},
    {.name = "record", .type = record::Type::text, .label = {"记录", "Record"}, .need = record::Need::required},
    {.name = "field", .type = record::Type::text, .label = {"字段", "Field"}, .need = record::Need::required},
    {.name = "on", .type = record::Type::date, .label = {"日期", "On"}, .need = record::Need::required},
};
constexpr auto of_object = record::field<Reveal, std::string>(fields, "object");
constexpr auto of_record = record::field<Reveal, std::string>(fields, "record");   // its id
constexpr auto of_field = record::field<Reveal, std::string>(fields, "field");
constexpr auto on = record::field<Reveal, Date>(fields, "on");

std::int64_t asked_today(Work& work, const Object& reveals)
{
    const store::Select today{.from = &reveals, .where = both(field_is(reveals, record::slot_owner, work.desk.member), field_is(reveals, on.slot, work.desk.moment.today))};
    return work.unit.count(today, work.desk.moment);
}

// Whoever reads the field learns from it that somebody else did.
void tell(Work& work, const Object& object, Id id, std::string_view field)
{
    std::string changes = "{";
    append_json_string(changes, field);
    append_deed(work, object.name(), id, "revealed", changes + ":[null,null]}");
}

void append_whole(std::string& out, Work& work, const Object& object, std::size_t slot, const record::Value& value)
{
    const auto* id = std::get_if<Id>(&value);
    if (id == nullptr || object.field(slot).target.empty()) return record::append_wire(out, object.field(slot), value);
    Names names(work.unit, *work.desk.catalogue);
    names.want(object.target(slot), *id);
    names.fetch();
    record::append_wire_reference(out, *id, names.of(object.target(slot), *id));
}

}  // namespace

const record::ObjectDef reveal_object{
    .name = "reveal", .plural = "reveals", .label = {"查看完整值", "Reveal"}, .plural_label = {"查看完整值", "Reveals"},
    .exposure = record::Exposure::internal, .name_field = "object", .fields = fields,
};

Result<std::string> reveal(Work& work, const Records& records, const Object& object, Id id, std::string_view field)
{
    TRY(const auto record, records.visible(work.unit, work.desk, object, id));
    TRY(const auto slot, visible_slot(work.desk, object, field));
    const auto& reveals = work.desk.catalogue->at(reveal_object.name);
    const auto most = work.desk.guard->budget(Budget::reveals);
    auto left = std::max<std::int64_t>(most - asked_today(work, reveals), 0);
    if (work.desk.guard->field(object, slot) == record::FieldLevel::masked) {
        if (!work.desk.guard->general("reveal")) return refuse("forbidden", std::string{field}, {{"action", "reveal"}});
        if (left <= 0) return refuse("reveals_spent", std::string{field}, {{"limit", std::to_string(most)}});
        records.insert_quietly(work, reveals, {{record::slot_owner, work.desk.member}, {of_object.slot, std::string{object.name()}}, {of_record.slot, to_string(id)},
                                               {of_field.slot, std::string{field}}, {on.slot, work.desk.moment.today}});
        tell(work, object, id, field);
        --left;
    }
    std::string out = R"({"field":)";
    append_json_string(out, field);
    out += R"(,"value":)";
    append_whole(out, work, object, slot, record.at(slot));
    return out + R"(,"left":)" + std::to_string(left) + '}';
}

}  // namespace shangdao::engine
