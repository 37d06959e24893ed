// Lane – one I/O thread: its io_context, the connections that live on it, its sweep of deadlines and its cached date.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "serve/edge.h"
#include "serve/worker_pool.h"

namespace shangdao::serve {

using SteadyTime = std::chrono::steady_clock::time_point;

// What all lanes share. Outlives every connection: connections hold it.
struct EdgeShared {
    EdgeShared(EdgeOptions chosen, Application& served, const Clock& time, int workers)
        : options(std::move(chosen)),
          application(served),
          clock(time),
          pool(workers, options.queue_max, options.queue_wait_max)
    {
    }
    EdgeOptions options;
    Application& application;
    const Clock& clock;
    WorkerPool pool;
    std::atomic<std::size_t> connections{0};
    std::atomic<std::uint64_t> body_memory_bytes{0};
    std::atomic<std::uint64_t> next_request{1};
};

// What a lane can ask of a connection; all on the lane's thread.
class LaneMember {
public:
    virtual ~LaneMember() = default;
    virtual SteadyTime deadline() const = 0;
    virtual void on_deadline() = 0;
    virtual void on_stop() = 0;
    virtual void cut() = 0;

private:
    friend class Lane;
    std::size_t place_ = 0;
};

class Lane : public std::enable_shared_from_this<Lane> {
public:
    Lane(std::shared_ptr<EdgeShared> shared, std::chrono::milliseconds sweep_every);

    boost::asio::io_context& io() { return io_; }
    EdgeShared& shared() { return *shared_; }
    void run();                    // the thread's whole life; returns once stopped and empty
    void begin_stop();             // on the lane's thread
    bool stopping() const { return stopping_; }
    bool over() const { return over_.load(std::memory_order_acquire); }  // nothing posted from now on is run

    void join(LaneMember& member);
    void leave(LaneMember& member);
    std::string_view date();       // of now, for the Date header

private:
    void sweep();
    void release_if_empty();

    std::shared_ptr<EdgeShared> shared_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor()};
    boost::asio::steady_timer timer_{io_};
    std::chrono::milliseconds sweep_every_;
    std::vector<LaneMember*> members_;
    std::int64_t date_second_ = -1;
    std::string date_;
    bool stopping_ = false;
    SteadyTime cut_at_{};
    std::atomic<bool> over_{false};
};

// Begins to serve an accepted socket on its lane; `tls` may be nullptr.
void serve_connection(std::shared_ptr<Lane> lane, boost::asio::ip::tcp::socket socket,
                      std::shared_ptr<boost::asio::ssl::context> tls);

}  // namespace shangdao::serve
