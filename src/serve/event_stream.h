// EventStream – server-sent events: any thread pushes frames, the edge sends them.
//
// The queue is bounded: a reader that does not keep up is cut and comes back with Last-Event-ID, so memory for a slow
// reader never grows with time. An idle stream costs its socket and these few words.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace shangdao::serve {

class EventStream {
public:
    explicit EventStream(std::size_t bytes_max = std::size_t{64} * 1024) : bytes_max_(bytes_max) {}

    // Queues one ready-made frame ("id: 7\nevent: change\ndata: {…}\n\n"). False once the stream is over (the client
    // left, was too slow, or `close` was called): drop it then.
    bool push(std::string_view frame);
    void close();
    bool is_open() const;

    // For the edge. `wake` is called (from any thread, never under the lock) when there is something to take or the
    // stream closed; it is called at once when something is queued already.
    void attach(std::function<void()> wake);
    struct Taken {
        std::string bytes;
        bool open;
    };
    Taken take();

private:
    void notify(std::unique_lock<std::mutex>& lock);

    mutable std::mutex mutex_;
    std::string queued_;
    std::function<void()> wake_;
    std::size_t bytes_max_;
    bool open_ = true;
    bool woken_ = false;  // a wake is under way; the next `take` sees everything queued since
};

// One frame. `data` of several lines becomes several data fields; empty parts are left out.
std::string event_frame(std::string_view id, std::string_view event, std::string_view data);

}  // namespace shangdao::serve
