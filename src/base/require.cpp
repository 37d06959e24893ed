#include "base/require.h"

#include <fmt/format.h>

namespace shangdao {

void report_bug(std::string_view what, std::source_location where)
{
    std::string_view file = where.file_name();
    if (const auto house = file.rfind("src/"); house != std::string_view::npos) file.remove_prefix(house + 4);
    throw Bug(fmt::format("{}:{}: {}", file, where.line(), what));
}

}  // namespace shangdao
