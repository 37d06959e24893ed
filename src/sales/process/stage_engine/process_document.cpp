// Reading a process document: strict words, every finding with its place, all findings at once.
#include "sales/process/stage_engine/process_document.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace shangdao::process {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 3> strengths{"hint", "warn", "block"};
constexpr std::array<std::string_view, 2> stage_kinds{"sell", "deliver"};
constexpr std::array<std::string_view, 2> skips{"forbid", "allow"};
constexpr std::array<std::string_view, 3> backs{"with_reason", "free", "forbid"};
constexpr std::array<std::string_view, 2> exception_ways{"by_leaders", "forbid"};
constexpr std::array<std::string_view, 2> document_words{"stages", "moves"};
constexpr std::array<std::string_view, 3> move_words{"skip", "back", "exceptions"};
constexpr std::array<std::string_view, 9> stage_words{"key", "name", "kind", "goal", "limit", "win_share", "entry", "exit", "playbook"};
constexpr std::array<std::string_view, 7> check_words{"field", "check", "done", "at_least", "key", "strength", "say"};
constexpr std::array<std::string_view, 2> label_words{"zh", "en"};
constexpr std::array<std::string_view, 2> playbook_words{"task", "guide"};
constexpr std::array<std::string_view, 5> activity_kinds{"call", "email", "meeting", "visit", "task"};
constexpr std::size_t stages_max = 30;
constexpr std::size_t checks_max = 30;

bool snake_case(std::string_view word)
{
    return !word.empty() && word.size() <= 40 && word.front() >= 'a' && word.front() <= 'z' &&
           std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

class Reading {
public:
    ProcessDocument document(const json::value& value);
    Problems problems;

private:
    void wrong(std::string place, std::string_view expected) { problems.push_back({"invalid_value", std::move(place), {{"expected", std::string{expected}}}}); }
    void unknown(std::string place, std::string_view word, std::span<const std::string_view> known)
    {
        std::map<std::string, std::string> args{{"name", std::string{word.substr(0, 80)}}};
        if (const auto near = nearest(word, known)) args["nearest"] = *near;
        problems.push_back({"unknown_word", std::move(place), std::move(args)});
    }
    // The object behind `value`, its keys checked against `words`; nullptr after a finding.
    const json::object* object(const json::value& value, const std::string& place, std::span<const std::string_view> words)
    {
        const auto* map = value.if_object();
        if (map == nullptr) return wrong(place, "object"), nullptr;
        for (const auto& [key, unused] : *map)
            if (std::ranges::find(words, std::string_view{key}) == words.end()) unknown(place + "." + std::string{key}, key, words);
        return map;
    }
    const json::array* array(const json::value& value, const std::string& place, std::size_t size_max)
    {
        const auto* list = value.if_array();
        if (list == nullptr) return wrong(place, "list"), nullptr;
        if (list->size() > size_max) return problems.push_back({"too_many", place, {{"limit", std::to_string(size_max)}}}), nullptr;
        return list;
    }
    std::string text(const json::object& map, std::string_view key, const std::string& place)
    {
        const auto* value = map.if_contains(key);
        if (value == nullptr) return {};
        if (const auto* found = value->if_string()) return std::string{*found};
        wrong(place + "." + std::string{key}, "text");
        return {};
    }
    // Position of the word under `key` in `words`; 0 when absent.
    std::size_t word(const json::object& map, std::string_view key, const std::string& place, std::span<const std::string_view> words, std::size_t otherwise)
    {
        if (!map.contains(key)) return otherwise;
        const auto given = text(map, key, place);
        const auto found = std::ranges::find(words, std::string_view{given});
        if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
        unknown(place + "." + std::string{key}, given, words);
        return otherwise;
    }
    OwnedLabel label(const json::object& map, std::string_view key, const std::string& place);
    void moves(const json::value& value, ProcessDocument& document);
    Stage stage(const json::value& value, const std::string& place);
    void limits(const json::object& map, const std::string& place, Stage& stage);
    std::vector<GateCheck> checks(const json::object& map, std::string_view key, const std::string& place);
    GateCheck check(const json::value& value, const std::string& place, std::size_t number);
    void activities(const json::object& map, const std::string& place, GateCheck& check);
    void whole(const ProcessDocument& document);
};

OwnedLabel Reading::label(const json::object& map, std::string_view key, const std::string& place)
{
    const auto* value = map.if_contains(key);
    if (value == nullptr) return {};
    if (const auto* one = value->if_string()) return {std::string{*one}, std::string{*one}};
    const auto at = place + "." + std::string{key};
    const auto* both = object(*value, at, label_words);
    if (both == nullptr) return {};
    OwnedLabel found{text(*both, "zh", at), text(*both, "en", at)};
    if (found.zh.empty()) found.zh = found.en;
    if (found.en.empty()) found.en = found.zh;
    return found;
}

void Reading::activities(const json::object& map, const std::string& place, GateCheck& check)
{
    check.kind = GateCheck::Kind::activity;
    std::vector<std::string> kinds;
    const auto& done = map.at("done");
    if (const auto* one = done.if_string()) kinds.emplace_back(*one);
    else if (const auto* list = done.if_array())
        for (const auto& entry : *list) kinds.emplace_back(entry.is_string() ? std::string{entry.as_string()} : std::string{});
    std::int64_t at_least = 1;
    if (const auto* number = map.if_contains("at_least")) {
        if (number->is_int64() && number->as_int64() >= 1 && number->as_int64() <= 1'000) at_least = number->as_int64();
        else wrong(place + ".at_least", "number");
    }
    std::string condition;
    for (const auto& kind : kinds) {
        if (std::ranges::find(activity_kinds, std::string_view{kind}) == activity_kinds.end()) unknown(place + ".done", kind, activity_kinds);
        condition += fmt::format("{}\"{}\"", condition.empty() ? "" : ", ", kind);
        check.key += "_" + kind;
    }
    if (kinds.empty()) wrong(place + ".done", "list");
    check.key = "done" + check.key;
    check.formula = fmt::format("count(activities, kind in ({}) and state = \"done\") >= {}", condition, at_least);
    check.say = {fmt::format("请先完成至少 {} 次所需活动", at_least), fmt::format("Complete at least {} of the required activities first", at_least)};
}

GateCheck Reading::check(const json::value& value, const std::string& place, std::size_t number)
{
    GateCheck check;
    const auto* map = object(value, place, check_words);
    if (map == nullptr) return check;
    const int ways = (map->contains("field") ? 1 : 0) + (map->contains("check") ? 1 : 0) + (map->contains("done") ? 1 : 0);
    if (ways != 1) problems.push_back({"required", place, {{"name", "field, check, done"}}});
    else if (map->contains("done")) activities(*map, place, check);
    else if (map->contains("field")) {
        check.field = text(*map, "field", place);
        check.key = check.field;
        check.formula = check.field + " is not null";
    } else {
        check.kind = GateCheck::Kind::formula;
        check.formula = text(*map, "check", place);
        check.key = "check_" + std::to_string(number + 1);
    }
    if (map->contains("at_least") && !map->contains("done")) unknown(place + ".at_least", "at_least", {});
    if (map->contains("key")) check.key = text(*map, "key", place);
    if (!snake_case(check.key)) problems.push_back({"definition_bad_name", place + ".key", {{"name", check.key}}});
    check.strength = static_cast<Strength>(word(*map, "strength", place, strengths, static_cast<std::size_t>(Strength::block)));
    if (map->contains("say")) check.say = label(*map, "say", place);
    return check;
}

std::vector<GateCheck> Reading::checks(const json::object& map, std::string_view key, const std::string& place)
{
    std::vector<GateCheck> found;
    const auto* value = map.if_contains(key);
    const auto at = place + "." + std::string{key};
    const auto* list = value == nullptr ? nullptr : array(*value, at, checks_max);
    if (list == nullptr) return found;
    for (std::size_t i = 0; i < list->size(); ++i) found.push_back(check((*list)[i], fmt::format("{}[{}]", at, i), i));
    return found;
}

void Reading::limits(const json::object& map, const std::string& place, Stage& stage)
{
    if (map.contains("limit")) {
        stage.limit = parse_duration(text(map, "limit", place));
        const bool days = stage.limit && (stage.limit->unit == Duration::Unit::days || stage.limit->unit == Duration::Unit::working_days);
        if (!days || stage.limit->amount < 1 || stage.limit->amount > 3'650) wrong(place + ".limit", "duration");
    }
    if (const auto* share = map.if_contains("win_share")) {
        boost::system::error_code error;
        const auto number = share->to_number<double>(error);
        const auto ppm = error ? std::nullopt : round_to_units(number, 6);
        if (!ppm || *ppm < 0 || *ppm > 1'000'000) wrong(place + ".win_share", "share");
        else stage.win_share = Share{*ppm};
    }
}

Stage Reading::stage(const json::value& value, const std::string& place)
{
    Stage stage;
    const auto* map = object(value, place, stage_words);
    if (map == nullptr) return stage;
    stage.key = text(*map, "key", place);
    if (!snake_case(stage.key)) problems.push_back({"definition_bad_name", place + ".key", {{"name", stage.key}}});
    stage.name = label(*map, "name", place);
    if (stage.name.zh.empty()) problems.push_back({"required", place + ".name", {{"name", "name"}}});
    stage.goal = label(*map, "goal", place);
    stage.kind = static_cast<Stage::Kind>(word(*map, "kind", place, stage_kinds, 0));
    limits(*map, place, stage);
    stage.entry = checks(*map, "entry", place);
    stage.exit = checks(*map, "exit", place);
    if (const auto* items = map->if_contains("playbook"); items != nullptr)
        if (const auto* list = array(*items, place + ".playbook", checks_max))
            for (std::size_t i = 0; i < list->size(); ++i) {
                const auto at = fmt::format("{}.playbook[{}]", place, i);
                if (const auto* item = object((*list)[i], at, playbook_words)) stage.playbook.push_back({text(*item, "task", at), text(*item, "guide", at)});
            }
    return stage;
}

void Reading::moves(const json::value& value, ProcessDocument& document)
{
    const auto* map = object(value, "moves", move_words);
    if (map == nullptr) return;
    document.skip = static_cast<ProcessDocument::Skip>(word(*map, "skip", "moves", skips, 0));
    document.back = static_cast<ProcessDocument::Back>(word(*map, "back", "moves", backs, 0));
    document.exceptions = static_cast<ProcessDocument::Exceptions>(word(*map, "exceptions", "moves", exception_ways, 0));
}

// What only the whole shows: keys twice, no stage to sell, a stage to sell after one to deliver.
void Reading::whole(const ProcessDocument& document)
{
    std::set<std::string> keys;
    bool delivering = false;
    for (std::size_t i = 0; i < document.stages.size(); ++i) {
        const auto& stage = document.stages[i];
        const auto place = fmt::format("stages[{}]", i);
        if (!keys.insert(stage.key).second) problems.push_back({"definition_twice", place + ".key", {{"name", stage.key}}});
        if (stage.kind == Stage::Kind::deliver) delivering = true;
        else if (delivering) wrong(place + ".kind", "deliver");
        std::set<std::string> checks;
        for (const auto* list : {&stage.entry, &stage.exit})
            for (const auto& check : *list)
                if (!checks.insert(check.key).second) problems.push_back({"definition_twice", place, {{"name", check.key}}});
    }
    if (document.stages.empty() || document.stages.front().kind == Stage::Kind::deliver) problems.push_back({"required", "stages", {{"name", "stages"}}});
}

ProcessDocument Reading::document(const json::value& value)
{
    ProcessDocument document;
    const auto* map = object(value, "document", document_words);
    if (map == nullptr) return document;
    if (const auto* moves_value = map->if_contains("moves")) moves(*moves_value, document);
    if (const auto* stages = map->if_contains("stages"))
        if (const auto* list = array(*stages, "stages", stages_max))
            for (std::size_t i = 0; i < list->size(); ++i) document.stages.push_back(stage((*list)[i], fmt::format("stages[{}]", i)));
    whole(document);
    return document;
}

}  // namespace

std::string_view strength_name(Strength strength) { return strengths[static_cast<std::size_t>(strength)]; }

std::optional<std::size_t> ProcessDocument::find(std::string_view stage_key) const
{
    for (std::size_t i = 0; i < stages.size(); ++i)
        if (stages[i].key == stage_key) return i;
    return std::nullopt;
}

std::size_t ProcessDocument::last_sell() const
{
    std::size_t last = 0;
    for (std::size_t i = 0; i < stages.size(); ++i)
        if (stages[i].kind == Stage::Kind::sell) last = i;
    return last;
}

Result<ProcessDocument> process_document_from_json(std::string_view text)
{
    boost::system::error_code error;
    const auto value = json::parse(text, error);
    if (error) return refuse("invalid_value", "document", {{"expected", "json"}});
    Reading reading;
    auto document = reading.document(value);
    if (!reading.problems.empty()) return refuse(std::move(reading.problems));
    return document;
}

}  // namespace shangdao::process
