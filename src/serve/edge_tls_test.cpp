#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdio>
#include <memory>

#include "base/fault.h"
#include "base/testing.h"
#include "serve/event_stream.h"
#include "serve/wire_testing.h"

using namespace shangdao;
using namespace shangdao::serve;

namespace {

template <typename T, void (*release)(T*)>
struct Releaser {
    void operator()(T* thing) const { release(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Releaser<X509, X509_free>>;
using ClientContext = std::unique_ptr<SSL_CTX, Releaser<SSL_CTX, SSL_CTX_free>>;
using Client = std::unique_ptr<SSL, Releaser<SSL, SSL_free>>;

TlsFiles make_certificate(const TestDirectory& directory)
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1,
                               0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key.get(), EVP_sha256());

    const TlsFiles files{(directory.path() / "cert.pem").string(), (directory.path() / "key.pem").string()};
    std::FILE* const out = std::fopen(files.certificate_chain.c_str(), "w");
    PEM_write_X509(out, certificate.get());
    std::fclose(out);
    std::FILE* const secret = std::fopen(files.private_key.c_str(), "w");
    PEM_write_PrivateKey(secret, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(secret);
    return files;
}

std::string read_until(SSL* client, std::string_view end)
{
    std::string got;
    char bytes[4096];
    while (got.find(end) == std::string::npos) {
        const int n = SSL_read(client, bytes, sizeof bytes);
        if (n <= 0) break;
        got.append(bytes, static_cast<std::size_t>(n));
    }
    return got;
}

void send_text(SSL* client, std::string_view text)
{
    SSL_write(client, text.data(), static_cast<int>(text.size()));
}

}  // namespace

TEST("TLS 1.2 and 1.3 are spoken, older ones not, and the answer asks for https for ever")
{
    const TestDirectory directory;
    EdgeOptions options;
    options.tls = make_certificate(directory);
    auto events = std::make_shared<EventStream>();
    TestServer server({hello_route(),
                       echo_route(),
                       {.path = "/events",
                        .access = Access::anonymous,
                        .handler =
                            [&](Context&, Reply reply) {
                                Response response;
                                response.content_type = "text/event-stream";
                                response.stream = events;
                                reply(std::move(response));
                            }}},
                      options);
    const ClientContext context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_security_level(context.get(), 0);
    for (const auto& [version, spoken] :
         {std::pair{TLS1_1_VERSION, false}, {TLS1_2_VERSION, true}, {TLS1_3_VERSION, true}}) {
        RawClient raw = server.connect();
        const Client client(SSL_new(context.get()));
        SSL_set_min_proto_version(client.get(), version);
        SSL_set_max_proto_version(client.get(), version);
        SSL_set_fd(client.get(), raw.socket());
        EXPECT_EQ(SSL_connect(client.get()) == 1, spoken) << version;
        if (!spoken) continue;
        for (int i = 0; i < 3; ++i) {
            send_text(client.get(), "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
            const std::string answer = read_until(client.get(), "hello");
            EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
            EXPECT_NE(answer.find("Strict-Transport-Security: max-age=63072000\r\n"), std::string::npos);
        }
        const std::string body(200'000, 'y');
        send_text(client.get(), "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n" + body);
        EXPECT_NE(read_until(client.get(), body).find("\r\n\r\n" + body), std::string::npos);
    }
    RawClient raw = server.connect();
    const Client client(SSL_new(context.get()));
    SSL_set_fd(client.get(), raw.socket());
    ASSERT_EQ(SSL_connect(client.get()), 1);
    send_text(client.get(), "GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
    read_until(client.get(), "\r\n\r\n");
    events->push("data: news\n\n");
    EXPECT_EQ(read_until(client.get(), "news\n\n"), "data: news\n\n");
    server.edge().stop();
    EXPECT_EQ(read_until(client.get(), "never"), "");
}

TEST("plain text on a TLS port is cut")
{
    const TestDirectory directory;
    EdgeOptions options;
    options.tls = make_certificate(directory);
    TestServer server({hello_route()}, options);
    RawClient client = server.connect();
    client.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = client.receive_to_end();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->find("HTTP/1.1 200"), std::string::npos);
}

TEST("a certificate that cannot be used and an address that cannot be had are faults that say so")
{
    const SystemClock clock;
    Site site({});
    EdgeOptions options;
    options.listen = {"127.0.0.1:0"};
    options.tls = TlsFiles{"/none/cert.pem", "/none/key.pem"};
    EXPECT_THROW(Edge(options, site, clock), Fault);
    options.tls.reset();
    const Edge first(options, site, clock);
    options.listen = {"127.0.0.1:" + std::to_string(first.port())};
    EXPECT_THROW(Edge(options, site, clock), Fault);
    for (const char* const bad :
         {"", "nowhere", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999", "example.com:80"}) {
        options.listen = {bad};
        EXPECT_THROW(Edge(options, site, clock), Fault) << bad;
    }
}
