// Any bytes as the value of a field – as JSON, as a client sends it, and as text, as a file has it – and as what an organisation adds to the
// definitions. The first byte chooses the field. What is accepted fits the field's type, is written as JSON that reads as the same value, and
// is shown in valid UTF-8. An overlay prints and reads back as the same; laid over built-in definitions it is refused, or the catalogue has
// every object and field that it names.
#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "formula/testing_boats.h"
#include "laws.h"
#include "record/catalogue.h"
#include "record/overlay.h"
#include "record/sort_keys.h"
#include "record/wire.h"

using namespace shangdao;
using namespace shangdao::record;
using fuzz::law;
namespace boats = formula::testing_boats;

namespace {

constexpr Choice states[] = {{.key = "afloat", .label = {"在航", "Afloat"}, .synonyms = "at sea|航行"},
                             {.key = "docked", .label = {"停泊", "Docked"}}};
constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"船名", "Name"}, .max_length = 40},
    {.name = "note", .type = Type::text, .label = {"备注", "Note"}, .text_kind = TextKind::long_text},
    {.name = "email", .type = Type::text, .label = {"邮箱", "E-mail"}, .text_kind = TextKind::email},
    {.name = "phone", .type = Type::text, .label = {"电话", "Phone"}, .text_kind = TextKind::phone},
    {.name = "website", .type = Type::text, .label = {"网站", "Website"}, .text_kind = TextKind::url},
    {.name = "crew", .type = Type::number, .label = {"船员", "Crew"}},
    {.name = "length", .type = Type::number, .label = {"长度", "Length"}, .scale = 6},
    {.name = "load", .type = Type::share, .label = {"载率", "Load"}},
    {.name = "price", .type = Type::money, .label = {"价格", "Price"}},
    {.name = "built_on", .type = Type::date, .label = {"建造日", "Built on"}},
    {.name = "seen_at", .type = Type::instant, .label = {"最近出现", "Seen at"}},
    {.name = "patience", .type = Type::duration, .label = {"等待", "Patience"}},
    {.name = "insured", .type = Type::boolean, .label = {"保险", "Insured"}},
    {.name = "state", .type = Type::choice, .label = {"状态", "State"}, .choices = states},
    {.name = "flags", .type = Type::choices, .label = {"旗帜", "Flags"}, .choices = states},
    {.name = "harbour", .type = Type::reference, .label = {"母港", "Harbour"}, .target = "harbour"},
    {.name = "place", .type = Type::address, .label = {"地址", "Place"}},
};

std::string wire_of(const FieldDef& field, const Value& value)
{
    std::string wire;
    append_wire(wire, field, value);
    return wire;
}

void check(const FieldDef& field, const Result<Value>& value)
{
    if (!value) return law(!value.error().empty() && value.error().front().field.starts_with(field.name));
    law(fits(field.type, *value));
    const auto wire = wire_of(field, *value);
    const auto json = parse_json(wire, {.bytes_max = wire.size()});
    law(json.has_value());
    const auto again = from_wire(field, *json, Currency{"CNY"});
    law(again.has_value() && wire_of(field, *again) == wire);
    for (const auto language : {Language::zh, Language::en}) law(valid_utf8(display(field, *value, language)));
}

boost::json::value parsed(std::string_view text) { return parse_json(text, {.bytes_max = text.size()}).value(); }

void lay(const ObjectOverlay& overlay)
{
    CatalogueBuilder builder;
    for (const auto* def : {&boats::boat_object, &boats::harbour_object, &boats::visit_object, &boats::member_object}) builder.add(*def);
    builder.overlay(overlay);
    const auto built = builder.build(2);
    if (!built) return law(!built.error().empty());
    const auto& catalogue = **built;
    const auto* object = catalogue.find(overlay.object);
    law(object != nullptr && (!overlay.custom || object->name().starts_with("x_")));
    for (const auto& field : overlay.fields) {
        const auto slot = object->slot(field.name);
        law(slot.has_value());
        if (object->field(*slot).type == Type::reference) law(object->target(*slot) < catalogue.objects().size());
    }
}

void overlay(const boost::json::value& json)
{
    if (const auto read = object_overlay_from_json(json)) {
        const auto printed = to_json(*read);
        const auto again = object_overlay_from_json(parsed(printed));
        law(again.has_value() && to_json(*again) == printed);
        lay(*read);
    } else {
        law(!read.error().empty());
    }
    if (const auto field = field_overlay_from_json(json)) lay({.object = "boat", .fields = {*field}});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto text = fuzz::text_of(data, size);
    const auto choice = fuzz::take_byte(text);
    const auto& field = fields[choice % std::size(fields)];
    static const auto shanghai = *Zone::find("Asia/Shanghai");
    const TextReading reading{.day_order = choice < 128 ? TextReading::DayOrder::month_first : TextReading::DayOrder::day_first, .zone = &shanghai};
    check(field, from_text(field, text, reading));
    if (const auto json = parse_json(text)) {
        check(field, from_wire(field, *json, Currency{"CNY"}));
        overlay(*json);
    }

    std::size_t commas = 0;
    for (const auto& key : sort_keys(text)) law(!key.field.contains(',') && commas++ <= text.size());
    return 0;
}
