#include "serve/target.h"

#include <algorithm>

#include "base/text.h"

namespace shangdao::serve {

namespace {

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

enum class Plus { stays, is_space };

std::optional<std::string> decoded(std::string_view text, Plus plus)
{
    std::string out;
    out.reserve(text.size());
    bool plain = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus == Plus::is_space) {
            c = ' ';
        }
        if (c == '\0') return std::nullopt;
        plain = plain && static_cast<unsigned char>(c) < 0x80;
        out.push_back(c);
    }
    if (!plain && !valid_utf8(out)) return std::nullopt;
    return out;
}

bool normal_segment(std::string_view segment)
{
    if (segment.empty() || segment == "." || segment == "..") return false;
    return std::ranges::none_of(
        segment, [](char c) { return c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// A last empty segment is the trailing slash, which is a path of its own ("/deals/" is not "/deals").
std::optional<std::string> normal_path(std::string_view raw)
{
    if (raw.empty() || raw.front() != '/') return std::nullopt;
    if (raw.size() == 1) return "/";
    std::string path;
    path.reserve(raw.size());
    std::size_t at = 1;
    while (at <= raw.size()) {
        const std::size_t end = std::min(raw.find('/', at), raw.size());
        const auto segment = decoded(raw.substr(at, end - at), Plus::stays);
        if (!segment) return std::nullopt;
        const bool trailing_slash = segment->empty() && end == raw.size();
        if (!trailing_slash && !normal_segment(*segment)) return std::nullopt;
        path.push_back('/');
        path += *segment;
        at = end + 1;
    }
    return path;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text)
{
    return decoded(text, Plus::stays);
}

std::optional<QueryParameters> parse_query(std::string_view raw)
{
    QueryParameters parameters;
    while (!raw.empty()) {
        const std::size_t end = std::min(raw.find('&'), raw.size());
        const std::string_view pair = raw.substr(0, end);
        raw.remove_prefix(std::min(end + 1, raw.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        auto name = decoded(pair.substr(0, equals), Plus::is_space);
        auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), Plus::is_space);
        if (!name || !value) return std::nullopt;
        if (std::ranges::any_of(parameters, [&](const auto& given) { return given.first == *name; }))
            return std::nullopt;
        parameters.emplace_back(std::move(*name), std::move(*value));
    }
    return parameters;
}

std::optional<Target> parse_target(std::string_view raw)
{
    const bool visible = std::ranges::all_of(raw, [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
    if (!visible) return std::nullopt;
    const std::size_t question = std::min(raw.find('?'), raw.size());
    auto path = normal_path(raw.substr(0, question));
    if (!path) return std::nullopt;
    const std::string_view query = raw.substr(std::min(question + 1, raw.size()));
    auto parameters = parse_query(query);
    if (!parameters) return std::nullopt;
    return Target{std::move(*path), std::string(query), std::move(*parameters)};
}

}  // namespace shangdao::serve
