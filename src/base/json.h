// JSON – Boost.JSON behind limits. Its parser lets the last of equal keys win and its printer writes 0.1 as 1E-1; ours refuses the
// one and does not do the other.
#pragma once

#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace shangdao {

struct JsonLimits {
    std::size_t depth_max = 32;  // arrays and objects inside each other
    std::size_t bytes_max = std::size_t{16} << 20;
};

// Exactly one JSON text (RFC 8259) in UTF-8, white space around it allowed. Refuses, with the args `position` (bytes before the
// mistake) and where it helps `key` or `max`:
//     json_too_large      json_too_deep      json_duplicate_key      json_invalid
// An integer outside int64 and uint64 becomes a double, one that no double holds is json_invalid.
Result<boost::json::value> parse_json(std::string_view text, const JsonLimits& limits = {},
                                      boost::json::storage_ptr storage = {});

// Appends the text in quotes, escaped. It must be UTF-8.
void append_json_string(std::string& out, std::string_view text);

// Appends the shortest decimal that reads back as the same double: 0.1, 1200, 1e+20. What is no number (NaN, ∞) is null.
void append_json_number(std::string& out, double value);

// Appends the value without white space, members in their order.
void append_json(std::string& out, const boost::json::value& value);

}  // namespace shangdao
