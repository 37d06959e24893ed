#include "serve/problem.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/fault.h"
#include "base/require.h"

namespace shangdao::serve {

namespace {

std::string filled(std::string_view sentence, const Problem& problem)
{
    std::string out;
    while (!sentence.empty()) {
        const std::size_t open = std::min(sentence.find('{'), sentence.size());
        out += sentence.substr(0, open);
        sentence.remove_prefix(open);
        if (sentence.empty()) break;
        const std::size_t close = std::min(sentence.find('}'), sentence.size() - 1);
        const std::string_view name = sentence.substr(1, close - 1);
        if (name == "field") out += problem.field;
        else if (const auto found = problem.args.find(std::string(name)); found != problem.args.end()) out += found->second;
        sentence.remove_prefix(close + 1);
    }
    return out;
}

// "columns[2].field" → "/columns/2/field" (RFC 6901), so a form finds the place without parsing our spelling.
std::string pointer_of(std::string_view field)
{
    if (field.empty()) return {};
    std::string out = "/";
    for (const char c : field) {
        if (c == '.' || c == '[') out += '/';
        else if (c == '~') out += "~0";
        else if (c == '/') out += "~1";
        else if (c != ']') out += c;
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
    if (const ProblemRow* const row = find_problem(problem.code)) return filled(row->sentence.in(language), problem);
    const std::string place = problem.field.empty() ? "" : " (" + problem.field + ")";
    return language == Language::zh ? fmt::format("未通过：{}{}", problem.code, place) : fmt::format("Refused: {}{}", problem.code, place);
}

Response problem_response(const Problems& problems, Language language, std::optional<int> status, std::string_view incident)
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
