#include "store/store.h"

#include <future>

namespace shangdao::store {

Result<void> Store::write(const std::function<Result<void>(Unit&)>& work, Urgency urgency)
{
    // Shared: the writer may still be inside set_value when this thread has its answer already.
    const auto promise = std::make_shared<std::promise<Outcome>>();
    auto answer = promise->get_future();
    submit(work, [promise](Outcome outcome) { promise->set_value(std::move(outcome)); }, urgency);
    auto outcome = answer.get();
    if (outcome.failure) std::rethrow_exception(outcome.failure);
    return outcome.result;
}

}  // namespace shangdao::store
