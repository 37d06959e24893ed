// Writing through the engine and answering after COMMIT (D12), exactly once per Idempotency-Key.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

// What a unit answers: the body, and the version that becomes the ETag.
struct Written {
    std::string body;
    std::int64_t version = 0;      // 0: no ETag
    std::string location = {};     // path of what was created
};
using WriteFunction = std::function<Result<Written>(engine::Work&)>;

// Runs `function` in a unit, answers `status` with its body (204 when empty). With an Idempotency-Key the answer is kept
// for the key in the same unit: the same request again gets the same answer, another body under the key is a refusal.
void write_and_reply(House& house, const Context& context, int status, WriteFunction function, Reply reply);

// Runs `work` in a unit and answers 200 with the JSON that it gives. Of the answer nothing is kept, not for an Idempotency-Key either.
void write_then_reply(House& house, const Context& context, engine::Engine::Work_ work, Reply reply);

// How a unit ended, for the client; `good` makes the answer of what it gave. For units that act for nobody who is signed in.
using Told = std::function<void(Result<std::string>, std::exception_ptr)>;
Told telling(Reply reply, Language language, std::function<Response(const std::string&)> good);

// Runs `begin`, which queues a job, in a unit; answers 202 with the job and wakes the runner, after the commit.
void queue_and_reply(House& house, const Context& context, std::function<Result<Id>(engine::Work&)> begin, Reply reply);

// The version a client names in If-Match. Refusals version_missing, invalid_value. `*` means any.
Result<std::optional<std::int64_t>> if_match(const Request& request);

}  // namespace shangdao::serve::rest
