// Result, Problem – how a refusal travels.
//
// Three kinds of going wrong (docs/style.md): a *refusal* is a value (this file), a *fault* is an exception
// (fault.h), a *bug* is require() (require.h). A Problem has no sentence: the sentence is made at the edge, in the
// reader's language, from the one table of codes (serve/problem_table).
#pragma once

#include <expected>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shangdao {

// One thing that is wrong. `code` is a stable word of the code table ("required", "unknown_field"); `field` names the
// place as the caller spelled it ("amount", "columns[2].field", "row 17"); `args` fill the sentence's blanks.
struct Problem {
    std::string code;
    std::string field;
    std::map<std::string, std::string> args;

    bool operator==(const Problem&) const = default;
};

// All problems at once, never just the first; never empty inside a refused Result.
using Problems = std::vector<Problem>;

template <typename T>
using Result = std::expected<T, Problems>;

// Makes the refusal with one problem: `return refuse("required", "name");`
inline std::unexpected<Problems> refuse(std::string code, std::string field = {}, std::map<std::string, std::string> args = {})
{
    return std::unexpected(Problems{Problem{std::move(code), std::move(field), std::move(args)}});
}

inline std::unexpected<Problems> refuse(Problems problems)
{
    return std::unexpected(std::move(problems));
}

}  // namespace shangdao

#define SHANGDAO_CONCAT_(a, b) a##b
#define SHANGDAO_CONCAT(a, b) SHANGDAO_CONCAT_(a, b)
#define SHANGDAO_TRY_(temporary, declaration, expression)            \
    auto temporary = (expression);                                   \
    if (!temporary) return std::unexpected(std::move(temporary).error()); \
    declaration = std::move(*temporary)

// TRY(auto boat, find(id)); – takes the value or returns the refusal.
#define TRY(declaration, ...) SHANGDAO_TRY_(SHANGDAO_CONCAT(try_result_, __LINE__), declaration, (__VA_ARGS__))

// CHECK_OK(validate(boat)); – the same for Result<void>.
#define CHECK_OK(...)                                                                                     \
    do {                                                                                                  \
        if (auto check_ok_result = (__VA_ARGS__); !check_ok_result)                                       \
            return std::unexpected(std::move(check_ok_result).error());                                   \
    } while (false)
