// Syntax – the text as a tree, before any name is looked up. Depth is bounded.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "formula/expression.h"

namespace shangdao::formula {

struct Syntax {
    enum class Kind : unsigned char { number, text, duration, boolean, null, name, call, list, negate, operation };
    Kind kind = Kind::null;
    Op op = Op::literal;                   // operation: add … not_
    std::string text;                      // literal as written, or the function's name
    std::vector<std::string> names;        // name: parts between the dots
    std::vector<Syntax> args;
    bool flag = false;                     // boolean
    std::size_t begin = 0, end = 0;
};

// Precedence, loosest first: or, and, not, comparison (not chained), + -, * /, unary minus.
Result<Syntax> parse(std::string_view source);

}  // namespace shangdao::formula
