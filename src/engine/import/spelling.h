// How a Chinese word is typed on a Latin keyboard: for headings that programs write and for keys that people read.
#pragma once

#include <string>
#include <string_view>

namespace shangdao::engine {

// The most usual reading of each Han character, whole or its first letter; other characters as they are.
enum class Spelling : unsigned char { whole, initials };
std::string spelled(std::string_view text, Spelling spelling);

}  // namespace shangdao::engine
