// Live changes – one stream of committed events to every browser that listens, each seeing only what its member may see.
#pragma once

#include <condition_variable>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

// Ids and field names only, never values (D10). A thread of its own reads events and asks each listener's guard, so the
// writer is never held up. Lives as long as the server.
class ChangeStream {
public:
    explicit ChangeStream(House& house);
    ~ChangeStream();
    std::vector<Route> routes();
    std::size_t listener_count();

private:
    struct Listener {
        engine::Caller caller;
        std::string pass;      // of the session or token it was opened with; the stream ends with it
        std::shared_ptr<EventStream> stream;
        std::int64_t sent_to;
    };
    void loop();
    void wake();
    void close_expelled(std::list<Listener>& listeners);
    void send(std::list<Listener>& listeners);
    Result<Response> listen(Context& context);

    House& house_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::list<Listener> listeners_;
    std::size_t being_sent_ = 0;   // taken out of the list while they are sent to
    bool news_ = false, stopping_ = false;
    std::thread thread_;
};

}  // namespace shangdao::serve::rest
