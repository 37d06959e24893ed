#include "serve/event_stream.h"

#include <algorithm>
#include <utility>

namespace shangdao::serve {

bool EventStream::push(std::string_view frame)
{
    std::unique_lock lock(mutex_);
    if (!open_) return false;
    if (queued_.size() + frame.size() > bytes_max_) {
        open_ = false;
        queued_.clear();
        notify(lock);
        return false;
    }
    queued_ += frame;
    notify(lock);
    return true;
}

void EventStream::close()
{
    std::unique_lock lock(mutex_);
    open_ = false;
    notify(lock);
}

bool EventStream::is_open() const
{
    const std::lock_guard lock(mutex_);
    return open_;
}

void EventStream::attach(std::function<void()> wake)
{
    std::unique_lock lock(mutex_);
    wake_ = std::move(wake);
    if (!queued_.empty() || !open_) notify(lock);
}

EventStream::Taken EventStream::take()
{
    const std::lock_guard lock(mutex_);
    woken_ = false;
    return {std::exchange(queued_, {}), open_};
}

void EventStream::notify(std::unique_lock<std::mutex>& lock)
{
    if (woken_ || !wake_) return;
    woken_ = true;
    const auto wake = wake_;
    lock.unlock();
    wake();
}

std::string event_frame(std::string_view id, std::string_view event, std::string_view data)
{
    std::string frame;
    if (!id.empty()) frame.append("id: ").append(id).append("\n");
    if (!event.empty()) frame.append("event: ").append(event).append("\n");
    while (!data.empty()) {
        const std::size_t end = std::min(data.find('\n'), data.size());
        frame.append("data: ").append(data.substr(0, end)).append("\n");
        data.remove_prefix(std::min(end + 1, data.size()));
    }
    frame += "\n";
    return frame;
}

}  // namespace shangdao::serve
