// Fault – the surroundings failed (disk, network, database). Thrown; the edge answers 503, or 507 when the disk is full.
#pragma once

#include <stdexcept>
#include <string>

namespace shangdao {

enum class FaultKind { storage, disk_full, busy, outcome_unknown, network };

class Fault : public std::runtime_error {
public:
    Fault(FaultKind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
    FaultKind kind() const { return kind_; }

private:
    FaultKind kind_;
};

}  // namespace shangdao
