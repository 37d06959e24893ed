// Definitions, overlays, values on the wire and from text – with boats, since the machinery knows no trade.
#include "base/testing.h"

#include <boost/json.hpp>

#include "record/catalogue.h"
#include "record/record.h"
#include "record/wire.h"

namespace shangdao::record {
namespace {

struct Boat;
constexpr Choice states[] = {{.key = "afloat", .label = {"在航", "Afloat"}, .synonyms = "at sea"}, {.key = "docked", .label = {"停泊", "Docked"}},
                             {.key = "sunk", .label = {"沉没", "Sunk"}, .state = Choice::State::retired}};
constexpr FieldDef boat_fields[] = {
    {.name = "name", .type = Type::text, .label = {"船名", "Name"}, .need = Need::required, .max_length = 5},
    {.name = "price", .type = Type::money, .label = {"价格", "Price"}},
    {.name = "state", .type = Type::choice, .label = {"状态", "State"}, .choices = states},
    {.name = "length", .type = Type::number, .label = {"长度", "Length"}, .scale = 2},
    {.name = "load", .type = Type::share, .label = {"载率", "Load"}},
    {.name = "harbour", .type = Type::reference, .label = {"母港", "Harbour"}, .target = "harbour"},
    {.name = "built_on", .type = Type::date, .label = {"建造日", "Built on"}},
    {.name = "seen_at", .type = Type::instant, .label = {"最近出现", "Seen at"}},
    {.name = "flags", .type = Type::choices, .label = {"旗帜", "Flags"}, .choices = states},
};
constexpr ObjectDef boat{.name = "boat", .plural = "boats", .label = {"船", "Boat"}, .plural_label = {"船", "Boats"}, .fields = boat_fields};
constexpr FieldDef harbour_fields[] = {{.name = "name", .type = Type::text, .label = {"港口", "Name"}}};
constexpr ObjectDef harbour{.name = "harbour", .plural = "harbours", .label = {"港", "Harbour"}, .plural_label = {"港", "Harbours"}, .fields = harbour_fields};
constexpr FieldDef member_fields[] = {{.name = "name", .type = Type::text, .label = {"姓名", "Name"}}};
constexpr ObjectDef member{.name = "member", .plural = "members", .label = {"成员", "Member"}, .plural_label = {"成员", "Members"}, .fields = member_fields};

constexpr auto price = field<Boat, Money>(boat_fields, "price");

Result<std::shared_ptr<const Catalogue>> build(std::vector<ObjectOverlay> overlays = {})
{
    CatalogueBuilder builder;
    for (const auto* def : {&boat, &harbour, &member}) builder.add(*def);
    for (const auto& overlay : overlays) builder.overlay(overlay);
    return builder.build(1);
}

const FieldDef& def_of(std::string_view name)
{
    for (const auto& field : boat_fields)
        if (field.name == name) return field;
    throw std::logic_error("no such field");
}

std::string wire(std::string_view field, const Value& value)
{
    std::string out;
    append_wire(out, def_of(field), value);
    return out;
}

Result<Value> read(std::string_view field, std::string_view json) { return from_wire(def_of(field), boost::json::parse(json), Currency{"CNY"}); }
Result<Value> read_text(std::string_view field, std::string_view text) { return from_text(def_of(field), text, {.base = Currency{"CNY"}}); }

TEST("a typed handle reads and writes its own slot")
{
    const auto catalogue = build();
    ASSERT_TRUE(catalogue);
    Record record((*catalogue)->at("boat"));
    EXPECT_EQ(record.get(price), nullptr);
    record.set(price, Money{300, Currency{"CNY"}, 300});
    ASSERT_NE(record.get(price), nullptr);
    EXPECT_EQ(record.get(price)->minor, 300);
}

TEST("a catalogue links references both ways")
{
    const auto catalogue = build();
    ASSERT_TRUE(catalogue);
    const auto& port = (*catalogue)->at("harbour");
    ASSERT_NE(port.reverse("boats"), nullptr);
    EXPECT_EQ((*catalogue)->object(port.reverse("boats")->object).name(), "boat");
    EXPECT_EQ((*catalogue)->find("harbor"), nullptr);
}

TEST("a custom field stands beside the built-in ones and a custom object beside the built-in objects")
{
    ObjectOverlay boats{.object = "boat", .fields = {{.name = "x_colour", .type = Type::text, .label = OwnedLabel{"颜色", "Colour"}}}};
    ObjectOverlay captains{.object = "x_captain", .custom = true, .plural = "x_captains", .label = {"船长", "Captain"}, .plural_label = {"船长", "Captains"}};
    captains.fields = {{.name = "x_boat", .type = Type::reference, .label = OwnedLabel{"船", "Boat"}, .target = "boat"}};
    const auto catalogue = build({boats, captains});
    ASSERT_TRUE(catalogue) << catalogue.error()[0].code << catalogue.error()[0].field;
    EXPECT_TRUE((*catalogue)->at("boat").slot("x_colour"));
    EXPECT_NE((*catalogue)->at("boat").reverse("x_captains"), nullptr);
    EXPECT_TRUE((*catalogue)->at("x_captain").custom());
}

TEST("a retired field leaves the layout and is written by nobody, and stays where it was")
{
    ObjectOverlay boats{.object = "boat", .fields = {{.name = "x_colour", .type = Type::text, .label = OwnedLabel{"颜色", "Colour"}, .required = true, .retired = true},
                                                     {.name = "length", .retired = true}}};
    boats.layout = LayoutOverlay{.list = {"name", "length", "price"}, .key = {"x_colour"}, .sections = {{.label = {"船", "Boat"}, .fields = {"length", "price"}}}};
    const auto catalogue = build({boats});
    ASSERT_TRUE(catalogue) << catalogue.error()[0].code << catalogue.error()[0].field;
    const auto& object = (*catalogue)->at("boat");
    for (const auto* name : {"x_colour", "length"}) {
        const auto& field = object.field(*object.slot(name));
        EXPECT_EQ(field.in_use, InUse::retired) << name;
        EXPECT_EQ(field.need, Need::optional) << name;
        EXPECT_EQ(field.written_by, WrittenBy::system) << name;
    }
    EXPECT_EQ(object.layout().list, (std::vector<std::string_view>{"name", "price"}));
    EXPECT_TRUE(object.layout().key.empty());
    EXPECT_EQ(object.layout().sections.at(0).fields, (std::vector<std::string_view>{"price"}));
}

TEST("choices of an overlay come last, and in its own order when it names them all")
{
    const auto order = [](std::vector<ChoiceOverlay> choices) {
        const auto catalogue = build({{.object = "boat", .fields = {{.name = "state", .choices = std::move(choices)}}}});
        std::vector<std::string> keys;
        for (const auto& choice : (*catalogue)->at("boat").field(*(*catalogue)->at("boat").slot("state")).choices)
            keys.push_back(std::string{choice.key} + (choice.state == Choice::State::retired ? "-" : ""));
        return keys;
    };
    EXPECT_EQ(order({{.key = "sold", .label = {"售出", "Sold"}}}), (std::vector<std::string>{"afloat", "docked", "sunk-", "sold"}));
    EXPECT_EQ(order({{.key = "sold", .label = {"售出", "Sold"}}, {.key = "sunk"}, {.key = "docked", .retired = true}, {.key = "afloat"}}),
              (std::vector<std::string>{"sold", "sunk", "docked-", "afloat"}));
}

TEST("objects are renamed by the organisation, and a custom one that is retired has no route while nothing refers to it")
{
    ObjectOverlay captains{.object = "x_captain", .custom = true, .plural = "x_captains", .label = {"船长", "Captain"}, .plural_label = {"船长", "Captains"}, .retired = true};
    const auto catalogue = build({captains, {.object = "boat", .label = {"舟", "Vessel"}}});
    ASSERT_TRUE(catalogue);
    EXPECT_FALSE((*catalogue)->at("x_captain").routed());
    EXPECT_EQ((*catalogue)->at("boat").label().en, "Vessel");
    EXPECT_EQ((*catalogue)->at("boat").plural_label().en, "Boats");
    const auto refused = build({captains, {.object = "boat", .fields = {{.name = "x_captain", .type = Type::reference, .label = OwnedLabel{"船长", "Captain"}, .target = "x_captain"}}}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error()[0].code, "definition_in_use");
}

TEST("the checker of definitions names the place and the nearest known word")
{
    struct Row {
        ObjectOverlay overlay;
        std::string code, field, nearest;
    };
    const std::vector<Row> rows{
        {{.object = "baot"}, "definition_unknown_object", "baot", "boat"},
        {{.object = "boat", .fields = {{.name = "colour", .type = Type::text, .label = OwnedLabel{"色", "Colour"}}}}, "definition_needs_prefix", "boat.colour", ""},
        {{.object = "boat", .fields = {{.name = "x_a", .label = OwnedLabel{"a", "a"}}}}, "definition_no_type", "boat.x_a.type", ""},
        {{.object = "boat", .fields = {{.name = "x_a", .type = Type::reference, .label = OwnedLabel{"a", "a"}, .target = "harbor"}}}, "definition_unknown_object", "boat.x_a.target", "harbour"},
        {{.object = "boat", .fields = {{.name = "x_a", .type = Type::choice, .label = OwnedLabel{"a", "a"}}}}, "definition_no_choices", "boat.x_a.choices", ""},
        {{.object = "boat", .fields = {{.name = "x_a", .type = Type::text}}}, "definition_no_label", "boat.x_a.label", ""},
        {{.object = "boat", .fields = {{.name = "price", .type = Type::text}}}, "definition_retyped", "boat.price.type", ""},
        {{.object = "boat", .fields = {{.name = "name", .required = false}}}, "definition_loosened", "boat.name.required", ""},
        {{.object = "boat", .fields = {{.name = "name", .retired = true}}}, "definition_needed", "boat.name.retired", ""},
        {{.object = "boat", .layout = LayoutOverlay{.list = {"prize"}}}, "definition_unknown_field", "boat.list_columns", "price"},
        {{.object = "boat", .fields = {{.name = "x_Ü", .type = Type::text, .label = OwnedLabel{"a", "a"}}}}, "definition_bad_name", "boat.x_Ü.name", ""},
    };
    for (const auto& row : rows) {
        const auto refused = build({row.overlay});
        ASSERT_FALSE(refused) << row.field;
        EXPECT_EQ(refused.error()[0].code, row.code) << row.field;
        EXPECT_EQ(refused.error()[0].field, row.field);
        if (!row.nearest.empty()) { EXPECT_EQ(refused.error()[0].args.at("nearest"), row.nearest); }
    }
}

TEST("an overlay survives its JSON, and an unknown key is refused with the nearest word")
{
    const auto parsed = object_overlay_from_json(boost::json::parse(
        R"({"object":"boat","fields":[{"name":"x_a","type":"choice","label":{"zh":"甲","en":"A"},"choices":[{"key":"k","label":"K"}],"required":true,"required_when":"price > 5"},{"name":"x_b","type":"text","label":"B","retired":true}],
            "layout":{"list":["name"],"key":[],"sections":[{"label":{"zh":"船","en":"Boat"},"fields":["name"],"shown_when":"length > 5"}]}})"));
    ASSERT_TRUE(parsed) << parsed.error()[0].field;
    EXPECT_EQ(parsed->layout->sections.at(0).shown_when, "length > 5");
    const auto again = object_overlay_from_json(boost::json::parse(to_json(*parsed)));
    ASSERT_TRUE(again);
    EXPECT_EQ(to_json(*again), to_json(*parsed));

    const auto refused = object_overlay_from_json(boost::json::parse(R"({"object":"boat","fields":[{"name":"x_a","typ":"text"}]})"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error()[0].field, "fields[0].typ");
    EXPECT_EQ(refused.error()[0].args.at("nearest"), "type");
}

TEST("values are written as the wire table says")
{
    EXPECT_EQ(wire("price", Money{123680000, Currency{"CNY"}, 123680000}), R"({"amount":"1236800.00","currency":"CNY"})");
    EXPECT_EQ(wire("length", Number{1250, 2}), "12.5");
    EXPECT_EQ(wire("length", Number{1'000'000'000'000'000, 2}), R"("10000000000000")");
    EXPECT_EQ(wire("load", Share{400'000}), "0.4");
    EXPECT_EQ(wire("built_on", Date::of(2026, 3, 20)), R"("2026-03-20")");
    EXPECT_EQ(wire("flags", ChoiceKeys{{"afloat", "docked"}}), R"(["afloat","docked"])");
    EXPECT_EQ(wire("harbour", Id{42}), R"("42")");
    EXPECT_EQ(wire("name", std::string{"a\"\n\x01"}), R"("a\"\n\u0001")");
    EXPECT_EQ(wire("name", Null{}), "null");
}

TEST("what a client sends is read exactly or refused by name")
{
    EXPECT_EQ(read("price", "\"12.34\""), Value(Money::of_base(1234, Currency{"CNY"})));
    EXPECT_EQ(read("price", R"({"amount":"12.34","currency":"USD"})"), Value(Money{1234, Currency{"USD"}, 0}));
    EXPECT_EQ(read("length", "0.1"), Value(Number{10, 2}));
    EXPECT_EQ(read("name", R"("  ")"), Value(Null{}));
    EXPECT_EQ(read("state", R"("docked")"), Value(ChoiceKey{"docked"}));
    EXPECT_EQ(read("harbour", R"({"id":"7","name":"x"})"), Value(Id{7}));

    struct Row { std::string field, json, code; };
    for (const auto& row : std::vector<Row>{{"name", "\"abcdef\"", "too_long"}, {"name", "5", "invalid_value"}, {"price", "\"1e3\"", "invalid_value"},
             {"price", "\"1.234\"", "invalid_value"}, {"price", R"({"amount":"1","currency":"ZZZ"})", "unknown_currency"}, {"price", R"({"amuont":"1"})", "unknown_word"},
             {"length", "1.005", "invalid_value"}, {"load", "1.5", "invalid_value"}, {"built_on", "\"2026-02-30\"", "invalid_value"},
             {"state", "\"dokced\"", "unknown_choice"}, {"state", "\"sunk\"", "retired_choice"}, {"harbour", "\"-1\"", "invalid_value"}, {"seen_at", "\"yesterday\"", "invalid_value"}}) {
        const auto refused = read(row.field, row.json);
        ASSERT_FALSE(refused) << row.json;
        EXPECT_EQ(refused.error()[0].code, row.code) << row.json;
        EXPECT_TRUE(refused.error()[0].field.starts_with(row.field)) << row.json;
    }
}

TEST("a JSON number is the decimal it was written as, whatever the double makes of it")
{
    constexpr FieldDef fine{.name = "fine", .type = Type::number, .scale = 6}, coarse{.name = "coarse", .type = Type::number, .scale = 1};
    const auto units = [](const FieldDef& field, std::string_view json) -> std::optional<std::int64_t> {
        const auto value = from_wire(field, boost::json::parse(json), Currency{"CNY"});
        return value ? std::optional{std::get<Number>(*value).units} : std::nullopt;
    };
    EXPECT_EQ(units(fine, "-105302090.19"), -105'302'090'190'000);
    EXPECT_EQ(units(fine, "999999999.999999"), 999'999'999'999'999);
    EXPECT_EQ(units(fine, "0.000001"), 1);
    EXPECT_EQ(units(fine, "0.30000000000000004"), 300'000);   // 0.1 + 0.2, as a program adds them
    EXPECT_EQ(units(coarse, "123456789012345.5"), 1'234'567'890'123'455);
    EXPECT_EQ(units(fine, "0.0000001"), std::nullopt);
    EXPECT_EQ(units(coarse, "0.25"), std::nullopt);
}

TEST("amounts, dates and choices are read as people write them")
{
    EXPECT_EQ(read_text("price", "$22,700.00"), Value(Money::of_base(2270000, Currency{"CNY"})));
    EXPECT_EQ(read_text("price", "$1,117.10K"), Value(Money::of_base(111710000, Currency{"CNY"})));
    EXPECT_EQ(read_text("price", "¥17.1万"), Value(Money::of_base(17100000, Currency{"CNY"})));
    EXPECT_EQ(read_text("price", "(5)"), Value(Money::of_base(-500, Currency{"CNY"})));
    EXPECT_EQ(read_text("length", "007"), Value(Number{700, 2}));
    EXPECT_EQ(read_text("load", "40%"), Value(Share{400'000}));
    EXPECT_EQ(read_text("load", "0.4"), Value(Share{400'000}));
    for (const auto text : {"2021-04-15", "2021/4/15", "15 Apr, 2021 00:03:00", "Apr 15, 2021", "20210415", "2021年4月15日", "4/15/2021", "15/4/2021", "2021-04-15 23:03:00"})
        EXPECT_EQ(read_text("built_on", text), Value(Date::of(2021, 4, 15))) << text;
    EXPECT_EQ(from_text(def_of("built_on"), "03/04/2021", {.base = {}, .day_order = TextReading::DayOrder::day_first}), Value(Date::of(2021, 4, 3)));
    EXPECT_EQ(read_text("state", "At Sea"), Value(ChoiceKey{"afloat"}));
    EXPECT_EQ(read_text("state", "停泊"), Value(ChoiceKey{"docked"}));
    EXPECT_EQ(read_text("flags", "在航；Docked"), Value(ChoiceKeys{{"afloat", "docked"}}));
    for (const auto& [field, text] : std::vector<std::pair<std::string, std::string>>{{"price", "12 34"}, {"price", "abc"}, {"built_on", "2021-13-01"}, {"built_on", "30 Feb, 2021"},
             {"state", "flying"}, {"length", "1.2.3"}, {"load", "140%"}, {"built_on", "99999999999-1-1"}, {"seen_at", "2021-01-01 25:00"}})
        EXPECT_FALSE(read_text(field, text)) << text;
}

}  // namespace
}  // namespace shangdao::record
