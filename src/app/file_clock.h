// FileClock – the time a file says, for tests that play weeks in seconds through the public API. The file holds one instant
// (2026-03-02T01:00:00Z) and is replaced by renaming another over it; it is read anew at every call, so time moves the moment
// the rename is done. A file that is missing or says no instant is a fault: a test must not go on by the true clock.
#pragma once

#include <filesystem>

#include "base/time.h"

namespace shangdao::app {

class FileClock final : public Clock {
public:
    explicit FileClock(std::filesystem::path file) : file_(std::move(file)) {}
    Instant now() const override;

private:
    std::filesystem::path file_;
};

}  // namespace shangdao::app
