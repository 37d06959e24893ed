// from_text – values as people and other programs write them in files and URLs. Everything that is understood is listed
// here; what is not is refused with the field and the expected form, never guessed.
#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "base/text.h"
#include "record/wire.h"

namespace shangdao::record {

namespace {

std::unexpected<Problems> wrong(const FieldDef& field, std::string_view expected, std::string_view text)
{
    return refuse("invalid_value", std::string{field.name}, {{"expected", std::string{expected}}, {"value", std::string{text.substr(0, 80)}}});
}

// Signs that may stand around an amount and do not change it.
constexpr std::array<std::string_view, 10> amount_signs{"$", "¥", "￥", "€", "£", "CNY", "RMB", "USD", "EUR", "元"};

struct Magnitude {
    std::string_view sign;
    int power;
};
constexpr std::array<Magnitude, 6> magnitudes{{{"K", 3}, {"k", 3}, {"M", 6}, {"万", 4}, {"亿", 8}, {"B", 9}}};

// "$1,117.10K" → "1117100". nullopt if anything but one number is there.
std::optional<std::string> plain_decimal(std::string_view text)
{
    std::string rest{trimmed(text)};
    bool negative = false;
    if (rest.starts_with('(') && rest.ends_with(')')) {   // accountants' minus
        negative = true;
        rest = rest.substr(1, rest.size() - 2);
    }
    for (const auto sign : amount_signs) {
        if (rest.starts_with(sign)) rest.erase(0, sign.size());
        if (rest.ends_with(sign)) rest.erase(rest.size() - sign.size());
    }
    int power = 0;
    for (const auto& magnitude : magnitudes)
        if (rest.ends_with(magnitude.sign)) {
            rest.erase(rest.size() - magnitude.sign.size());
            power = magnitude.power;
            break;
        }
    rest = trimmed(rest);
    if (rest.starts_with('-')) {
        negative = !negative;
        rest.erase(0, 1);
    } else if (rest.starts_with('+')) {
        rest.erase(0, 1);
    }
    for (const auto sign : amount_signs)
        if (rest.starts_with(sign)) rest.erase(0, sign.size());

    std::string whole, fraction;
    bool after_point = false;
    for (const char c : rest) {
        if (c == ',' && !after_point && !whole.empty()) continue;
        if (c == '.' && !after_point) after_point = true;
        else if (c >= '0' && c <= '9') (after_point ? fraction : whole) += c;
        else return std::nullopt;
    }
    if (whole.empty() && fraction.empty()) return std::nullopt;
    for (; power > 0; --power) {
        whole += fraction.empty() ? '0' : fraction.front();
        if (!fraction.empty()) fraction.erase(0, 1);
    }
    while (fraction.ends_with('0')) fraction.pop_back();
    if (whole.empty()) whole = "0";
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
    return (negative ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

struct Token {
    bool word;
    std::string text;
};

// Runs of digits and of ASCII letters; all else separates. The Chinese signs 年月日时分秒 are separators like any other.
std::vector<Token> tokens_of(std::string_view text)
{
    std::vector<Token> tokens;
    std::string run;
    int kind = 0;
    const auto flush = [&] {
        if (!run.empty()) tokens.push_back({kind == 2, std::move(run)});
        run.clear();
    };
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const int next = std::isdigit(byte) ? 1 : std::isalpha(byte) ? 2 : 0;
        if (next != kind) flush();
        kind = next;
        if (next != 0) run += static_cast<char>(std::tolower(byte));
    }
    flush();
    return tokens;
}

std::optional<Date> make_date(int year, int month, int day)
{
    if (year < 100) year += year < 70 ? 2000 : 1900;
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    const std::chrono::year_month_day civil{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)}, std::chrono::day{static_cast<unsigned>(day)}};
    if (!civil.ok()) return std::nullopt;
    return Date{static_cast<std::int32_t>(std::chrono::sys_days{civil}.time_since_epoch().count())};
}

// Reads a date from the front of the tokens and takes them away.
std::optional<Date> take_date(std::vector<Token>& tokens, TextReading::DayOrder order)
{
    if (tokens.empty()) return std::nullopt;
    if (!tokens[0].word && tokens[0].text.size() == 8) {   // 20260320
        const auto text = tokens[0].text;
        tokens.erase(tokens.begin());
        return make_date(std::stoi(text.substr(0, 4)), std::stoi(text.substr(4, 2)), std::stoi(text.substr(6)));
    }
    if (tokens.size() < 3) return std::nullopt;
    std::array<Token, 3> part{tokens[0], tokens[1], tokens[2]};
    for (const auto& token : part)
        if (!token.word && token.text.size() > 4) return std::nullopt;
    tokens.erase(tokens.begin(), tokens.begin() + 3);
    for (std::size_t i = 0; i < 2; ++i) {
        if (!part[i].word) continue;
        const auto month = std::ranges::find(months, std::string_view{part[i].text}.substr(0, 3));
        if (month == months.end() || part[1 - i].word || part[2].word) return std::nullopt;
        return make_date(std::stoi(part[2].text), static_cast<int>(month - months.begin()) + 1, std::stoi(part[1 - i].text));
    }
    if (part[2].word) return std::nullopt;
    const int a = std::stoi(part[0].text), b = std::stoi(part[1].text), c = std::stoi(part[2].text);
    if (part[0].text.size() == 4) return make_date(a, b, c);
    if (order == TextReading::DayOrder::day_first || a > 12) return make_date(c, b, a);
    return make_date(c, a, b);
}

struct TimeOfDay {
    std::int64_t us = 0;
};

// hours minutes [seconds [fraction]] [am|pm]; nothing at all is midnight.
std::optional<TimeOfDay> take_time(const std::vector<Token>& tokens)
{
    std::vector<int> numbers;
    int noon = -1;
    for (const auto& token : tokens) {
        if (!token.word) {
            if (token.text.size() > 6) return std::nullopt;
            numbers.push_back(std::stoi(token.text));
        } else if (token.text == "am" || token.text == "pm") {
            noon = token.text == "pm" ? 12 : 0;
        } else if (token.text != "t") {
            return std::nullopt;
        }
    }
    if (numbers.empty()) return TimeOfDay{};
    if (numbers.size() > 4) return std::nullopt;
    numbers.resize(3);   // a fraction of a second is dropped
    int hour = numbers[0];
    if (noon >= 0) {
        if (hour < 1 || hour > 12) return std::nullopt;
        hour = hour % 12 + noon;
    }
    if (hour > 23 || numbers[1] > 59 || numbers[2] > 59) return std::nullopt;
    return TimeOfDay{((hour * 60LL + numbers[1]) * 60 + numbers[2]) * 1'000'000};
}

Result<Value> read_date(const FieldDef& field, std::string_view text, const TextReading& reading)
{
    auto tokens = tokens_of(text);
    const auto date = take_date(tokens, reading.day_order);
    if (!date || !take_time(tokens)) return wrong(field, "date", text);
    return Value{*date};
}

Result<Value> read_instant(const FieldDef& field, std::string_view text, const TextReading& reading)
{
    if (const auto exact = parse_instant(text)) return Value{*exact};
    auto tokens = tokens_of(text);
    const auto date = take_date(tokens, reading.day_order);
    const auto time = take_time(tokens);
    if (!date || !time) return wrong(field, "instant", text);
    const auto midnight = reading.zone != nullptr ? reading.zone->start_of(*date) : Zone::utc().start_of(*date);
    return Value{Instant{midnight.us + time->us}};
}

Result<Value> read_boolean(const FieldDef& field, std::string_view text)
{
    static constexpr std::array<std::string_view, 8> yes{"true", "yes", "y", "1", "是", "有", "对", "on"};
    static constexpr std::array<std::string_view, 8> no{"false", "no", "n", "0", "否", "无", "错", "off"};
    const auto key = match_key(text);
    if (std::ranges::find(yes, key) != yes.end()) return Value{true};
    if (std::ranges::find(no, key) != no.end()) return Value{false};
    return wrong(field, "boolean", text);
}

Result<Value> read_choice(const FieldDef& field, std::string_view text)
{
    const auto key = match_key(text);
    const auto names = [&](const Choice& choice) {
        if (choice.key == text || match_key(choice.key) == key || match_key(choice.label.zh) == key || match_key(choice.label.en) == key) return true;
        for (std::string_view rest = choice.synonyms; !rest.empty();) {
            const auto bar = std::min(rest.find('|'), rest.size());
            if (match_key(rest.substr(0, bar)) == key) return true;
            rest.remove_prefix(std::min(bar + 1, rest.size()));
        }
        return false;
    };
    for (const auto& choice : field.choices)
        if (names(choice)) return Value{ChoiceKey{std::string{choice.key}}};

    std::vector<std::string_view> labels;
    for (const auto& choice : field.choices) labels.insert(labels.end(), {choice.label.zh, choice.label.en, choice.key});
    std::map<std::string, std::string> args{{"value", std::string{text.substr(0, 80)}}};
    if (const auto near = nearest(text, labels)) args["nearest"] = *near;
    return refuse("unknown_choice", std::string{field.name}, std::move(args));
}

Result<Value> read_choices(const FieldDef& field, std::string_view text)
{
    ChoiceKeys keys;
    std::string part;
    const auto take = [&]() -> Result<void> {
        if (trimmed(part).empty()) return {};
        TRY(const auto one, read_choice(field, trimmed(part)));
        keys.keys.push_back(std::get<ChoiceKey>(one).key);
        part.clear();
        return {};
    };
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t separator = text[i] == ';' || text[i] == ',' || text[i] == '|' ? 1 : text.substr(i).starts_with("、") || text.substr(i).starts_with("；") ? 3 : 0;
        if (separator > 0) CHECK_OK(take());
        else part += text[i];
        i += std::max<std::size_t>(separator, 1);
    }
    CHECK_OK(take());
    std::ranges::sort(keys.keys);
    keys.keys.erase(std::ranges::unique(keys.keys).begin(), keys.keys.end());
    if (keys.keys.empty()) return Value{Null{}};
    return Value{std::move(keys)};
}

Result<Value> read_amount(const FieldDef& field, std::string_view text, const TextReading& reading)
{
    const bool percent = text.ends_with('%');
    const auto plain = plain_decimal(percent ? text.substr(0, text.size() - 1) : text);
    const auto over = [&] { return refuse("invalid_value", std::string{field.name}, {{"expected", "number"}, {"value", std::string{text.substr(0, 80)}}}); };
    if (!plain || (percent && field.type != Type::share)) return over();
    switch (field.type) {
    case Type::share: {
        // 40% and 40 are the same share; 0.4 too. 1 is everything.
        const auto fine = parse_decimal(*plain, 6);
        if (!fine) return over();
        const bool hundredths = percent || *fine > 1'000'000;
        if (*fine < 0 || *fine > 100'000'000) return wrong(field, "share", text);
        return Value{Share{hundredths ? *fine / 100 : *fine}};
    }
    case Type::money: {
        const auto minor = parse_decimal(*plain, minor_digits(reading.base));
        if (!minor) return over();
        return Value{Money::of_base(*minor, reading.base)};
    }
    default: {
        const auto units = parse_decimal(*plain, field.scale);
        if (!units) return over();
        return Value{Number{*units, field.scale}};
    }
    }
}

}  // namespace

Result<Value> from_text(const FieldDef& field, std::string_view raw, const TextReading& reading)
{
    if (!valid_utf8(raw)) return refuse("invalid_utf8", std::string{field.name});
    const auto text = trimmed(raw);
    if (text.empty()) return Value{Null{}};
    switch (field.type) {
    case Type::text: return text_value(field, text);
    case Type::number:
    case Type::share:
    case Type::money: return read_amount(field, text, reading);
    case Type::date: return read_date(field, text, reading);
    case Type::instant: return read_instant(field, text, reading);
    case Type::boolean: return read_boolean(field, text);
    case Type::choice: return read_choice(field, text);
    case Type::choices: return read_choices(field, text);
    case Type::address: {
        if (text.size() > 1'000) return refuse("too_long", std::string{field.name}, {{"limit", "1000"}});
        TRY(auto detail, plain_text(field, text));
        return Value{Address{.country = {}, .region = {}, .detail = std::move(detail)}};
    }
    case Type::duration:
        if (const auto duration = parse_duration(text)) return Value{*duration};
        return wrong(field, "duration", text);
    case Type::reference:
        if (const auto id = parse_id(text)) return Value{*id};
        return wrong(field, "reference", text);
    }
    return wrong(field, "text", text);
}

}  // namespace shangdao::record
