// The edge's small plain parts: targets, cookies, languages, origins, limits, metrics, event queues, headers.
#include <latch>
#include <thread>

#include "base/require.h"
#include "base/testing.h"
#include "serve/cookies.h"
#include "serve/edge_writer.h"
#include "serve/event_stream.h"
#include "serve/forwarded.h"
#include "serve/language.h"
#include "serve/metrics.h"
#include "serve/origin.h"
#include "serve/rate_limit.h"
#include "serve/target.h"
#include "serve/worker_pool.h"

using namespace shangdao;
using namespace shangdao::serve;
using namespace std::chrono_literals;

namespace {

Request with(std::initializer_list<std::pair<std::string_view, std::string_view>> headers)
{
    Request request;
    for (const auto& [name, value] : headers) request.headers.add(name, value);
    return request;
}

}  // namespace

TEST("a target has one reading or none")
{
    struct Row {
        std::string_view raw;
        std::optional<std::string_view> path;
    };
    const Row rows[] = {
        {"/", "/"},         {"/a", "/a"},
        {"/a/b", "/a/b"},   {"/a/", "/a/"},
        {"/a%20b", "/a b"}, {"/%E4%BD%A0", "/你"},
        {"/a+b", "/a+b"},   {"/a.b", "/a.b"},
        {"/...", "/..."},   {"/a;v=1", "/a;v=1"},
        {"/%7ex", "/~x"},   {"/a?b", "/a"},
        {"", {}},           {"a", {}},
        {"//", {}},         {"//a", {}},
        {"/a//b", {}},      {"/a//", {}},
        {"/.", {}},         {"/..", {}},
        {"/a/../b", {}},    {"/a/./b", {}},
        {"/%2e", {}},       {"/%2E%2e/b", {}},
        {"/.%2e", {}},      {"/a%2fb", {}},
        {"/a%5cb", {}},     {"/a\\b", {}},
        {"/%", {}},         {"/%4", {}},
        {"/%zz", {}},       {"/%00", {}},
        {"/%0a", {}},       {"/%7f", {}},
        {"/%ff", {}},       {"/%c0%af", {}},
        {"/%ed%a0%80", {}}, {"/a#b", {}},
        {"/a b", {}},       {"/?a=%", {}},
        {"/?a=%ff", {}},    {"/?a=1&a=2", {}},
        {"/?a=%00", {}},
    };
    for (const Row& row : rows) {
        const auto target = parse_target(row.raw);
        EXPECT_EQ(target.has_value(), row.path.has_value()) << row.raw;
        if (target && row.path) EXPECT_EQ(target->path, *row.path) << row.raw;
    }
}

TEST("a query is decoded strictly")
{
    const auto query = parse_query("filter=a%20%3D+1&empty=&bare&&%E4%BD%A0=%26");
    ASSERT_TRUE(query);
    EXPECT_EQ(*query, (QueryParameters{{"filter", "a = 1"}, {"empty", ""}, {"bare", ""}, {"你", "&"}}));
    EXPECT_FALSE(parse_query("a=%e4%bd"));
    for (const std::string_view nul : {std::string_view("a%00b"), std::string_view("a\0b", 3)}) EXPECT_FALSE(percent_decoded(nul));
}

TEST("a cookie is found by its exact name, and not when planted twice")
{
    const Request request = with({{"cookie", "a=1; sid=abc; xsid=no;b=2"}, {"Cookie", "c=3"}});
    EXPECT_EQ(find_cookie(request, "sid"), "abc");
    EXPECT_EQ(find_cookie(request, "b"), "2");
    EXPECT_EQ(find_cookie(request, "c"), "3");
    EXPECT_FALSE(find_cookie(request, "id"));
    EXPECT_FALSE(find_cookie(with({{"Cookie", "sid=a; sid=b"}}), "sid"));
    EXPECT_FALSE(find_cookie(with({{"Cookie", "sid"}}), "sid"));
}

TEST("the session cookie is bound to host and scheme")
{
    Request request;
    EXPECT_EQ(session_cookie(request, "abc", {}), "sid=abc; Path=/; HttpOnly; SameSite=Lax");
    request.secure = true;
    EXPECT_EQ(session_cookie(request, "abc", 3600s),
              "__Host-sid=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=3600");
    EXPECT_EQ(session_cookie(request, "", 0s), "__Host-sid=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
    EXPECT_THROW(session_cookie(request, "a;b", {}), Bug);
}

TEST("the language is the one accepted most, Chinese by default")
{
    const std::pair<std::optional<std::string_view>, Language> rows[] = {
        {{}, Language::zh},
        {"", Language::zh},
        {"en", Language::en},
        {"en-GB,en;q=0.9", Language::en},
        {"zh-CN,zh;q=0.9,en;q=0.8", Language::zh},
        {"fr, en;q=0.5", Language::en},
        {"en;q=0.3, zh;q=0.7", Language::zh},
        {"de", Language::zh},
        {"*", Language::zh},
        {"en;q=0", Language::zh},
        {"EN-us", Language::en},
        {"en;q=1, zh;q=1", Language::en},
        {",,;q=;", Language::zh},
        {"english", Language::zh},
    };
    for (const auto& [header, language] : rows)
        EXPECT_EQ(accepted_language(header), language) << header.value_or("none");
}

TEST("an origin is ours only when scheme, host and port are")
{
    struct Row {
        std::optional<std::string_view> site, origin;
        bool secure;
        Origin expected;
    };
    const Row rows[] = {
        {{}, {}, false, Origin::unstated},
        {"same-origin", {}, false, Origin::ours},
        {{}, "http://a:8080", false, Origin::ours},
        {{}, "http://A:8080", false, Origin::ours},
        {"same-origin", "http://a:8080", false, Origin::ours},
        {{}, "https://a:8080", true, Origin::ours},
        {{}, "https://a:8080", false, Origin::foreign},
        {{}, "http://a:8080", true, Origin::foreign},
        {{}, "http://a", false, Origin::foreign},
        {{}, "http://a:8080.evil", false, Origin::foreign},
        {{}, "http://evil", false, Origin::foreign},
        {{}, "null", false, Origin::foreign},
        {{}, "", false, Origin::foreign},
        {"cross-site", {}, false, Origin::foreign},
        {"same-site", {}, false, Origin::foreign},
        {"none", {}, false, Origin::foreign},
        {"cross-site", "http://a:8080", false, Origin::foreign},
        {"same-origin", "http://evil", false, Origin::foreign},
    };
    for (const Row& row : rows) {
        Request request = with({{"Host", "a:8080"}});
        if (row.site) request.headers.add("Sec-Fetch-Site", *row.site);
        if (row.origin) request.headers.add("Origin", *row.origin);
        request.secure = row.secure;
        EXPECT_EQ(origin_of(request), row.expected) << row.site.value_or("-") << " " << row.origin.value_or("-");
    }
}

TEST("secrets are compared whole")
{
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

TEST("five knocks a minute, then wait")
{
    ManualClock clock(Instant{1'000'000'000});
    RateLimit limit({.at_once = 5, .refill_time = 60s}, clock);
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(limit.take("li"));
    EXPECT_EQ(limit.take("li"), 12s);
    EXPECT_EQ(limit.take("li"), 12s);
    EXPECT_FALSE(limit.take("han")) << "another key has its own bucket";
    clock.advance(11s);
    EXPECT_EQ(limit.take("li"), 1s);
    clock.advance(1s);
    EXPECT_FALSE(limit.take("li"));
    EXPECT_TRUE(limit.take("li"));
    clock.advance(-3600s);
    EXPECT_TRUE(limit.take("li")) << "a clock that steps back gives nothing";
    limit.forgive("li");
    EXPECT_FALSE(limit.take("li"));
}

TEST("the memory of a rate limit is bounded")
{
    ManualClock clock(Instant{0});
    RateLimit limit({.at_once = 2, .refill_time = 60s}, clock, 100);
    for (int i = 0; i < 1000; ++i) limit.take("key" + std::to_string(i));
    EXPECT_EQ(limit.keys(), 100U);
    clock.advance(61s);
    for (int i = 0; i < 60; ++i) limit.take("other" + std::to_string(i));
    EXPECT_LE(limit.keys(), 61U) << "full buckets are forgotten";
}

TEST("metrics print in Prometheus' form")
{
    Metrics metrics;
    metrics.counter("sd_requests_total", "Requests", {{"route", "/a\"b"}}).add(3);
    metrics.counter("sd_requests_total", "Requests", {{"route", "/c"}});
    metrics.latency("sd_seconds", "Time").observe(3ms);
    metrics.gauge("sd_connections", "Connections", [] { return 7.0; });
    const std::string text = metrics.print();
    EXPECT_NE(text.find("# HELP sd_requests_total Requests\n# TYPE sd_requests_total "
                        "counter\nsd_requests_total{route=\"/a\\\"b\"} 3\n"
                        "sd_requests_total{route=\"/c\"} 0\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("sd_seconds_bucket{le=\"0.0025\"} 0\nsd_seconds_bucket{le=\"0.005\"} 1\n"), std::string::npos)
        << text;
    EXPECT_NE(text.find("sd_seconds_bucket{le=\"+Inf\"} 1\nsd_seconds_sum 0.003\nsd_seconds_count 1\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("# TYPE sd_connections gauge\nsd_connections 7\n"), std::string::npos) << text;
}

TEST("a full event queue ends the stream and wakes its owner once")
{
    EventStream stream(10);
    EXPECT_TRUE(stream.push("12345"));
    int woken = 0;
    stream.attach([&] { ++woken; });
    EXPECT_EQ(woken, 1) << "something was queued already";
    EXPECT_TRUE(stream.push("6789"));
    EXPECT_EQ(woken, 1) << "the first wake covers both";
    EXPECT_EQ(stream.take().bytes, "123456789");
    EXPECT_FALSE(stream.push("12345678901"));
    EXPECT_EQ(woken, 2);
    const auto last = stream.take();
    EXPECT_FALSE(last.open);
    EXPECT_EQ(last.bytes, "");
}

TEST("a header value cannot start a header of its own")
{
    Response response = text_response(200, "");
    response.add("X-Name", "a\r\nSet-Cookie: evil=1\0b");
    std::string head;
    write_head(head, response, {.date = "today", .content_length = 0, .request_id = "1"});
    EXPECT_EQ(head.find("\r\nSet-Cookie"), std::string::npos);
    EXPECT_NE(head.find("X-Name: a  Set-Cookie: evil=1"), std::string::npos);
}

TEST("dates are written as HTTP writes them")
{
    EXPECT_EQ(http_date(Instant{784'111'777'000'000}), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(http_date(Instant{0}), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST("a pool refuses what it cannot queue and finishes what it took")
{
    std::atomic<int> done{0};
    std::latch gate{1};
    int taken = 0;
    {
        WorkerPool pool(2, 3, 5s);
        for (int i = 0; i < 10; ++i) {
            WorkerPool::Task task = [&](WorkerPool::Waited) {
                gate.wait();
                ++done;
            };
            if (pool.submit(task))
                ++taken;
            else
                EXPECT_TRUE(task) << "a refused task stays with the caller";
        }
        gate.count_down();
    }
    EXPECT_EQ(taken, 5);
    EXPECT_EQ(done, 5);
}

TEST("a limit by address counts an IPv4 address, and an IPv6 network of 64 bits, as one")
{
    for (const auto& [address, network] : {std::pair{"10.0.0.1", "10.0.0.1"},
                                           {"::ffff:10.0.0.1", "10.0.0.1"},
                                           {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"},
                                           {"2001:db8:1:2::", "2001:db8:1:2::"},
                                           {"2001:db8:1:3::1", "2001:db8:1:3::"},
                                           {"::1", "::"},
                                           {"nowhere", "nowhere"},
                                           {"", ""}})
        EXPECT_EQ(network_of(address), network) << address;
}

TEST("the ledger is told the network around an address, and nothing of what is none")
{
    struct Row {
        std::string address, told;
    };
    const Row table[] = {{"203.0.113.77", "203.0.113.0/24"}, {"::ffff:203.0.113.77", "203.0.113.0/24"}, {"2001:db8:abcd:12:1:2:3:4", "2001:db8:abcd::/48"}, {"::1", "::/48"}, {"unix", ""}, {"", ""}};
    for (const auto& [address, told] : table) EXPECT_EQ(told_network_of(address), told) << address;
}

TEST("a forwarded address is believed from a trusted proxy, the last one only, and only if it is one")
{
    const std::vector<std::string> proxies{"10.0.0.1"};
    const auto peer = [&](std::string_view from, std::string_view chain) {
        Request request = with({{"X-Forwarded-For", chain}});
        request.peer = from;
        believe_proxy(request, proxies);
        return request.peer;
    };
    EXPECT_EQ(peer("10.0.0.1", "1.2.3.4"), "1.2.3.4");
    EXPECT_EQ(peer("10.0.0.1", "6.6.6.6, 1.2.3.4"), "1.2.3.4");
    EXPECT_EQ(peer("10.0.0.1", "2001:db8::1"), "2001:db8::1");
    EXPECT_EQ(peer("10.0.0.1", "not an address"), "10.0.0.1");
    EXPECT_EQ(peer("10.0.0.2", "1.2.3.4"), "10.0.0.2");
}
