#include "serve/site.h"

#include "base/fault.h"
#include "base/require.h"
#include "base/testing.h"
#include "serve/packing.h"
#include "serve/wire_testing.h"

using namespace shangdao;
using namespace shangdao::serve;

namespace {

Handler says(std::string text)
{
    return [text = std::move(text)](Context&, Reply reply) { reply(text_response(200, text)); };
}

Request request_of(Method method, std::string path,
                   std::initializer_list<std::pair<std::string_view, std::string_view>> headers = {})
{
    Request request;
    request.method = method;
    request.path = std::move(path);
    request.id = "9";
    request.headers.add("Host", "a");
    for (const auto& [name, value] : headers) request.headers.add(name, value);
    return request;
}

Response ask(Site& site, Request request)
{
    Response answer;
    answer.status = 0;
    site.serve(std::move(request), Reply([&](Response response) { answer = std::move(response); }, [] {}));
    return answer;
}

std::string header(const Response& response, std::string_view name)
{
    for (const auto& [found, value] : response.headers)
        if (found == name) return value;
    return {};
}

// "member" and "admin" are known by cookie or by token.
Result<Visitor> test_gate(const Request& request)
{
    Visitor visitor;
    std::string_view who;
    if (const auto cookie = request.headers.find("Cookie")) {
        visitor.credential = Visitor::Credential::cookie;
        visitor.csrf = "token";
        who = *cookie;
    } else if (const auto bearer = request.headers.find("Authorization")) {
        visitor.credential = Visitor::Credential::token;
        who = *bearer;
    } else {
        return visitor;
    }
    if (who != "member" && who != "admin") return refuse("not_signed_in");
    visitor.rank = who == "admin" ? Visitor::Rank::admin : Visitor::Rank::member;
    return visitor;
}

}  // namespace

TEST("the router prefers fixed names, takes blanks, and knows what is allowed")
{
    const Route routes[] = {
        {.path = "/api/v1/{plural}", .handler = says("")},
        {.method = Method::post, .path = "/api/v1/{plural}", .handler = says("")},
        {.path = "/api/v1/{plural}/{id}", .handler = says("")},
        {.method = Method::patch, .path = "/api/v1/{plural}/{id}", .handler = says("")},
        {.path = "/api/v1/jobs/{id}/file", .handler = says("")},
        {.method = Method::post, .path = "/api/v1/{plural}/{id}/actions/{verb}", .handler = says("")},
        {.method = Method::post, .path = "/api/v1/{plural}/bulk", .handler = says("")},
        {.method = Method::post, .path = "/api/v1/visits", .handler = says("")},
        {.path = "/", .handler = says("")},
    };
    Router router;
    for (const Route& route : routes) router.add(route);

    struct Row {
        Method method;
        std::string_view path;
        std::string_view found;
        std::string_view allow;
    };
    const Row rows[] = {
        {Method::get, "/api/v1/boats", "/api/v1/{plural}", ""},
        {Method::head, "/api/v1/boats", "/api/v1/{plural}", ""},
        {Method::get, "/api/v1/boats/7", "/api/v1/{plural}/{id}", ""},
        {Method::get, "/api/v1/jobs/7/file", "/api/v1/jobs/{id}/file", ""},
        {Method::get, "/api/v1/jobs/7", "/api/v1/{plural}/{id}", ""},
        {Method::post, "/api/v1/jobs/7/actions/cancel", "/api/v1/{plural}/{id}/actions/{verb}", ""},
        {Method::post, "/api/v1/boats/bulk", "/api/v1/{plural}/bulk", ""},
        {Method::get, "/api/v1/boats/bulk", "/api/v1/{plural}/{id}", ""},
        {Method::post, "/api/v1/visits", "/api/v1/visits", ""},
        {Method::get, "/api/v1/visits", "/api/v1/{plural}", ""},
        {Method::put, "/api/v1/visits", "", "GET, HEAD, POST"},
        {Method::get, "/", "/", ""},
        {Method::del, "/api/v1/boats/7", "", "GET, HEAD, PATCH"},
        {Method::put, "/api/v1/boats", "", "GET, HEAD, POST"},
        {Method::get, "/api/v1", "", ""},
        {Method::get, "/api/v1/", "", ""},
        {Method::get, "/api/v1/boats/", "", ""},
        {Method::get, "/api/v1/boats/7/8", "", ""},
        {Method::get, "/API/v1/boats", "", ""},
    };
    for (const Row& row : rows) {
        const auto match = router.match(row.method, row.path);
        EXPECT_EQ(match.route ? match.route->path : "", row.found) << row.path;
        EXPECT_EQ(match.allow, row.allow) << row.path;
    }
    const auto match = router.match(Method::post, "/api/v1/boats/7/actions/sail");
    EXPECT_EQ(match.segments, (Router::Segments{{"plural", "boats"}, {"id", "7"}, {"verb", "sail"}}));
    EXPECT_THROW(router.add(routes[0]), Bug);
}

TEST("what is not there is 404, what is there otherwise is 405 with Allow")
{
    const Route routes[] = {{.path = "/api/v1/boats", .access = Access::anonymous, .handler = says("")}};
    Site site({});
    site.add(routes);
    EXPECT_EQ(ask(site, request_of(Method::get, "/api/v1/ships")).status, 404);
    const Response wrong = ask(site, request_of(Method::del, "/api/v1/boats"));
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.headers.at(0), (std::pair<std::string, std::string>{"Allow", "GET, HEAD"}));
}

TEST("access, origin and token decide who gets in")
{
    const Route routes[] = {
        {.path = "/open", .access = Access::anonymous, .handler = says("in")},
        {.method = Method::post, .path = "/open", .access = Access::anonymous, .handler = says("in")},
        {.path = "/member", .handler = says("in")},
        {.method = Method::post, .path = "/member", .handler = says("in")},
        {.path = "/admin", .access = Access::admin, .handler = says("in")},
    };
    Site site({.gate = test_gate});
    site.add(routes);

    using Headers = std::initializer_list<std::pair<std::string_view, std::string_view>>;
    struct Row {
        Method method;
        std::string_view path;
        Headers headers;
        int status;
        std::string_view code;
    };
    const Row rows[] = {
        {Method::get, "/open", {}, 200, ""},
        {Method::get, "/open", {{"Cookie", "expired"}}, 200, ""},
        {Method::post, "/open", {}, 200, ""},
        {Method::post, "/open", {{"Origin", "http://a"}}, 200, ""},
        {Method::post, "/open", {{"Origin", "http://evil"}}, 403, "csrf_refused"},
        {Method::post, "/open", {{"Sec-Fetch-Site", "cross-site"}}, 403, "csrf_refused"},
        {Method::get, "/member", {}, 401, "not_signed_in"},
        {Method::get, "/member", {{"Cookie", "expired"}}, 401, "not_signed_in"},
        {Method::get, "/member", {{"Cookie", "member"}}, 200, ""},
        {Method::get, "/member", {{"Cookie", "member"}, {"Origin", "http://evil"}}, 200, ""},
        {Method::get, "/member", {{"Authorization", "member"}}, 200, ""},
        {Method::post, "/member", {}, 401, "not_signed_in"},
        {Method::post, "/member", {{"Authorization", "member"}}, 200, ""},
        {Method::post, "/member", {{"Cookie", "member"}}, 403, "csrf_refused"},
        {Method::post, "/member", {{"Cookie", "member"}, {"X-CSRF-Token", "token"}}, 403, "csrf_refused"},
        {Method::post, "/member", {{"Cookie", "member"}, {"Origin", "http://a"}}, 403, "csrf_refused"},
        {Method::post,
         "/member",
         {{"Cookie", "member"}, {"Origin", "http://a"}, {"X-CSRF-Token", "guess"}},
         403,
         "csrf_refused"},
        {Method::post,
         "/member",
         {{"Cookie", "member"}, {"Origin", "http://a"}, {"X-CSRF-Token", ""}},
         403,
         "csrf_refused"},
        {Method::post,
         "/member",
         {{"Cookie", "member"}, {"Origin", "http://evil"}, {"X-CSRF-Token", "token"}},
         403,
         "csrf_refused"},
        {Method::post, "/member", {{"Cookie", "member"}, {"Origin", "http://a"}, {"X-CSRF-Token", "token"}}, 200, ""},
        {Method::post,
         "/member",
         {{"Cookie", "member"}, {"Sec-Fetch-Site", "same-origin"}, {"X-CSRF-Token", "token"}},
         200,
         ""},
        {Method::get, "/admin", {}, 401, "not_signed_in"},
        {Method::get, "/admin", {{"Cookie", "member"}}, 403, "forbidden"},
        {Method::get, "/admin", {{"Cookie", "admin"}}, 200, ""},
    };
    for (const Row& row : rows) {
        const Response answer = ask(site, request_of(row.method, std::string(row.path), row.headers));
        EXPECT_EQ(answer.status, row.status) << row.path << " line of " << row.code;
        if (!row.code.empty()) EXPECT_NE(answer.body.find(row.code), std::string::npos) << answer.body;
    }
}

TEST("what leaves a handler becomes the right answer, and incidents are told")
{
    std::vector<Incident> incidents;
    const Route routes[] = {
        {.path = "/fault",
         .access = Access::anonymous,
         .handler = [](Context&, Reply) { throw Fault(FaultKind::disk_full, "full"); }},
        {.path = "/bug",
         .access = Access::anonymous,
         .handler = [](Context&, Reply) { require(false, "the sea is flat"); }},
        {.path = "/dropped", .access = Access::anonymous, .handler = [](Context&, Reply) {}},
        {.path = "/twice",
         .access = Access::anonymous,
         .handler =
             [](Context&, Reply reply) {
                 reply(text_response(200, "first"));
                 throw Bug("after the answer");
             }},
        {.path = "/refused", .access = Access::anonymous, .handler = answering([](Context&) -> Result<Response> {
                                                              return refuse("required", "hull");
                                                          })},
        {.path = "/answered",
         .access = Access::anonymous,
         .handler =
             answering([](Context& context) -> Result<Response> { return text_response(200, context.request.id); })},
    };
    Site site({.on_incident = [&](const Incident& incident) { incidents.push_back(incident); }});
    site.add(routes);
    EXPECT_EQ(ask(site, request_of(Method::get, "/fault")).status, 507);
    const Response bug = ask(site, request_of(Method::get, "/bug"));
    EXPECT_EQ(bug.status, 500);
    EXPECT_EQ(bug.body.find("flat"), std::string::npos);
    EXPECT_EQ(ask(site, request_of(Method::get, "/dropped")).status, 500);
    EXPECT_EQ(ask(site, request_of(Method::get, "/twice")).body, "first");
    EXPECT_EQ(
        ask(site, request_of(Method::get, "/refused", {{"Accept-Language", "en"}})).body.find("hull is required") ==
            std::string::npos,
        false);
    EXPECT_EQ(ask(site, request_of(Method::get, "/answered")).body, "9");
    ASSERT_EQ(incidents.size(), 4U);
    EXPECT_NE(incidents[1].what.find("the sea is flat"), std::string::npos);
    EXPECT_NE(bug.body.find(incidents[1].number), std::string::npos);
}

TEST("a long answer is packed for who takes it; a short one, a text and a refusal are not")
{
    const std::string rows = "[" + std::string(20'000, '1') + "]";
    const auto answered = [](Response response, std::string_view takes) {
        return packed(std::move(response), request_of(Method::get, "/rows", {{"Accept-Encoding", takes}}));
    };
    const Response small = answered(json_response(200, rows), "gzip, deflate, br");
    EXPECT_EQ(header(small, "Content-Encoding"), "gzip");
    EXPECT_EQ(header(small, "Vary"), "Accept-Encoding");
    EXPECT_LT(small.body.size(), 400U);
    EXPECT_EQ(small.body.substr(0, 2), "\x1f\x8b");
    const Response plain = answered(json_response(200, rows), "identity");
    EXPECT_EQ(header(plain, "Content-Encoding"), "");
    EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding");
    EXPECT_EQ(plain.body, rows);
    for (auto other :
         {json_response(200, "[1]"), text_response(200, rows), problem_response("not_found", Language::zh)})
        EXPECT_EQ(header(answered(std::move(other), "gzip"), "Content-Encoding"), "");
}

TEST("a file is sent in brotli where the build left it so, else in gzip, and as it is to who takes neither")
{
    const TestDirectory directory;
    const std::string script(5000, 'x');
    directory.write("assets/both.js", script);
    directory.write("assets/both.js.br", "brotli");
    directory.write("assets/long.js", script);
    directory.write("assets/long.js.br", script + "x");
    directory.write("assets/linked.js", script);
    std::filesystem::create_symlink(directory.path() / "assets/both.js.br", directory.path() / "assets/linked.js.br");
    const Assets assets(directory.path());
    EXPECT_EQ(assets.size(), 3U);

    const struct {
        std::string path, takes, coding;
    } rows[] = {
        {"both", "gzip, deflate, br", "br"}, {"both", "br;q=0.5, gzip", "br"},
        {"both", "br;q=0, gzip", "gzip"},    {"both", "gzip", "gzip"},
        {"both", "zstd, brave", ""},         {"long", "gzip, br", "gzip"},
        {"linked", "gzip, br", "gzip"},
    };
    for (const auto& [path, takes, coding] : rows) {
        const Response answer =
            assets.find(request_of(Method::get, "/assets/" + path + ".js", {{"Accept-Encoding", takes}}));
        EXPECT_EQ(header(answer, "Content-Encoding"), coding) << path << ' ' << takes;
        EXPECT_EQ(header(answer, "Vary"), "Accept-Encoding");
        EXPECT_EQ(*answer.shared_body == "brotli", coding == "br") << path << ' ' << takes;
        EXPECT_EQ(*answer.shared_body == script, coding.empty()) << path << ' ' << takes;
    }
    EXPECT_EQ(assets.find(request_of(Method::get, "/assets/both.js.br")).status, 404);
}

TEST("requests are counted and timed by route, not by path")
{
    Metrics metrics;
    std::vector<std::string> served;
    const Route routes[] = {{.path = "/boats/{id}", .access = Access::anonymous, .handler = says("")}};
    Site site({.metrics = &metrics, .on_served = [&](const Served& one) {
                   served.push_back(std::string(one.path) + " " + std::to_string(one.status));
               }});
    site.add(routes);
    ask(site, request_of(Method::get, "/boats/1"));
    ask(site, request_of(Method::get, "/boats/2"));
    const std::string text = metrics.print();
    EXPECT_NE(text.find("shangdao_http_requests_total{method=\"GET\",route=\"/boats/{id}\",status=\"2xx\"} 2\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("shangdao_http_request_seconds_count{method=\"GET\",route=\"/boats/{id}\"} 2\n"),
              std::string::npos)
        << text;
    EXPECT_EQ(served, (std::vector<std::string>{"/boats/1 200", "/boats/2 200"}));
}

TEST("the web app is served from memory, hashed files for ever, index.html for its routes")
{
    const TestDirectory directory;
    const std::string script(5000, 'x');
    directory.write("index.html", "<!doctype html><title>商道</title>");
    directory.write("assets/app-3f2a.js", script);
    directory.write("favicon.ico", "icon");
    directory.write("sw.js", "self");
    directory.write("manifest.webmanifest", "{}");
    directory.write(".hidden", "secret");
    std::filesystem::create_symlink("/etc/passwd", directory.path() / "link.txt");
    const Assets assets(directory.path());
    EXPECT_EQ(assets.size(), 5U);
    Site site({.assets = &assets});
    const Route routes[] = {{.path = "/healthz", .access = Access::anonymous, .handler = says("ok")}};
    site.add(routes);

    const Response page = ask(site, request_of(Method::get, "/"));
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_EQ(page.cache_control, "no-cache");
    for (const std::string path : {"/deals", "/deals/7", "/index.html", "/a/b/"})
        EXPECT_EQ(ask(site, request_of(Method::get, path)).shared_body, page.shared_body) << path;

    // The installed app: its worker must be asked for anew each time, or no update would ever be found.
    const Response worker = ask(site, request_of(Method::get, "/sw.js"));
    EXPECT_EQ(worker.content_type, "text/javascript; charset=utf-8");
    EXPECT_EQ(worker.cache_control, "no-cache");
    const Response manifest = ask(site, request_of(Method::get, "/manifest.webmanifest"));
    EXPECT_EQ(manifest.content_type, "application/manifest+json");
    EXPECT_EQ(manifest.cache_control, "no-cache");

    const Response plain = ask(site, request_of(Method::get, "/assets/app-3f2a.js"));
    EXPECT_EQ(*plain.shared_body, script);
    EXPECT_EQ(plain.content_type, "text/javascript; charset=utf-8");
    EXPECT_EQ(plain.cache_control, "public, max-age=31536000, immutable");
    const Response packed =
        ask(site, request_of(Method::get, "/assets/app-3f2a.js", {{"Accept-Encoding", "br, gzip"}}));
    EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
    EXPECT_LT(packed.shared_body->size(), 100U);
    EXPECT_EQ(header(ask(site, request_of(Method::get, "/assets/app-3f2a.js", {{"Accept-Encoding", "gzip;q=0"}})),
                     "Content-Encoding"),
              "");
    EXPECT_EQ(ask(site, request_of(Method::get, "/", {{"If-None-Match", header(page, "ETag")}})).status, 304);
    EXPECT_EQ(ask(site, request_of(Method::get, "/", {{"If-None-Match", "\"old\""}})).status, 200);

    for (const std::string path : {"/assets/gone.js", "/missing.png", "/.hidden", "/link.txt", "/api", "/api/v1/none"})
        EXPECT_EQ(ask(site, request_of(Method::get, path)).status, 404) << path;
    EXPECT_EQ(ask(site, request_of(Method::post, "/")).status, 405);
    EXPECT_EQ(*ask(site, request_of(Method::head, "/favicon.ico")).shared_body, "icon");
    EXPECT_EQ(ask(site, request_of(Method::get, "/healthz")).body, "ok");
}
