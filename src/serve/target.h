// Target – the one normaliser of request targets; routing, rights and logs all see its result (so they cannot disagree).
//
// Strict on purpose: what could be read in two ways is refused, never repaired. No empty or dot segment (also when
// percent-encoded), no encoded slash or backslash, no control character, no invalid UTF-8, no half escape.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "serve/http.h"

namespace shangdao::serve {

struct Target {
    std::string path;
    std::string raw_query;
    QueryParameters parameters;
};

// `raw` in origin form ("/a/b?x=1"). nullopt when it breaks a rule above or names a parameter twice.
std::optional<Target> parse_target(std::string_view raw);

// %XX decoded, nothing else; nullopt for a half escape, a NUL, or invalid UTF-8.
std::optional<std::string> percent_decoded(std::string_view text);

// name=value&… with '+' as space; nullopt as above or for a name given twice.
std::optional<QueryParameters> parse_query(std::string_view raw);

}  // namespace shangdao::serve
