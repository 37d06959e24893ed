// Once – the memory of idempotency keys: a request that comes twice has one effect and one answer. Kept seven days.
#pragma once

#include <functional>
#include <string>

#include "engine/desk.h"

namespace shangdao::engine {

struct Once {
    std::string key;             // empty: no memory
    std::string request_hash;    // of method, path and body: another request under the same key is refused
};

// Runs `function` or gives the answer it gave before. Refusal idempotency_conflict. Keys are the member's own.
Result<std::string> only_once(Work& work, const Once& once, const std::function<Result<std::string>()>& function);

// Forgets keys older than seven days; at most `limit` a call. Gives how many were forgotten.
std::int64_t forget_old_keys(Work& work, std::int64_t limit);

extern const record::ObjectDef once_object;

}  // namespace shangdao::engine
