// require – the forbidden space. A failed require is a bug of ours: it throws Bug, which the edge turns into a 500 with
// an incident number. It stays on in release builds.
#pragma once

#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>

namespace shangdao {

class Bug : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

[[noreturn]] void report_bug(std::string_view what, std::source_location where);

inline void require(bool condition, std::string_view what, std::source_location where = std::source_location::current())
{
    if (!condition) [[unlikely]] report_bug(what, where);
}

}  // namespace shangdao
