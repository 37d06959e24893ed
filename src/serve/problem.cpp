#include "serve/problem.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/fault.h"
#include "base/require.h"

namespace shangdao::serve {

namespace {

// Words that stand in args because the code that refuses knows no language.
struct WordRow {
    std::string_view word;
    Label label;
};
constexpr auto words = std::to_array<WordRow>({
    {"boolean", {"是或否", "true or false"}},
    {"choice", {"选项", "a choice"}},
    {"country", {"两个字母的国家代码", "a country code of two letters"}},
    {"date", {"日期", "a date"}},
    {"end", {"公式的结尾", "the end of the formula"}},
    {"duration", {"时长，如 15d", "a duration such as 15d"}},
    {"field", {"字段", "a field"}},
    {"group", {"分组", "a group"}},
    {"host", {"主机名，如 crm.example.com", "a host name, such as crm.example.com"}},
    {"id", {"编号", "an id"}},
    {"instant", {"时刻", "an instant"}},
    {"future", {"将来的时刻", "a moment to come"}},
    {"list", {"列表", "a list"}},
    {"money", {"金额", "an amount of money"}},
    {"name", {"名称", "a name"}},
    {"number", {"数字", "a number"}},
    {"object", {"JSON 对象", "a JSON object"}},
    {"reference", {"引用字段", "a reference"}},
    {"region", {"六位行政区划代码", "a region code of six digits"}},
    {"share", {"0 到 1 之间的比例", "a share between 0 and 1"}},
    {"text", {"文本", "text"}},
    {"value", {"一个值", "a value"}},
});

std::string_view in_words(std::string_view value, Language language)
{
    const auto found = std::ranges::find(words, value, &WordRow::word);
    return found == words.end() ? value : found->label.in(language);
}

// Fills one stretch without brackets; false when a blank had no value.
bool fill(std::string& out, std::string_view stretch, const Problem& problem, Language language)
{
    bool whole = true;
    while (!stretch.empty()) {
        const std::size_t open = std::min(stretch.find('{'), stretch.size());
        out += stretch.substr(0, open);
        stretch.remove_prefix(open);
        if (stretch.empty()) break;
        const std::size_t close = std::min(stretch.find('}'), stretch.size() - 1);
        const std::string_view name = stretch.substr(1, close - 1);
        const auto found = problem.args.find(std::string(name));
        if (name == "field")
            out += problem.field;
        else if (found != problem.args.end())
            out += name == "expected" ? in_words(found->second, language) : found->second;
        whole =
            whole && (name == "field" ? !problem.field.empty() : found != problem.args.end() && !found->second.empty());
        stretch.remove_prefix(close + 1);
    }
    return whole;
}

std::string filled(std::string_view sentence, const Problem& problem, Language language)
{
    std::string out;
    while (!sentence.empty()) {
        const std::size_t open = std::min(sentence.find('['), sentence.size());
        fill(out, sentence.substr(0, open), problem, language);
        sentence.remove_prefix(open);
        if (sentence.empty()) break;
        const std::size_t close = std::min(sentence.find(']'), sentence.size() - 1);
        std::string part;
        if (fill(part, sentence.substr(1, close - 1), problem, language)) out += part;
        sentence.remove_prefix(close + 1);
    }
    return out;
}

// "columns[2].field" → "/columns/2/field", "[1].name" → "/1/name" (RFC 6901), so a form finds the place without parsing our spelling.
std::string pointer_of(std::string_view field)
{
    if (field.empty()) return {};
    std::string out = field.front() == '[' ? "" : "/";
    for (const char c : field) {
        if (c == '.' || c == '[')
            out += '/';
        else if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else if (c != ']')
            out += c;
    }
    return out;
}

void append_problem(std::string& out, const Problem& problem, Language language)
{
    out += R"({"code":)";
    append_json_string(out, problem.code);
    if (!problem.field.empty()) {
        out += R"(,"field":)";
        append_json_string(out, problem.field);
        out += R"(,"pointer":)";
        append_json_string(out, pointer_of(problem.field));
    }
    out += R"(,"args":{)";
    for (bool first = true; const auto& [name, value] : problem.args) {
        if (!std::exchange(first, false)) out += ',';
        append_json_string(out, name);
        out += ':';
        append_json_string(out, value);
    }
    out += R"(},"say":)";
    append_json_string(out, say(problem, language));
    out += '}';
}

std::string_view code_of(const std::exception& thrown)
{
    const auto* const fault = dynamic_cast<const Fault*>(&thrown);
    if (!fault) return "internal_error";
    switch (fault->kind()) {
    case FaultKind::disk_full: return "disk_full";
    case FaultKind::busy: return "overloaded";
    case FaultKind::outcome_unknown: return "outcome_unknown";
    case FaultKind::storage:
    case FaultKind::network: break;
    }
    return "storage_failed";
}

}  // namespace

const ProblemRow* find_problem(std::string_view code)
{
    const auto table = problem_table();
    const auto found = std::ranges::lower_bound(table, code, {}, &ProblemRow::code);
    return found != table.end() && found->code == code ? &*found : nullptr;
}

std::string say(const Problem& problem, Language language)
{
    if (const ProblemRow* const row = find_problem(problem.code))
        return filled(row->sentence.in(language), problem, language);
    const std::string place = problem.field.empty() ? "" : " (" + problem.field + ")";
    return language == Language::zh ? fmt::format("未通过：{}{}", problem.code, place)
                                    : fmt::format("Refused: {}{}", problem.code, place);
}

Response problem_response(const Problems& problems, Language language, std::optional<int> status,
                          std::string_view incident)
{
    require(!problems.empty(), "a refusal has a problem");
    const Problem& first = problems.front();
    const ProblemRow* const row = find_problem(first.code);

    Response response;
    response.status = status.value_or(row ? row->status : 400);
    response.content_type = "application/problem+json";
    std::string& out = response.body;
    out = R"({"type":"about:blank","title":)";
    append_json_string(out, say(first, language));
    out += fmt::format(R"(,"status":{},"code":)", response.status);
    append_json_string(out, first.code);
    out += R"(,"errors":[)";
    for (std::size_t i = 0; i < problems.size(); ++i) {
        if (i > 0) out += ',';
        append_problem(out, problems[i], language);
    }
    out += ']';
    if (!incident.empty()) {
        out += R"(,"incident":)";
        append_json_string(out, incident);
    }
    out += '}';
    if (response.status == 429 || response.status == 503) {
        const auto seconds = first.args.find("seconds");
        response.add("Retry-After", seconds == first.args.end() ? "1" : seconds->second);
    }
    return response;
}

Response problem_response(std::string_view code, Language language)
{
    return problem_response(Problems{Problem{std::string(code), {}, {}}}, language);
}

Response problem_response(const std::exception& thrown, Language language, std::string_view incident)
{
    const Problem problem{std::string(code_of(thrown)), {}, {{"incident", std::string(incident)}}};
    return problem_response(Problems{problem}, language, {}, incident);
}

void append_json_string(std::string& out, std::string_view text)
{
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    out += '"';
}

}  // namespace shangdao::serve
