#include "serve/edge.h"

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "base/testing.h"
#include "serve/wire_testing.h"

using namespace shangdao;
using namespace shangdao::serve;

TEST("an answer has a length, a date and the security headers")
{
    TestServer server({hello_route()});
    RawClient client = server.connect();
    const WireAnswer answer = client.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "hello");
    EXPECT_EQ(answer.header("Content-Length"), "5");
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin");
    EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    EXPECT_EQ(answer.header("Strict-Transport-Security"), "");
    EXPECT_EQ(answer.header("Content-Security-Policy"),
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
              "connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
              "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; "
              "trusted-types app dompurify");
    EXPECT_EQ(answer.header("Date").size(), std::string_view("Sun, 06 Nov 1994 08:49:37 GMT").size());
    EXPECT_EQ(answer.header("Connection"), "");
}

TEST("a connection serves many requests, one after another")
{
    TestServer server({hello_route(), echo_route()});
    RawClient client = server.connect();
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(client.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").body, "hello");
        EXPECT_EQ(client.exchange("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nwave").body, "wave");
    }
}

TEST("pipelined requests are answered in order")
{
    TestServer server({echo_route()});
    RawClient client = server.connect();
    std::string requests;
    for (int i = 0; i < 100; ++i) {
        const std::string body = std::to_string(i);
        requests +=
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    client.send(requests);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(client.receive().body, std::to_string(i));
}

TEST("HEAD answers as GET without the body")
{
    TestServer server({hello_route()});
    RawClient client = server.connect();
    client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    const WireAnswer head = client.receive(RawClient::Body::none);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Length"), "5");
    EXPECT_EQ(client.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").body, "hello");
}

TEST("204 and 304 have neither body nor length")
{
    const auto bare = [](int status) {
        return [status](Context&, Reply reply) {
            Response response = text_response(status, "never sent");
            response.content_type.clear();
            reply(std::move(response));
        };
    };
    TestServer server({{.path = "/none", .access = Access::anonymous, .handler = bare(204)},
                       {.path = "/same", .access = Access::anonymous, .handler = bare(304)},
                       hello_route()});
    RawClient client = server.connect();
    for (const auto& [path, status] : {std::pair{"/none", 204}, std::pair{"/same", 304}}) {
        const WireAnswer answer = client.exchange(std::string("GET ") + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.header("Content-Length"), "");
    }
    EXPECT_EQ(client.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").body, "hello");
}

TEST("HTTP/1.0 is answered and closed")
{
    TestServer server({hello_route()});
    RawClient client = server.connect();
    client.send("GET /hello HTTP/1.0\r\n\r\n");
    const auto all = client.receive_to_end();
    ASSERT_TRUE(all);
    EXPECT_TRUE(all->starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_NE(all->find("Connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(all->ends_with("\r\n\r\nhello"));
}

TEST("Connection: close is obeyed")
{
    TestServer server({hello_route()});
    RawClient client = server.connect();
    client.send("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const auto all = client.receive_to_end();
    ASSERT_TRUE(all);
    EXPECT_TRUE(all->ends_with("hello"));
}

TEST("a chunked body arrives whole, however it is cut")
{
    TestServer server({echo_route()});
    RawClient client = server.connect();
    const std::string_view request =
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";
    for (std::size_t cut = 1; cut < request.size(); ++cut) {
        client.send(request.substr(0, cut));
        client.send(request.substr(cut));
        EXPECT_EQ(client.receive().body, "abc0123456789") << cut;
    }
}

TEST("a large answer arrives whole")
{
    const std::string large(5'000'000, 'x');
    TestServer server({{.path = "/large", .access = Access::anonymous, .handler = [&](Context&, Reply reply) {
                            reply(text_response(200, large));
                        }}});
    RawClient client = server.connect();
    EXPECT_EQ(client.exchange("GET /large HTTP/1.1\r\nHost: a\r\n\r\n").body, large);
    EXPECT_EQ(client.exchange("GET /large HTTP/1.1\r\nHost: a\r\n\r\n").body, large);
}

TEST("a hundred connections at once all get their own answer")
{
    TestServer server({echo_route()});
    std::vector<std::thread> threads;
    std::atomic<int> right{0};
    for (int i = 0; i < 100; ++i) {
        threads.emplace_back([&, i] {
            RawClient client = server.connect();
            for (int n = 0; n < 10; ++n) {
                const std::string body = std::to_string(i * 1000 + n);
                const std::string request =
                    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
                if (client.exchange(request + body).body == body) ++right;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(right, 1000);
}

TEST("a reply may come later and from another thread")
{
    std::optional<Reply> kept;
    std::mutex mutex;
    std::condition_variable arrived;
    TestServer server({{.path = "/late", .access = Access::anonymous, .handler = [&](Context&, Reply reply) {
                            const std::lock_guard lock(mutex);
                            kept.emplace(std::move(reply));
                            arrived.notify_one();
                        }}});
    RawClient client = server.connect();
    client.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
    std::unique_lock lock(mutex);
    arrived.wait(lock, [&] { return kept.has_value(); });
    (*kept)(text_response(200, "at last"));
    EXPECT_EQ(client.receive().body, "at last");
}

TEST("a file of who may not enter is refused on its head, in whatever way it would come")
{
    Route upload = echo_route();
    upload.access = Access::member;
    upload.body = {1'000, BodyRule::Where::file};
    const auto gate = [](const Request& request) -> Result<Visitor> {
        if (!request.headers.find("Authorization")) return Visitor{};
        return Visitor{.credential = Visitor::Credential::token};
    };
    TestServer server({upload}, {}, {.gate = gate});
    for (const char* const length :
         {"Content-Length: 10", "Transfer-Encoding: chunked", "Content-Length: 10\r\nExpect: 100-continue"}) {
        RawClient nobody = server.connect();
        nobody.send(std::string("POST /echo HTTP/1.1\r\nHost: a\r\n") + length + "\r\n\r\n");
        EXPECT_EQ(nobody.receive().status, 401) << length;
    }
    EXPECT_TRUE(std::filesystem::is_empty(server.uploads().path()));
    RawClient somebody = server.connect();
    EXPECT_EQ(
        somebody.exchange("POST /echo HTTP/1.1\r\nHost: a\r\nAuthorization: x\r\nContent-Length: 10\r\n\r\n0123456789")
            .status,
        200);
}

TEST("a long body is taken from whoever may enter, a short one from everybody")
{
    Route open = echo_route(), closed = echo_route();
    open.body = {};
    closed.path = "/member";
    closed.access = Access::member;
    TestServer server({open, closed}, {}, {.gate = [](const Request& request) -> Result<Visitor> {
                          if (!request.headers.find("Authorization")) return Visitor{};
                          return Visitor{.credential = Visitor::Credential::token};
                      }});
    struct Row {
        std::string path, length;
        int status;
    };
    for (const auto& [path, length, status] : {Row{"/echo", "Content-Length: 20000", 413},
                                               {"/member", "Content-Length: 20000", 401},
                                               {"/member", "Transfer-Encoding: chunked", 401},
                                               {"/nowhere", "Content-Length: 20000", 413}}) {
        RawClient client = server.connect();
        client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\n" + length + "\r\n\r\n");
        EXPECT_EQ(client.receive().status, status) << path << " " << length;
    }
    RawClient member = server.connect();
    const std::string body(20'000, 'x');
    EXPECT_EQ(
        member.exchange("POST /member HTTP/1.1\r\nHost: a\r\nAuthorization: x\r\nContent-Length: 20000\r\n\r\n" + body)
            .body,
        body);
}
