// The two sources of pinyin_readings (text.h): one reading a character from ICU, generated, and our list of polyphones.
#pragma once

#include <span>
#include <string_view>

namespace shangdao {

struct Syllable {
    std::string_view reading;  // without tone, v for ü
    std::string_view characters;  // every character that ICU reads so
};

std::span<const Syllable> syllables();

// Lines "character reading reading…\n".
std::string_view polyphone_lines();

}  // namespace shangdao
