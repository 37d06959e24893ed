// Label – a name in both languages of the product. 中文 first, English complete.
#pragma once

#include <string_view>

namespace shangdao {

enum class Language : unsigned char { zh, en };

struct Label {
    std::string_view zh;
    std::string_view en;

    constexpr std::string_view in(Language language) const { return language == Language::zh ? zh : en; }
};

}  // namespace shangdao
