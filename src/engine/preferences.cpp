// A record for each name that a member ever said.
#include "engine/preferences.h"

#include <boost/json.hpp>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "engine/expressions.h"
#include "engine/notifications.h"

namespace shangdao::engine {

namespace {

constexpr std::string_view themes[] = {"system", "light", "dark"};
constexpr std::string_view densities[] = {"standard", "compact", "comfortable"};
constexpr std::string_view on_off[] = {"on", "off"};
constexpr std::string_view shown_hidden[] = {"shown", "hidden"};
constexpr std::int64_t rows_max = 1'000;

std::vector<PreferenceDef> table()
{
    std::vector<PreferenceDef> all{{"theme", themes}, {"density", densities}, {"first_steps", shown_hidden}};
    for (const auto& reason : notification_reasons())
        if (std::ranges::find(all, reason.preference, &PreferenceDef::name) == all.end()) all.push_back({reason.preference, on_off});
    return all;
}

const PreferenceDef* find(std::string_view word)
{
    const auto all = preferences();
    const auto found = std::ranges::find(all, word, &PreferenceDef::name);
    return found == all.end() ? nullptr : &*found;
}

std::vector<Record> rows_of(store::View& view, const Desk& desk, Id member)
{
    const auto& object = desk.catalogue->at("preference");
    return view.records({.from = &object, .where = field_is(object, record::slot_owner, member), .limit = rows_max}, desk.moment);
}

std::string_view text_at(const Desk& desk, const Record& row, std::string_view field)
{
    const auto* text = std::get_if<std::string>(&row.at(*desk.catalogue->at("preference").slot(field)));
    return text == nullptr ? std::string_view{} : *text;
}

const Record* row_of(const Desk& desk, const std::vector<Record>& rows, std::string_view name)
{
    const auto row = std::ranges::find_if(rows, [&](const Record& each) { return text_at(desk, each, "name") == name; });
    return row == rows.end() ? nullptr : &*row;
}

std::string_view said(const Desk& desk, const std::vector<Record>& rows, const PreferenceDef& one)
{
    const auto* row = row_of(desk, rows, one.name);
    if (row == nullptr) return one.choices.front();
    const auto known = std::ranges::find(one.choices, text_at(desk, *row, "value"));
    return known == one.choices.end() ? one.choices.front() : *known;
}

Problems problems_of(const boost::json::object& body)
{
    Problems problems;
    for (const auto& [word, wanted] : body) {
        const auto* one = find(word);
        if (one == nullptr) {
            std::map<std::string, std::string> args{{"name", std::string{word}}};
            std::vector<std::string_view> known;
            for (const auto& each : preferences()) known.push_back(each.name);
            if (const auto near = nearest(word, known)) args["nearest"] = *near;
            problems.push_back({"unknown_field", std::string{word}, std::move(args)});
        } else if (!wanted.is_string() || std::ranges::find(one->choices, std::string_view{wanted.as_string()}) == one->choices.end()) {
            std::map<std::string, std::string> args{{"value", wanted.is_string() ? std::string{wanted.as_string()}.substr(0, 40) : boost::json::serialize(wanted).substr(0, 40)}};
            if (wanted.is_string())
                if (const auto near = nearest(std::string_view{wanted.as_string()}, one->choices)) args["nearest"] = *near;
            problems.push_back({"unknown_choice", std::string{word}, std::move(args)});
        }
    }
    return problems;
}

}  // namespace

std::span<const PreferenceDef> preferences()
{
    static const auto all = table();
    return all;
}

std::string preferences_answer(store::View& view, const Desk& desk)
{
    const auto rows = rows_of(view, desk, desk.member);
    std::string out = "{";
    for (const auto& one : preferences()) {
        if (out.size() > 1) out += ',';
        append_json_string(out, one.name);
        out += ':';
        append_json_string(out, said(desk, rows, one));
    }
    return out + '}';
}

Result<void> set_preferences(Work& work, const Records& records, const boost::json::value& body)
{
    const auto* object = body.if_object();
    if (object == nullptr) return refuse("invalid_value", "", {{"expected", "object"}});
    if (auto problems = problems_of(*object); !problems.empty()) return refuse(std::move(problems));
    const auto& kept = work.desk.catalogue->at("preference");
    const auto name = *kept.slot("name"), value = *kept.slot("value");
    const auto rows = rows_of(work.unit, work.desk, work.desk.member);
    for (const auto& [word, wanted] : *object) {
        const std::string text{wanted.as_string()};
        if (const auto* row = row_of(work.desk, rows, word)) CHECK_OK(records.change(work, kept, row->id(), std::nullopt, {{value, text}}));
        else CHECK_OK(records.create(work, kept, {{name, std::string{word}}, {value, text}}));
    }
    return {};
}

bool wants_to_be_told(store::View& view, const Desk& desk, Id member, std::string_view reason)
{
    const auto all = notification_reasons();
    const auto known = std::ranges::find(all, reason, &NotificationReason::key);
    require(known != all.end(), "a notification has a reason of the table");
    return said(desk, rows_of(view, desk, member), *find(known->preference)) == on_off[0];
}

}  // namespace shangdao::engine
