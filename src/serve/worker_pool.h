// WorkerPool – a fixed number of threads behind a bounded queue; where handlers run.
//
// Bounded, because a queue that grows under overload only makes every answer late: a full queue is refused at once, and
// a task that waited longer than anyone wants is told so instead of being executed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace shangdao::serve {

class WorkerPool {
public:
    enum class Waited { in_time, too_long };
    using Task = std::move_only_function<void(Waited)>;

    WorkerPool(int threads, std::size_t queue_max, std::chrono::milliseconds wait_max);
    ~WorkerPool();  // runs what is queued, then joins

    // False when the queue is full or the pool stopped; the task is then left untouched with the caller.
    bool submit(Task& task);
    void stop();
    std::size_t queued() const;

private:
    struct Queued {
        Task task;
        std::chrono::steady_clock::time_point at;
    };
    void work();

    mutable std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Queued> queue_;
    std::size_t queue_max_;  // beyond what the workers have in hand
    std::size_t busy_ = 0;
    std::chrono::milliseconds wait_max_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace shangdao::serve
