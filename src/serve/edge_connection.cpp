// A connection's life: head → body → worker → answer → next head. One state, one deadline, one operation under way.
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "serve/edge_body.h"
#include "serve/edge_lane.h"
#include "serve/edge_outgoing.h"
#include "serve/edge_parser.h"
#include "serve/event_stream.h"
#include "serve/forwarded.h"

namespace shangdao::serve {

namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using PlainStream = tcp::socket;
using TlsStream = asio::ssl::stream<tcp::socket>;
using Error = boost::system::error_code;
using std::chrono::steady_clock;

constexpr SteadyTime never = SteadyTime::max();
constexpr std::size_t buffer_bytes_start = 4096;
constexpr std::size_t piece_bytes = std::size_t{64} * 1024;      // of bodies that are streamed
constexpr std::size_t drain_bytes_max = std::size_t{4} << 20;
constexpr std::chrono::seconds drain_time{2};

template <typename Stream>
class ConnectionOf final : public LaneMember, public std::enable_shared_from_this<ConnectionOf<Stream>> {
    static constexpr bool is_tls = std::is_same_v<Stream, TlsStream>;

public:
    template <typename... StreamArguments>
    explicit ConnectionOf(std::shared_ptr<Lane> lane, std::shared_ptr<asio::ssl::context> tls,
                          StreamArguments&&... stream)
        : lane_(std::move(lane)),
          tls_(std::move(tls)),
          stream_(std::forward<StreamArguments>(stream)...),
          body_(lane_->shared())
    {
    }

    void start();

    SteadyTime deadline() const override { return deadline_; }
    void on_deadline() override;
    void on_stop() override;
    void cut() override;

private:
    enum class State : std::uint8_t { handshake, idle, head, body, handling, writing, streaming, draining, over };

    const EdgeOptions& options() const { return lane_->shared().options; }
    tcp::socket& socket()
    {
        if constexpr (is_tls)
            return stream_.next_layer();
        else
            return stream_;
    }
    void expect_within(std::chrono::milliseconds time) { deadline_ = steady_clock::now() + time; }
    // Bodies and answers are given time as long as they move: one span after the other, each with its share of bytes.
    void begin_span(std::chrono::milliseconds time, std::uint64_t bytes)
    {
        expect_within(time);
        span_bytes_ = bytes;
    }
    bool moved(std::chrono::milliseconds time, std::uint64_t bytes) const
    {
        const auto milliseconds = static_cast<std::uint64_t>(time.count());
        return bytes - span_bytes_ >= options().bytes_per_second_min * milliseconds / 1000;
    }

    void read();
    void on_read();
    void advance();
    void advance_head();
    void begin_body();
    void advance_body();
    void send_continue();
    void dispatch();
    void time_out();
    void refuse(std::string_view code);
    void respond(Response response);
    void write();
    void on_written(std::size_t n);
    void begin_stream();
    void watch_stream();
    void flush_stream();
    void finish_output();
    void drain();
    void next_request();

    std::shared_ptr<Lane> lane_;  // first: the socket below must die before its io_context
    std::shared_ptr<asio::ssl::context> tls_;
    Stream stream_;
    State state_ = State::head;
    SteadyTime deadline_ = never;
    std::uint64_t span_bytes_ = 0;  // moved when the present span began
    std::string peer_;
    std::string buffer_;  // received and not yet consumed
    std::optional<RequestParser> parser_;
    Request request_;
    BodyTaker body_;
    Method method_ = Method::get;
    std::string request_id_;
    Scheme scheme_ = Scheme::http;
    bool keep_alive_ = true;
    bool answer_closes_ = false;  // what follows in the buffer must never be read as a request
    bool timed_out_ = false;
    bool is_writing_ = false;
    bool in_lane_ = false;

    Outgoing outgoing_;
    std::size_t drained_ = 0;
    std::shared_ptr<EventStream> events_;
    std::array<char, 16> watch_{};
};

template <typename Stream>
void ConnectionOf<Stream>::start()
{
    Error error;
    const auto endpoint = socket().remote_endpoint(error);
    if (error) return;
    peer_ = endpoint.address().to_string();
    socket().set_option(tcp::no_delay(true), error);
    lane_->join(*this);
    in_lane_ = true;
    if constexpr (is_tls) {
        state_ = State::handshake;
        expect_within(options().head_timeout);
        stream_.async_handshake(TlsStream::server, [self = this->shared_from_this()](const Error& failed) {
            if (self->state_ == State::over) return;
            if (failed) return self->cut();
            self->next_request();
        });
    } else {
        next_request();
    }
}

template <typename Stream>
void ConnectionOf<Stream>::cut()
{
    if (state_ == State::over) return;
    state_ = State::over;
    deadline_ = never;
    if (events_) events_->close();
    Error ignored;
    socket().close(ignored);
    body_.release();
    if (in_lane_) {
        in_lane_ = false;
        lane_->leave(*this);
    }
}

template <typename Stream>
void ConnectionOf<Stream>::on_deadline()
{
    switch (state_) {
    case State::head: return timed_out_ ? cut() : time_out();
    case State::body:
        if (timed_out_) return cut();
        if (!moved(options().body_timeout, body_.size())) return time_out();
        return begin_span(options().body_timeout, body_.size());
    case State::writing:
        if (!moved(options().write_timeout, outgoing_.sent_bytes())) return cut();
        return begin_span(options().write_timeout, outgoing_.sent_bytes());
    case State::streaming:
        if (is_writing_) return cut();
        outgoing_.begin_bytes(":\n\n");
        return write();
    default: return cut();
    }
}

template <typename Stream>
void ConnectionOf<Stream>::on_stop()
{
    if (state_ == State::idle)
        expect_within(options().stop_idle);
    else if (state_ == State::streaming && events_)
        events_->close();
}

template <typename Stream>
void ConnectionOf<Stream>::next_request()
{
    body_.release();
    request_ = {};
    parser_.emplace(options().head_bytes_max);
    state_ = buffer_.empty() ? State::idle : State::head;
    if (state_ == State::idle) {
        if (buffer_.capacity() > piece_bytes) buffer_ = {};
        expect_within(lane_->stopping() ? options().stop_idle : options().idle_timeout);
        read();
    } else {
        expect_within(options().head_timeout);
        advance();
    }
}

template <typename Stream>
void ConnectionOf<Stream>::read()
{
    const std::size_t used = buffer_.size();
    const std::size_t room = state_ == State::body ? piece_bytes : buffer_bytes_start;
    buffer_.resize(used + room);
    stream_.async_read_some(asio::buffer(buffer_.data() + used, room),
                            [self = this->shared_from_this(), used](const Error& error, std::size_t n) {
                                self->buffer_.resize(used + n);
                                if (self->state_ == State::over) return;
                                if (self->timed_out_) return self->refuse("request_timeout");
                                if (error) return self->cut();
                                self->on_read();
                            });
}

template <typename Stream>
void ConnectionOf<Stream>::on_read()
{
    if (state_ == State::idle) {
        state_ = State::head;
        expect_within(options().head_timeout);
    }
    advance();
}

// The operation under way still points into the buffer: it is ended first and refuses when it returns.
template <typename Stream>
void ConnectionOf<Stream>::time_out()
{
    timed_out_ = true;
    expect_within(drain_time);
    Error ignored;
    socket().cancel(ignored);
}

template <typename Stream>
void ConnectionOf<Stream>::advance()
{
    if (state_ == State::head)
        advance_head();
    else
        advance_body();
}

template <typename Stream>
void ConnectionOf<Stream>::advance_head()
{
    const auto scan = parser_->scan(std::string_view(buffer_).substr(0, options().head_bytes_max));
    if (scan.refusal) return refuse(*scan.refusal);
    if (!scan.size) return buffer_.size() >= options().head_bytes_max ? refuse("head_too_large") : read();

    const auto refusal = parser_->parse_head(std::string_view(buffer_).substr(0, *scan.size), request_);
    method_ = request_.method;
    if (refusal) return refuse(*refusal);
    buffer_.erase(0, *scan.size);
    keep_alive_ = parser_->keep_alive();
    request_.peer = peer_;
    request_.secure = is_tls;
    request_.arrived_at = lane_->shared().clock.now();
    request_id_ = fmt::format("{:x}", lane_->shared().next_request.fetch_add(1, std::memory_order_relaxed));
    request_.id = request_id_;
    if (!options().trusted_proxies.empty()) believe_proxy(request_, options().trusted_proxies);
    scheme_ = request_.secure ? Scheme::https : Scheme::http;
    if (parser_->is_complete()) return dispatch();
    begin_body();
}

template <typename Stream>
void ConnectionOf<Stream>::begin_body()
{
    const BodyRule rule = lane_->shared().application.body_rule(request_);
    if (!rule.refusal.empty()) return refuse(rule.refusal);
    if (parser_->content_length().value_or(0) > rule.bytes_max) return refuse("too_large");
    if (const auto code = body_.begin(rule)) return refuse(*code);
    state_ = State::body;
    begin_span(options().body_timeout, 0);
    if (parser_->expects_continue() && buffer_.empty()) return send_continue();
    advance_body();
}

template <typename Stream>
void ConnectionOf<Stream>::send_continue()
{
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(stream_, asio::buffer(go_on.data(), go_on.size()),
                      [self = this->shared_from_this()](const Error& error, std::size_t) {
                          if (self->state_ != State::body) return;
                          if (self->timed_out_) return self->refuse("request_timeout");
                          if (error) return self->cut();
                          self->advance_body();
                      });
}

template <typename Stream>
void ConnectionOf<Stream>::advance_body()
{
    const auto taken = parser_->put_body(buffer_, body_);
    buffer_.erase(0, taken.consumed);
    if (taken.refusal) return refuse(*taken.refusal);
    if (parser_->is_complete()) {
        body_.hand_over(request_);
        return dispatch();
    }
    read();
}

template <typename Stream>
void ConnectionOf<Stream>::dispatch()
{
    state_ = State::handling;
    deadline_ = never;
    auto self = this->shared_from_this();
    Application& application = lane_->shared().application;
    const auto send = [self](Response response) {
        if (self->lane_->over()) return;
        asio::post(self->lane_->io(), [self, answer = std::move(response)]() mutable {
            if (self->state_ == State::handling) self->respond(std::move(answer));
        });
    };
    Reply reply(send, [self, send] {
        if (!self->lane_->over()) send(self->lane_->shared().application.refusal("internal_error", Request{}));
    });
    WorkerPool::Task task = [request = std::move(request_), reply = std::move(reply),
                             &application](WorkerPool::Waited waited) mutable {
        if (waited == WorkerPool::Waited::too_long) return reply(application.refusal("overloaded", request));
        application.serve(std::move(request), std::move(reply));
    };
    if (!lane_->shared().pool.submit(task)) task(WorkerPool::Waited::too_long);
}

template <typename Stream>
void ConnectionOf<Stream>::refuse(std::string_view code)
{
    answer_closes_ = true;
    state_ = State::handling;
    deadline_ = never;
    respond(lane_->shared().application.refusal(code, request_));
}

template <typename Stream>
void ConnectionOf<Stream>::respond(Response response)
{
    if (response.file && !outgoing_.open(*response.file))
        response = lane_->shared().application.refusal("storage_failed", request_);
    answer_closes_ =
        answer_closes_ || !keep_alive_ || lane_->stopping() || response.stream || (parser_ && parser_->is_http_1_0());
    HeadFacts facts;
    facts.date = lane_->date();
    facts.connection = answer_closes_ ? Connection::close : Connection::keep_alive;
    facts.scheme = scheme_;
    facts.request_id = request_id_;
    if (method_ != Method::head) events_ = response.stream;
    outgoing_.begin(std::move(response), method_, facts);
    state_ = State::writing;
    begin_span(options().write_timeout, 0);
    write();
}

template <typename Stream>
void ConnectionOf<Stream>::write()
{
    if (state_ == State::streaming) expect_within(options().write_timeout);
    is_writing_ = true;
    stream_.async_write_some(outgoing_.buffers(), [self = this->shared_from_this()](const Error& error, std::size_t n) {
        self->is_writing_ = false;
        if (self->state_ == State::over) return;
        if (error) return self->cut();
        self->on_written(n);
    });
}

template <typename Stream>
void ConnectionOf<Stream>::on_written(std::size_t n)
{
    switch (outgoing_.sent(n)) {
    case Outgoing::Progress::more: return write();
    case Outgoing::Progress::failed: return cut();
    case Outgoing::Progress::done: break;
    }
    if (state_ == State::streaming) return flush_stream();
    outgoing_.release();
    if (events_) return begin_stream();
    if (answer_closes_) return finish_output();
    next_request();
}

template <typename Stream>
void ConnectionOf<Stream>::begin_stream()
{
    state_ = State::streaming;
    buffer_ = {};
    request_ = {};
    parser_.reset();
    body_.release();
    watch_stream();
    std::weak_ptr<ConnectionOf> weak = this->shared_from_this();
    events_->attach([weak, lane = lane_] {
        if (lane->over()) return;
        asio::post(lane->io(), [weak] {
            if (const auto self = weak.lock(); self && self->state_ == State::streaming && !self->is_writing_)
                self->flush_stream();
        });
    });
    if (lane_->stopping()) events_->close();
    flush_stream();
}

// A client of an event stream has nothing to say: bytes or an end both end the connection.
template <typename Stream>
void ConnectionOf<Stream>::watch_stream()
{
    stream_.async_read_some(asio::buffer(watch_), [self = this->shared_from_this()](const Error&, std::size_t) {
        if (self->state_ == State::streaming) self->cut();
    });
}

template <typename Stream>
void ConnectionOf<Stream>::flush_stream()
{
    auto [bytes, open] = events_->take();
    if (!bytes.empty()) {
        outgoing_.begin_bytes(std::move(bytes));
        return write();
    }
    if (!open) return cut();
    outgoing_.release();
    expect_within(options().heartbeat);
}

// Closing with unread input would make the kernel send a reset that can destroy the answer on its way: say that we are
// done, then read what the client still sends, for a while.
template <typename Stream>
void ConnectionOf<Stream>::finish_output()
{
    state_ = State::draining;
    deadline_ = steady_clock::now() + drain_time;
    buffer_ = {};
    Error ignored;
    if constexpr (is_tls) {
        stream_.async_shutdown([self = this->shared_from_this()](const Error&) {
            if (self->state_ == State::draining) self->cut();
        });
    } else {
        socket().shutdown(tcp::socket::shutdown_send, ignored);
        drain();
    }
}

template <typename Stream>
void ConnectionOf<Stream>::drain()
{
    buffer_.resize(buffer_bytes_start);
    stream_.async_read_some(asio::buffer(buffer_),
                            [self = this->shared_from_this()](const Error& error, std::size_t n) {
                                if (self->state_ != State::draining) return;
                                self->drained_ += n;
                                if (error || self->drained_ > drain_bytes_max) return self->cut();
                                self->drain();
                            });
}

}  // namespace

void serve_connection(std::shared_ptr<Lane> lane, tcp::socket socket, std::shared_ptr<asio::ssl::context> tls)
{
    if (!tls) {
        std::make_shared<ConnectionOf<PlainStream>>(std::move(lane), nullptr, std::move(socket))->start();
        return;
    }
    asio::ssl::context& context = *tls;
    std::make_shared<ConnectionOf<TlsStream>>(std::move(lane), std::move(tls), std::move(socket), context)->start();
}

}  // namespace shangdao::serve
