#include "serve/worker_pool.h"

#include <utility>

namespace shangdao::serve {

WorkerPool::WorkerPool(int threads, std::size_t queue_max, std::chrono::milliseconds wait_max)
    : queue_max_(queue_max), wait_max_(wait_max)
{
    const std::lock_guard lock(mutex_);  // threads_ is read under it
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool()
{
    stop();
}

bool WorkerPool::submit(Task& task)
{
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || queue_.size() + busy_ >= queue_max_ + threads_.size()) return false;
        queue_.push_back({std::move(task), std::chrono::steady_clock::now()});
    }
    ready_.notify_one();
    return true;
}

std::size_t WorkerPool::queued() const
{
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void WorkerPool::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    ready_.notify_all();
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
}

void WorkerPool::work()
{
    std::unique_lock lock(mutex_);
    for (;;) {
        ready_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        Queued next = std::move(queue_.front());
        queue_.pop_front();
        ++busy_;
        lock.unlock();
        const bool late = std::chrono::steady_clock::now() - next.at > wait_max_;
        next.task(late ? Waited::too_long : Waited::in_time);
        next.task = {};
        lock.lock();
        --busy_;
    }
}

}  // namespace shangdao::serve
