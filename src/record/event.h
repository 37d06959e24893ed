// Event – one line of the ledger: who changed what, when it happened, when it was recorded (D10).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"
#include "record/value.h"

namespace shangdao::record {

enum class Via : unsigned char { web, api, import, bulk, cli, system };

struct Event {
    std::int64_t seq = 0;        // given by the store; rising without reuse
    Instant recorded_at{};
    Instant happened_at{};       // differs from recorded_at for history
    Id actor{};                  // member; 0: the system
    Id on_behalf{};
    Via via = Via::api;
    std::string request;         // request id or Idempotency-Key: the client knows its own
    std::string object;
    Id id{};                     // 0 for an event over many records; then `ids` lists them
    std::vector<Id> ids;
    std::string verb;            // created, changed, deleted, restored, or the business verb
    std::string changes;         // JSON {field:[old,new]} in wire form; create holds {field:new}; many records: [{id,…}]
    std::string reason;
    std::int64_t cause = 0;      // seq of the event that led to this one
    bool redacted = false;       // not all that `changes` held is there any more; the store says so
};

}  // namespace shangdao::record
