#include "app/file_clock.h"

#include <fstream>
#include <string>

#include "base/fault.h"

namespace shangdao::app {

Instant FileClock::now() const
{
    std::ifstream in(file_);
    std::string text;
    in >> text;
    const auto instant = parse_instant(text);
    if (!instant) throw Fault(FaultKind::storage, "the clock file " + file_.string() + " holds no instant");
    return *instant;
}

}  // namespace shangdao::app
