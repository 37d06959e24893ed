#include <atomic>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>

#include "base/testing.h"
#include "serve/event_stream.h"
#include "serve/wire_testing.h"

using namespace shangdao;
using namespace shangdao::serve;
using namespace std::chrono_literals;

namespace {

EdgeOptions impatient()
{
    EdgeOptions options;
    options.head_timeout = 60ms;
    options.body_timeout = 60ms;
    options.write_timeout = 60ms;
    options.idle_timeout = 60ms;
    options.bytes_per_second_min = 1'000'000'000'000;
    return options;
}

int status_of(const std::optional<std::string>& answer)
{
    return answer && answer->starts_with("HTTP/1.1 ") ? std::atoi(answer->substr(9, 3).c_str()) : 0;
}

// A door that handlers wait at until the test opens it.
class Door {
public:
    void open()
    {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    void pass()
    {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
    }
    void await(int waiting)
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= waiting; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool open_ = false;
};

Route waiting_route(Door& door)
{
    return {.path = "/wait", .access = Access::anonymous, .handler = [&](Context&, Reply reply) {
                door.pass();
                reply(text_response(200, "waited"));
            }};
}

}  // namespace

TEST("a head over the limit is refused")
{
    TestServer server({hello_route()});
    RawClient fits = server.connect();
    EXPECT_EQ(fits.exchange("GET /hello HTTP/1.1\r\nHost: a\r\nX-A: " + std::string(16'000, 'x') + "\r\n\r\n").status,
              200);
    RawClient client = server.connect();
    client.send("GET /hello HTTP/1.1\r\nHost: a\r\nX-A: " + std::string(17'000, 'x') + "\r\n\r\n");
    EXPECT_EQ(status_of(client.receive_to_end()), 431);
    RawClient endless = server.connect();
    endless.send("GET /" + std::string(100'000, 'x'));
    EXPECT_EQ(status_of(endless.receive_to_end()), 431);
}

TEST("a body over its route's limit is refused before it is read, or when it turns out to be")
{
    Route small = echo_route();
    small.body.bytes_max = 10;
    TestServer server({small});
    RawClient fits = server.connect();
    EXPECT_EQ(fits.exchange("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789").body,
              "0123456789");
    RawClient said = server.connect();
    said.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n");
    EXPECT_EQ(status_of(said.receive_to_end()), 413);
    RawClient unsaid = server.connect();
    unsaid.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n0\r\n\r\n");
    EXPECT_EQ(status_of(unsaid.receive_to_end()), 413);
    RawClient promised = server.connect();
    promised.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\nFFFFFFFFFFFFFFFF\r\n");
    EXPECT_EQ(status_of(promised.receive_to_end()), 413);
}

TEST("a large refused body does not destroy the refusal")
{
    Route small = echo_route();
    small.body.bytes_max = 10;
    TestServer server({small});
    RawClient client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + std::string(3'000'000, 'x'));
    EXPECT_EQ(client.receive().status, 413);
}

TEST("100 Continue comes when the body is wanted and not when it is refused")
{
    Route small = echo_route();
    small.body.bytes_max = 10;
    TestServer server({small});
    RawClient client = server.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.receive().status, 100);
    EXPECT_EQ(client.exchange("wave").body, "wave");
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.receive().status, 413);
}

TEST("a slow head, a slow body and an idle connection are ended")
{
    TestServer server({hello_route(), echo_route()}, impatient());
    RawClient slow_head = server.connect();
    slow_head.send("GET /hello HT");
    RawClient slow_body = server.connect();
    slow_body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nwa");
    RawClient slow_chunk = server.connect();
    slow_chunk.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5");
    RawClient idle = server.connect();
    EXPECT_EQ(status_of(slow_head.receive_to_end()), 408);
    EXPECT_EQ(status_of(slow_body.receive_to_end()), 408);
    EXPECT_EQ(status_of(slow_chunk.receive_to_end()), 408);
    EXPECT_EQ(idle.receive_to_end(), "");
}

TEST("a client that does not read its answer is cut")
{
    TestServer server(
        {{.path = "/large",
          .access = Access::anonymous,
          .handler = [](Context&, Reply reply) { reply(text_response(200, std::string(50'000'000, 'x'))); }}},
        impatient());
    RawClient client = server.connect();
    client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    RawClient other = server.connect();
    EXPECT_EQ(other.receive_to_end(), "");  // idle for as long as the slow reader was given
    const auto got = client.receive_to_end();
    ASSERT_TRUE(got);
    EXPECT_LT(got->size(), 50'000'000U);
}

TEST("over the cap of connections, new ones are closed unread")
{
    EdgeOptions options;
    options.connections_max = 3;
    TestServer server({hello_route()}, options);
    std::vector<RawClient> inside;
    for (int i = 0; i < 3; ++i) {
        inside.push_back(server.connect());
        EXPECT_EQ(inside.back().exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
    }
    RawClient outside = server.connect();
    EXPECT_EQ(outside.receive_to_end(), "");
    EXPECT_EQ(inside.front().exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
    EXPECT_EQ(server.edge().connections(), 3U);
}

TEST("when all workers are busy and the queue is full, the answer is 503 with Retry-After")
{
    Door door;
    EdgeOptions options;
    options.workers = 2;
    options.queue_max = 1;
    TestServer server({waiting_route(door)}, options);
    const std::string request = "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n";
    RawClient first = server.connect(), second = server.connect(), third = server.connect();
    first.send(request);
    second.send(request);
    door.await(2);
    third.send(request);
    // The third waits in the queue or, had it not arrived yet, its place is taken by one of these: one of the two is refused.
    RawClient fourth = server.connect(), fifth = server.connect();
    fourth.send(request);
    fifth.send(request);
    int busy = 0, waited = 0;
    std::string retry_after;
    std::vector<std::thread> readers;
    std::mutex mutex;
    std::latch refused{2};
    for (RawClient* const client : {&third, &fourth, &fifth}) {
        readers.emplace_back([&, client] {
            const WireAnswer answer = client->receive();
            {
                const std::lock_guard lock(mutex);
                busy += answer.status == 503 ? 1 : 0;
                waited += answer.status == 200 ? 1 : 0;
                if (answer.status == 503) retry_after = answer.header("Retry-After");
            }
            if (answer.status == 503) refused.count_down();
        });
    }
    refused.wait();
    door.open();
    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(busy, 2);
    EXPECT_EQ(waited, 1);
    EXPECT_EQ(retry_after, "1");
    EXPECT_EQ(first.receive().body, "waited");
    EXPECT_EQ(second.receive().body, "waited");
}

TEST("a request that waited too long is not executed any more")
{
    Door door;
    std::atomic<int> executed{0};
    EdgeOptions options;
    options.workers = 1;
    options.queue_wait_max = 0ms;
    Route counted = hello_route();
    counted.handler = [&](Context&, Reply reply) {
        ++executed;
        reply(no_content());
    };
    TestServer server({waiting_route(door), counted}, options);
    RawClient first = server.connect(), second = server.connect();
    first.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    // With no patience at all even the first may be refused; then there is nothing to wait for.
    EXPECT_EQ(second.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").status, 503);
    EXPECT_EQ(executed, 0);
    door.open();
    first.receive();
}

TEST("bodies in memory share a budget and give it back")
{
    EdgeOptions options;
    options.body_memory_bytes_max = 1000;
    TestServer server({echo_route()}, options);
    const std::string request = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n" + std::string(900, 'x');
    RawClient holder = server.connect();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(holder.exchange(request).status, 200);
    RawClient greedy = server.connect();
    greedy.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1100\r\n\r\n" + std::string(1100, 'x'));
    EXPECT_EQ(status_of(greedy.receive_to_end()), 503);
    EXPECT_EQ(holder.exchange(request).status, 200);
}

TEST("an upload goes to a file that ends with the request, unless it is kept")
{
    std::string kept;
    const auto upload = [&](Context& context, Reply reply) {
        const BodyFile& file = *context.request.body_file;
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (context.parameter("keep")) kept = context.owned->body_file->keep();
        reply(text_response(200, std::to_string(file.size()) + " " + std::to_string(std::ranges::count(bytes, 'x'))));
    };
    TestServer server({{.method = Method::post,
                        .path = "/upload",
                        .access = Access::anonymous,
                        .handler = upload,
                        .body = {.bytes_max = 10'000'000, .where = BodyRule::Where::file}}});
    const auto request = [](std::string_view target) {
        return "POST " + std::string(target) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n" +
               std::string(5'000'000, 'x');
    };
    RawClient client = server.connect();
    EXPECT_EQ(client.exchange(request("/upload")).body, "5000000 5000000");
    EXPECT_EQ(client.exchange(request("/upload?keep=1")).body, "5000000 5000000");
    EXPECT_EQ(std::filesystem::file_size(kept), 5'000'000U);
    RawClient quitter = server.connect();
    quitter.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n" + std::string(100'000, 'x'));
    quitter.hang_up();
    server.edge().stop();
    EXPECT_EQ(server.uploads().file_count(), 1U);
}

TEST("a file is sent whole and, when told so, removed")
{
    const TestDirectory directory;
    const std::string bytes(1'234'567, 'z');
    directory.write("out", bytes);
    TestServer server({{.path = "/file", .access = Access::anonymous, .handler = [&](Context& context, Reply reply) {
                            Response response;
                            response.content_type = "application/octet-stream";
                            response.policy = Policy::download;
                            response.file = ResponseFile{(directory.path() / "out").string(),
                                                         context.parameter("remove").has_value()};
                            reply(std::move(response));
                        }}});
    RawClient client = server.connect();
    client.send("HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive(RawClient::Body::none).header("Content-Length"), "1234567");
    const WireAnswer answer = client.exchange("GET /file HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(answer.body, bytes);
    EXPECT_EQ(answer.header("Content-Security-Policy"), "sandbox; default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(client.exchange("GET /file?remove=1 HTTP/1.1\r\nHost: a\r\n\r\n").body, bytes);
    EXPECT_EQ(client.exchange("GET /file HTTP/1.1\r\nHost: a\r\n\r\n").status, 503);
}

TEST("only a trusted proxy is believed about the client's address")
{
    const Route who{
        .path = "/who", .access = Access::anonymous, .handler = [](Context& context, Reply reply) {
            reply(text_response(200, context.request.peer + (context.request.secure ? " secure" : " plain")));
        }};
    const std::string request =
        "GET /who HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 10.1.2.3\r\nX-Forwarded-Proto: https\r\n\r\n";
    TestServer plain({who});
    EXPECT_EQ(plain.connect().exchange(request).body, "127.0.0.1 plain");
    EdgeOptions options;
    options.trusted_proxies = {"127.0.0.1"};
    TestServer behind({who}, options);
    EXPECT_EQ(behind.connect().exchange(request).body, "10.1.2.3 secure");
    options.trusted_proxies = {"::1", "::ffff:127.0.0.1"};
    TestServer respelt({who}, options);
    EXPECT_EQ(respelt.connect().exchange(request).body, "10.1.2.3 secure") << "an IPv4 address as IPv6 writes it";
    options.trusted_proxies = {"127.0.0.2", "::1"};
    TestServer stranger({who}, options);
    EXPECT_EQ(stranger.connect().exchange(request).body, "127.0.0.1 plain") << "another proxy is trusted, not this one";
}

TEST("stopping under load breaks no answer")
{
    TestServer server({echo_route()});
    std::atomic<int> answered{0}, broken{0};
    std::latch busy{8};
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&] {
            RawClient client = server.connect();
            for (int n = 0;; ++n) {
                if (!client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nwave")) break;
                const WireAnswer answer = client.receive();
                if (answer.status != 200 || answer.body != "wave") {
                    ++broken;
                    break;
                }
                ++answered;
                if (n == 50) busy.count_down();
                if (answer.header("Connection") == "close") break;
            }
        });
    }
    busy.wait();
    server.edge().stop();
    for (std::thread& client : clients) client.join();
    EXPECT_EQ(broken, 0);
    EXPECT_GE(answered, 8 * 51);
    EXPECT_FALSE(server.connect().connected());
}

TEST("stopping waits for a handler at work and cuts one that never answers")
{
    Door door;
    std::optional<Reply> never;
    EdgeOptions options;
    options.stop_timeout = 100ms;
    options.stop_idle = 20ms;
    TestServer server({waiting_route(door),
                       {.path = "/never",
                        .access = Access::anonymous,
                        .handler = [&](Context&, Reply reply) { never.emplace(std::move(reply)); }}},
                      options);
    RawClient waiting = server.connect(), stuck = server.connect();
    waiting.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    stuck.send("GET /never HTTP/1.1\r\nHost: a\r\n\r\n");
    door.await(1);
    std::thread stopper([&] { server.edge().stop(); });
    door.open();
    EXPECT_EQ(waiting.receive().body, "waited");
    EXPECT_EQ(stuck.receive_to_end(), "");
    stopper.join();
    if (never) (*never)(no_content());  // an answer to a connection that is gone does no harm
}

TEST("server-sent events reach the client, with heartbeats in between")
{
    auto events = std::make_shared<EventStream>();
    EdgeOptions options;
    options.heartbeat = 20ms;
    TestServer server({{.path = "/events",
                        .access = Access::anonymous,
                        .handler =
                            [&](Context&, Reply reply) {
                                events->push(event_frame("1", "change", "early"));
                                Response response;
                                response.content_type = "text/event-stream";
                                response.stream = events;
                                reply(std::move(response));
                            }}},
                      options);
    RawClient client = server.connect();
    client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client.receive_until("id: 1\nevent: change\ndata: early\n\n"));
    ASSERT_TRUE(client.receive_until("\n\n:\n\n"));
    EXPECT_TRUE(events->push(event_frame("2", "", "late\nnews")));
    EXPECT_TRUE(client.receive_until("id: 2\ndata: late\ndata: news\n\n"));
    events->close();
    const auto rest = client.receive_to_end();
    ASSERT_TRUE(rest);
    EXPECT_TRUE(rest->starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_EQ(rest->find("Content-Length"), std::string::npos);
    EXPECT_FALSE(events->push("x"));
}

TEST("a reader that does not keep up with its events is cut")
{
    auto events = std::make_shared<EventStream>(1 << 20);
    TestServer server({{.path = "/events", .access = Access::anonymous, .handler = [&](Context&, Reply reply) {
                            Response response;
                            response.content_type = "text/event-stream";
                            response.stream = events;
                            reply(std::move(response));
                        }}});
    RawClient client = server.connect();
    client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client.receive_until("\r\n\r\n"));
    const std::string frame = event_frame("1", "change", std::string(100'000, 'x'));
    int pushed = 0;
    while (pushed < 1000 && events->push(frame)) ++pushed;  // at most the kernel's buffers and one queue
    EXPECT_LT(pushed, 1000);
    EXPECT_FALSE(events->is_open());
    EXPECT_TRUE(client.receive_to_end());
}

TEST("a thousand idle event streams are cheap, and all hear the news")
{
    std::mutex mutex;
    std::vector<std::shared_ptr<EventStream>> streams;
    TestServer server({{.path = "/events", .access = Access::anonymous, .handler = [&](Context&, Reply reply) {
                            auto events = std::make_shared<EventStream>();
                            Response response;
                            response.content_type = "text/event-stream";
                            response.stream = events;
                            const std::lock_guard lock(mutex);
                            streams.push_back(std::move(events));
                            reply(std::move(response));
                        }}});
    const auto resident_kib = [] {
        std::ifstream in("/proc/self/statm");
        std::size_t size = 0, resident = 0;
        in >> size >> resident;
        return resident * 4;
    };
    std::vector<RawClient> clients;
    clients.push_back(server.connect());
    const std::size_t before = resident_kib();
    for (int i = 1; i < 1000; ++i) clients.push_back(server.connect());
    for (RawClient& client : clients) client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    for (RawClient& client : clients) ASSERT_TRUE(client.receive_until("\r\n\r\n"));
    EXPECT_LT(resident_kib() - before, 100U * 1000) << "clients included";
    {
        const std::lock_guard lock(mutex);
        for (const auto& stream : streams) EXPECT_TRUE(stream->push("data: news\n\n"));
    }
    for (RawClient& client : clients) EXPECT_TRUE(client.receive_until("data: news\n\n"));
    server.edge().stop();
    for (const auto& stream : streams) EXPECT_FALSE(stream->is_open());
}

TEST("a client that leaves closes its event stream")
{
    auto events = std::make_shared<EventStream>();
    TestServer server({{.path = "/events",
                        .access = Access::anonymous,
                        .handler =
                            [&](Context&, Reply reply) {
                                Response response;
                                response.stream = events;
                                reply(std::move(response));
                            }},
                       hello_route()});
    RawClient client = server.connect();
    client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client.receive_until("\r\n\r\n"));
    client.hang_up();
    // The one I/O thread sees the end before or with one of these requests.
    RawClient other = server.connect();
    for (int i = 0; i < 1000 && events->is_open(); ++i) other.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_FALSE(events->is_open());
}
