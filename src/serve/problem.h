// problem – the sentence of a refusal is made here, in the reader's language, from one table of codes (D29).
//
// A code names the kind of problem for ever; its row gives the status and both sentences. Blanks: {field} is the place as
// the caller spelled it, {anything} comes from args. A part in [square brackets] is said only when all its blanks have
// values: "unknown field {field}[; did you mean {nearest}?]".
#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/label.h"
#include "base/result.h"
#include "serve/http.h"

namespace shangdao::serve {

struct ProblemRow {
    std::string_view code;
    int status;
    Label sentence;
};

std::span<const ProblemRow> problem_table();  // sorted by code
const ProblemRow* find_problem(std::string_view code);  // nullptr for an unknown code

// "金额 缺失": the sentence of one problem; an unknown code gives a sentence that names the code.
std::string say(const Problem& problem, Language language);

// application/problem+json. Status is `status` when given, else that of the first problem's row (400 for an unknown
// code). `incident` is shown for bugs. 429 and 503 carry Retry-After (from args "seconds" when there, else 1).
Response problem_response(const Problems& problems, Language language, std::optional<int> status = {},
                          std::string_view incident = {});
Response problem_response(std::string_view code, Language language);

// The boundary for exceptions: Fault → 503, or 507 when the disk is full; anything else is a bug → 500 with `incident`.
Response problem_response(const std::exception& thrown, Language language, std::string_view incident);

// JSON string literal with quotes; escapes what JSON requires.
void append_json_string(std::string& out, std::string_view text);

}  // namespace shangdao::serve
