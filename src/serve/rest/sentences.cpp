#include "serve/rest/sentences.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "serve/problem.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;

std::string text_of(const json::object& map, std::string_view key)
{
    const auto* value = map.if_contains(key);
    return value != nullptr && value->is_string() ? std::string{value->as_string()} : std::string{};
}

void speak(json::value& value, Language language)
{
    if (auto* list = value.if_array())
        for (auto& entry : *list) speak(entry, language);
    auto* map = value.if_object();
    if (map == nullptr) return;
    for (auto& [key, inner] : *map) speak(inner, language);
    Problem problem{text_of(*map, "code"), text_of(*map, "field"), {}};
    if (problem.code.empty() || map->contains("say") || find_problem(problem.code) == nullptr) return;
    if (const auto* args = map->if_contains("args"); args != nullptr && args->is_object())
        for (const auto& [name, arg] : args->as_object())
            if (arg.is_string()) problem.args[std::string{name}] = std::string{arg.as_string()};
    (*map)["say"] = say(problem, language);
}

}  // namespace

std::string with_sentences(std::string_view text, Language language)
{
    auto value = json::parse(text);
    speak(value, language);
    std::string out;
    shangdao::append_json(out, value);
    return out;
}

}  // namespace shangdao::serve::rest
