// Whose a request is, by the name it is sent to.
#include "base/testing.h"

#include "serve/hosts.h"

namespace shangdao::serve {
namespace {

class Named final : public Application {
public:
    explicit Named(std::string name) : name_(std::move(name)) {}
    BodyRule body_rule(const Request&) const override { return {.bytes_max = name_.size()}; }
    void serve(Request, Reply reply) override { reply(text_response(200, std::string{name_})); }
    Response refusal(std::string_view, const Request&) const override { return text_response(500, std::string{name_}); }

private:
    std::string name_;
};

// "who answers" or the status of a refusal.
std::string answer(Hosts& hosts, std::string_view host, std::string_view path = "/")
{
    Request request;
    request.path = path;
    if (!host.empty()) request.headers.add("Host", host);
    std::string who;
    hosts.serve(std::move(request), Reply([&who](Response response) { who = response.status == 200 ? response.body : std::to_string(response.status); }, [] {}));
    return who;
}

TEST("a name is compared without case, port and the dot at its end")
{
    Named acme("acme"), globex("globex");
    Hosts hosts;
    const std::vector<std::string> first{"crm.acme.example", "10.0.0.1"}, second{"globex.example"};
    ASSERT_TRUE(hosts.add(first, acme));
    ASSERT_TRUE(hosts.add(second, globex));
    for (const auto* host : {"crm.acme.example", "CRM.Acme.Example", "crm.acme.example.", "crm.acme.example:8080", "crm.acme.example.:443", "10.0.0.1:80"}) EXPECT_EQ(answer(hosts, host), "acme") << host;
    EXPECT_EQ(answer(hosts, "globex.example:1"), "globex");
    for (const auto* host : {"", "acme.example", "x.globex.example", "globex.example.evil", "globex.example@crm.acme.example", "[::1]:80", "[", ":", "."}) EXPECT_EQ(answer(hosts, host), "421") << host;
    for (const auto* path : {"/healthz", "/readyz"}) EXPECT_EQ(answer(hosts, "10.9.9.9", path), "acme") << path;
    for (const auto* path : {"/healthz/", "/metrics", "/version", "/readyz?"}) EXPECT_EQ(answer(hosts, "10.9.9.9", path), "421") << path;
}

TEST("a body under nobody's name is refused before it is read")
{
    Named acme("acme");
    Hosts hosts;
    ASSERT_TRUE(hosts.add(std::vector<std::string>{"acme.example"}, acme));
    Request request;
    request.path = "/api/v1/deals";
    request.headers.add("Host", "acme.example");
    EXPECT_EQ(hosts.body_rule(request).refusal, "");
    Request other;
    other.path = "/api/v1/deals";
    other.headers.add("Host", "other.example");
    EXPECT_EQ(hosts.body_rule(other).refusal, "unknown_host");
}

TEST("one without names takes every name, and stands alone")
{
    Named acme("acme"), globex("globex");
    Hosts hosts;
    ASSERT_TRUE(hosts.add({}, acme));
    for (const auto* host : {"", "10.0.0.1", "whatever"}) EXPECT_EQ(answer(hosts, host), "acme") << host;
    EXPECT_FALSE(hosts.add(std::vector<std::string>{"globex.example"}, globex));
    Hosts named;
    ASSERT_TRUE(named.add(std::vector<std::string>{"a.example"}, acme));
    EXPECT_FALSE(named.add({}, globex));
    EXPECT_FALSE(named.add(std::vector<std::string>{"b.example", "a.example"}, globex));
}

TEST("what is no host name is refused")
{
    for (const auto* text : {"", ".", "..", "a..b", ".a", "a b", "a:80", "a/b", "[::1]", "ü.example", "a_b"}) EXPECT_FALSE(host_name(text, "x")) << text;
    EXPECT_FALSE(host_name(std::string(254, 'a'), "x"));
    EXPECT_EQ(*host_name("CRM.Acme-1.Example.", "x"), "crm.acme-1.example");
}

}  // namespace
}  // namespace shangdao::serve
