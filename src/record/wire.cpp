// Values to JSON and back; the shapes are the contract in wire.h.
#include "record/wire.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/json.h"
#include "base/require.h"
#include "base/text.h"
#include "record/type.h"

namespace shangdao::record {

namespace {

namespace json = boost::json;

constexpr std::int64_t exact_in_json = 1'000'000'000'000'000;  // 10^15: doubles keep every integer below 2^53

void append_number(std::string& out, std::int64_t units, int scale)
{
    auto text = format_decimal(units, scale);
    if (scale > 0) {
        while (text.ends_with('0')) text.pop_back();
        if (text.ends_with('.')) text.pop_back();
    }
    if (units > -exact_in_json && units < exact_in_json) out += text;
    else append_json_string(out, text);
}

struct Appender {
    std::string& out;

    void operator()(Null) const { out += "null"; }
    void operator()(bool value) const { out += value ? "true" : "false"; }
    void operator()(const Number& value) const { append_number(out, value.units, value.scale); }
    void operator()(Share value) const { append_number(out, value.ppm, 6); }
    void operator()(const Money& value) const
    {
        out += R"({"amount":")";
        out += format_decimal(value.minor, minor_digits(value.currency));
        out += R"(","currency":")";
        out += value.currency.text();
        out += "\"}";
    }
    void operator()(Date value) const { append_json_string(out, to_string(value)); }
    void operator()(Instant value) const { append_json_string(out, to_string(value)); }
    void operator()(Duration value) const { append_json_string(out, to_string(value)); }
    void operator()(const std::string& value) const { append_json_string(out, value); }
    void operator()(const ChoiceKey& value) const { append_json_string(out, value.key); }
    void operator()(const ChoiceKeys& value) const
    {
        out += '[';
        for (std::size_t i = 0; i < value.keys.size(); ++i) {
            if (i > 0) out += ',';
            append_json_string(out, value.keys[i]);
        }
        out += ']';
    }
    void operator()(Id value) const { append_json_string(out, to_string(value)); }
    void operator()(const Address& value) const
    {
        out += R"({"country":)";
        append_json_string(out, value.country);
        out += R"(,"region":)";
        append_json_string(out, value.region);
        out += R"(,"detail":)";
        append_json_string(out, value.detail);
        out += '}';
    }
};

std::unexpected<Problems> wrong(const FieldDef& field, std::string_view expected)
{
    return refuse("invalid_value", std::string{field.name}, {{"expected", std::string{expected}}});
}

// The decimal a double was meant for: the shortest that reads back as it. Where that has more digits than any scale, its 15 significant ones:
// beyond is the noise of somebody's arithmetic.
std::string decimal_of(double value)
{
    constexpr std::size_t scale_max = 6, digits = 15;
    std::array<char, 400> room{};
    const std::string shortest(room.data(), std::to_chars(room.begin(), room.end(), value, std::chars_format::fixed).ptr);
    const auto point = std::min(shortest.find('.'), shortest.size());
    if (shortest.size() - point <= scale_max + 1) return shortest;
    auto text = fmt::format("{:.{}f}", value, digits - std::min(digits, point));
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return text;
}

// A JSON number or a string of one, as its exact decimal text.
std::optional<std::string> decimal_text(const json::value& value)
{
    if (const auto* text = value.if_string()) return std::string{*text};
    if (const auto* whole = value.if_int64()) return fmt::to_string(*whole);
    if (const auto* whole = value.if_uint64()) return fmt::to_string(*whole);
    if (const auto* real = value.if_double()) {
        if (!std::isfinite(*real) || std::fabs(*real) > 9e15) return std::nullopt;
        return decimal_of(*real);
    }
    return std::nullopt;
}

Result<Value> read_decimal(const FieldDef& field, const json::value& value, int scale)
{
    const auto text = decimal_text(value);
    if (!text) return wrong(field, "number");
    const auto units = parse_decimal(*text, scale);
    if (!units) return refuse("invalid_value", std::string{field.name}, {{"expected", "number"}, {"digits", std::to_string(scale)}, {"value", *text}});
    if (field.type == Type::share) {
        if (*units < 0 || *units > 1'000'000) return wrong(field, "share");
        return Value{Share{*units}};
    }
    return Value{Number{*units, scale}};
}

Result<Value> read_money(const FieldDef& field, const json::value& value, Currency base)
{
    Currency currency = base;
    const json::value* amount = &value;
    if (const auto* object = value.if_object()) {
        for (const auto& entry : *object)
            if (entry.key() != "amount" && entry.key() != "currency")
                return refuse("unknown_word", std::string{field.name} + "." + std::string{entry.key()}, {{"name", std::string{entry.key()}}});
        amount = object->if_contains("amount");
        if (amount == nullptr) return refuse("required", std::string{field.name} + ".amount");
        if (const auto* code = object->if_contains("currency")) {
            const auto* text = code->if_string();
            const auto parsed = text == nullptr ? std::nullopt : parse_currency(*text);
            if (!parsed) return refuse("unknown_currency", std::string{field.name} + ".currency");
            currency = *parsed;
        }
    }
    const auto text = decimal_text(*amount);
    const auto minor = text ? parse_decimal(*text, minor_digits(currency)) : std::nullopt;
    if (!minor) return refuse("invalid_value", std::string{field.name}, {{"expected", "money"}, {"digits", std::to_string(minor_digits(currency))}});
    return Value{Money{*minor, currency, currency == base ? *minor : 0}};
}

Result<Value> read_choice(const FieldDef& field, std::string_view key)
{
    for (const auto& choice : field.choices)
        if (choice.key == key) {
            if (choice.state == Choice::State::retired) return refuse("retired_choice", std::string{field.name}, {{"value", std::string{key}}});
            return Value{ChoiceKey{std::string{key}}};
        }
    std::vector<std::string_view> keys;
    for (const auto& choice : field.choices) keys.push_back(choice.key);
    std::map<std::string, std::string> args{{"value", std::string{key}}};
    if (const auto near = nearest(key, keys)) args["nearest"] = *near;
    return refuse("unknown_choice", std::string{field.name}, std::move(args));
}

Result<Value> read_choices(const FieldDef& field, const json::value& value)
{
    const auto* list = value.if_array();
    if (list == nullptr) return wrong(field, "choices");
    ChoiceKeys keys;
    for (const auto& entry : *list) {
        const auto* key = entry.if_string();
        if (key == nullptr) return wrong(field, "choices");
        TRY(const auto one, read_choice(field, *key));
        keys.keys.push_back(std::get<ChoiceKey>(one).key);
    }
    std::ranges::sort(keys.keys);
    keys.keys.erase(std::ranges::unique(keys.keys).begin(), keys.keys.end());
    if (keys.keys.empty()) return Value{Null{}};
    return Value{std::move(keys)};
}

Result<Value> read_address(const FieldDef& field, const json::value& value)
{
    const auto* object = value.if_object();
    if (object == nullptr) return wrong(field, "address");
    Address address;
    for (const auto& entry : *object) {
        std::string* part = entry.key() == "country" ? &address.country : entry.key() == "region" ? &address.region : entry.key() == "detail" ? &address.detail : nullptr;
        if (part == nullptr) return refuse("unknown_word", std::string{field.name} + "." + std::string{entry.key()}, {{"name", std::string{entry.key()}}});
        if (entry.value().is_null()) continue;
        const auto* text = entry.value().if_string();
        if (text == nullptr || text->size() > 1'000) return wrong(field, "address");
        TRY(*part, plain_text(field, *text));
    }
    const bool digits = std::ranges::all_of(address.region, [](char c) { return c >= '0' && c <= '9'; });
    if (!address.region.empty() && (address.region.size() != 6 || !digits)) return refuse("invalid_value", std::string{field.name} + ".region", {{"expected", "region"}});
    if (!address.country.empty() && address.country.size() != 2) return refuse("invalid_value", std::string{field.name} + ".country", {{"expected", "country"}});
    if (address == Address{}) return Value{Null{}};
    return Value{std::move(address)};
}

}  // namespace

void append_wire(std::string& out, const FieldDef&, const Value& value) { std::visit(Appender{out}, value); }

void append_wire_reference(std::string& out, Id id, std::string_view name)
{
    out += R"({"id":")";
    out += to_string(id);
    out += R"(","name":)";
    if (name.empty()) out += "null";
    else append_json_string(out, name);
    out += '}';
}

Result<std::string> plain_text(const FieldDef& field, std::string_view raw)
{
    if (!valid_utf8(raw)) return refuse("invalid_utf8", std::string{field.name});
    auto text = nfc(trimmed(raw));
    if (text.contains('\r')) text = with_line_feeds(text);
    if (const auto control = control_character(text)) return refuse("control_character", std::string{field.name}, {{"character", fmt::format("U+{:04X}", static_cast<std::uint32_t>(*control))}});
    return text;
}

Result<Value> text_value(const FieldDef& field, std::string_view raw)
{
    TRY(auto text, plain_text(field, raw));
    if (text.empty()) return Value{Null{}};
    const auto limit = field.text_kind == TextKind::long_text ? std::max(field.max_length, 65'535) : field.max_length;
    if (text.size() > static_cast<std::size_t>(limit) && code_point_count(text) > static_cast<std::size_t>(limit))
        return refuse("too_long", std::string{field.name}, {{"limit", std::to_string(limit)}});
    if (field.text_kind == TextKind::email) {
        const auto at = text.find('@');
        if (at == 0 || at == std::string::npos || at + 1 == text.size() || text.find('@', at + 1) != std::string::npos || text.find(' ') != std::string::npos)
            return wrong(field, "email");
    }
    return Value{std::move(text)};
}

Result<Value> from_wire(const FieldDef& field, const json::value& value, Currency base)
{
    if (value.is_null()) return Value{Null{}};
    const auto* text = value.if_string();
    switch (field.type) {
    case Type::text: return text != nullptr ? text_value(field, *text) : wrong(field, "text");
    case Type::number: return read_decimal(field, value, field.scale);
    case Type::share: return read_decimal(field, value, 6);
    case Type::money: return read_money(field, value, base);
    case Type::boolean: return value.is_bool() ? Result<Value>{Value{value.get_bool()}} : wrong(field, "boolean");
    case Type::choice: return text != nullptr ? (text->empty() ? Result<Value>{Value{Null{}}} : read_choice(field, *text)) : wrong(field, "choice");
    case Type::choices: return read_choices(field, value);
    case Type::address: return read_address(field, value);
    case Type::date:
        if (const auto date = text != nullptr ? parse_date(*text) : std::nullopt) return Value{*date};
        return wrong(field, "date");
    case Type::instant:
        if (const auto instant = text != nullptr ? parse_instant(*text) : std::nullopt) return Value{*instant};
        return wrong(field, "instant");
    case Type::duration:
        if (const auto duration = text != nullptr ? parse_duration(*text) : std::nullopt) return Value{*duration};
        return wrong(field, "duration");
    case Type::reference: {
        // {"id":…} is accepted, so that what was read can be sent back.
        if (const auto* object = value.if_object())
            if (const auto* id = object->if_contains("id")) text = id->if_string();
        if (const auto id = text != nullptr ? parse_id(*text) : std::nullopt) return Value{*id};
        return wrong(field, "reference");
    }
    }
    require(false, "a field type without a reader");
    return Value{};
}

std::string display(const FieldDef& field, const Value& value, Language language)
{
    if (is_null(value)) return {};
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    const auto label_of = [&](std::string_view key) {
        for (const auto& choice : field.choices)
            if (choice.key == key) return std::string{choice.label.in(language)};
        return std::string{key};
    };
    if (const auto* key = std::get_if<ChoiceKey>(&value)) return label_of(key->key);
    if (const auto* keys = std::get_if<ChoiceKeys>(&value)) {
        std::string out;
        for (const auto& key : keys->keys) out += (out.empty() ? "" : language == Language::zh ? "、" : ", ") + label_of(key);
        return out;
    }
    if (const auto* flag = std::get_if<bool>(&value)) return language == Language::zh ? (*flag ? "是" : "否") : (*flag ? "Yes" : "No");
    if (const auto* share = std::get_if<Share>(&value)) return format_decimal(share->ppm, 4) + "%";
    if (const auto* money = std::get_if<Money>(&value)) return format_decimal(money->minor, minor_digits(money->currency)) + " " + std::string{money->currency.text()};
    if (const auto* number = std::get_if<Number>(&value)) return format_decimal(number->units, number->scale);
    if (const auto* address = std::get_if<Address>(&value)) return address->detail;
    std::string out;
    std::visit(Appender{out}, value);
    return out.size() >= 2 && out.front() == '"' ? out.substr(1, out.size() - 2) : out;
}

}  // namespace shangdao::record
