// Tokens of the rule language, with their place in the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shangdao::formula {

struct Token {
    enum class Kind : unsigned char { word, label, text, number, duration, sign, end };
    Kind kind = Kind::end;
    std::string text;                 // of a text: unquoted; of a sign: itself
    std::size_t begin = 0, end = 0;   // bytes
};

// The last token is Kind::end. Refusals formula_syntax, formula_too_large.
Result<std::vector<Token>> tokens_of(std::string_view source);

// A refusal that names the place as a 0-based code point.
std::unexpected<Problems> refuse_at(std::string_view source, std::size_t byte, std::string code, std::map<std::string, std::string> args = {});

}  // namespace shangdao::formula
