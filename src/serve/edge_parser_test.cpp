// Vectors by which two HTTP parsers in a row can be made to disagree; each must end in a refusal and a closed connection.
#include "serve/edge_parser.h"

#include "base/testing.h"
#include "serve/wire_testing.h"

using namespace shangdao;
using namespace shangdao::serve;

namespace {

struct Vector {
    std::string_view what;
    std::string request;
    int status;
};

const std::string start = "POST /echo HTTP/1.1\r\n";
const std::string host = "Host: a\r\n";
const std::string hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";

using namespace std::string_literals;
const std::string chunked = start + host + "Transfer-Encoding: chunked\r\n\r\n";

const std::vector<Vector> vectors{
    {"length and coding", start + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
     400},
    {"coding and length", start + host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + hidden,
     400},
    {"two equal lengths", start + host + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" + hidden, 400},
    {"two lengths", start + host + "Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello" + hidden, 400},
    {"list of lengths", start + host + "Content-Length: 5, 5\r\n\r\nhello" + hidden, 400},
    {"signed length", start + host + "Content-Length: +5\r\n\r\nhello" + hidden, 400},
    {"negative length", start + host + "Content-Length: -1\r\n\r\n" + hidden, 400},
    {"hexadecimal length", start + host + "Content-Length: 0x5\r\n\r\nhello" + hidden, 400},
    {"length with a blank inside", start + host + "Content-Length: 5 0\r\n\r\nhello" + hidden, 400},
    {"length too large for a number", start + host + "Content-Length: 99999999999999999999999\r\n\r\n" + hidden, 400},
    {"length of nothing", start + host + "Content-Length: \r\n\r\n" + hidden, 400},
    {"coding identity", start + host + "Transfer-Encoding: identity\r\n\r\n" + hidden, 501},
    {"coding gzip, chunked", start + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + hidden, 501},
    {"coding chunked, identity", start + host + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden, 501},
    {"coding twice in one field", start + host + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + hidden, 501},
    {"coding twice",
     start + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, 400},
    {"coding misspelt", start + host + "Transfer-Encoding: xchunked\r\n\r\n" + hidden, 501},
    {"coding in quotes", start + host + "Transfer-Encoding: \"chunked\"\r\n\r\n" + hidden, 501},
    {"coding with vertical tab", start + host + "Transfer-Encoding: \vchunked\r\n\r\n" + hidden, 400},
    {"coding in HTTP/1.0", "POST /echo HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"coding with space before colon", start + host + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400},
    {"length with space before colon", start + host + "Content-Length : 5\r\n\r\nhello", 400},
    {"space before a field name", start + host + " Content-Length: 5\r\n\r\nhello", 400},
    {"folded field", start + host + "X-A: b\r\n c\r\n\r\n", 400},
    {"folded field by tab", start + host + "X-A: b\r\n\tc\r\n\r\n", 400},
    {"folded coding", start + host + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400},
    {"bare LF after request line", "GET /hello HTTP/1.1\nHost: a\r\n\r\n", 400},
    {"bare LF after a field", start + "Host: a\nX-A: b\r\n\r\n", 400},
    {"bare LF ends the head", "GET /hello HTTP/1.1\r\nHost: a\r\n\n", 400},
    {"only bare LF", "GET /hello HTTP/1.1\nHost: a\n\n", 400},
    {"bare CR in a field", start + host + "X-A: b\rX-B: c\r\n\r\n", 400},
    {"bare CR before LF", start + host + "X-A: b\r\r\n\r\n", 400},
    {"NUL in a field", start + host + "X-A: b\0c\r\n\r\n"s, 400},
    {"NUL in the target", "GET /he\0llo HTTP/1.1\r\nHost: a\r\n\r\n"s, 400},
    {"control character in a field", start + host + "X-A: \x01\r\n\r\n", 400},
    {"delete character in a field", start + host + "X-A: \x7f\r\n\r\n", 400},
    {"empty field name", start + host + ": b\r\n\r\n", 400},
    {"field without colon", start + host + "nonsense\r\n\r\n", 400},
    {"field name with bracket", start + host + "X[a]: b\r\n\r\n", 400},
    {"no host", "GET /hello HTTP/1.1\r\n\r\n", 400},
    {"empty host", "GET /hello HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"two hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
    {"two equal hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
    {"host with user", "GET /hello HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
    {"host with path", "GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"host with comma", "GET /hello HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
    {"absolute target of another host", "GET http://b/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"absolute target of another port", "GET http://a:81/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"absolute target without path", "GET http://a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"absolute target with user", "GET http://u@a/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"target of another scheme", "GET ftp://a/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"authority as target", "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"asterisk as target", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"TRACE", "TRACE /hello HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"lower-case method", "get /hello HTTP/1.1\r\nHost: a\r\n\r\n", 501},
    {"two spaces in the request line", "GET  /hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"tab in the request line", "GET\t/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"space after the version", "GET /hello HTTP/1.1 \r\nHost: a\r\n\r\n", 400},
    {"no version", "GET /hello\r\nHost: a\r\n\r\n", 400},
    {"version 0.9", "GET /hello HTTP/0.9\r\nHost: a\r\n\r\n", 400},
    {"version 1.2", "GET /hello HTTP/1.2\r\nHost: a\r\n\r\n", 400},
    {"version 2.0", "GET /hello HTTP/2.0\r\nHost: a\r\n\r\n", 400},
    {"version 1.10", "GET /hello HTTP/1.10\r\nHost: a\r\n\r\n", 400},
    {"preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
    {"empty line first", "\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"fragment in the target", "GET /hello#x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"byte above ASCII in the target", "GET /\xe4\xbd\xa0 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"double slash", "GET //hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"dot segment", "GET /a/../hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"encoded dot segment", "GET /a/%2e%2E/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"encoded slash", "GET /a%2Fhello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"backslash", "GET /a\\hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"encoded NUL", "GET /hello%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"half an escape", "GET /hello%2 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"overlong UTF-8", "GET /%c0%af HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"invalid UTF-8 in the query", "GET /hello?q=%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"a parameter twice", "GET /hello?a=1&a=2 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"chunk extension", chunked + "5;a=b\r\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"chunk extension with bare LF", chunked + "5;a\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"chunk size with bare LF", chunked + "5\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"signed chunk size", chunked + "+5\r\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"negative chunk size", chunked + "-5\r\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"chunk size with 0x", chunked + "0x5\r\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"chunk size with leading space", chunked + " 5\r\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"chunk size with trailing space", chunked + "5 \r\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"chunk size that overflows", chunked + "10000000000000005\r\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"chunk size of many zeros", chunked + std::string(200, '0') + "5\r\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"chunk longer than its size", chunked + "3\r\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"chunk shorter than its size", chunked + "6\r\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"empty chunk size", chunked + "\r\nhello\r\n0\r\n\r\n" + hidden, 400},
    {"trailer", chunked + "5\r\nhello\r\n0\r\nX-A: b\r\n\r\n" + hidden, 400},
    {"trailer with length", chunked + "5\r\nhello\r\n0\r\nContent-Length: 4\r\n\r\n" + hidden, 400},
    {"unknown expectation", start + host + "Expect: wonders\r\nContent-Length: 0\r\n\r\n", 417},
    {"two content types", start + host + "Content-Type: a/b\r\nContent-Type: c/d\r\nContent-Length: 0\r\n\r\n", 400},
    {"two origins", start + host + "Origin: a\r\nOrigin: b\r\nContent-Length: 0\r\n\r\n", 400},
    {"two authorizations", start + host + "Authorization: a\r\nAuthorization: b\r\nContent-Length: 0\r\n\r\n", 400},
    {"TLS hello on a plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, 400},
};

std::size_t count(std::string_view text, std::string_view part)
{
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++n;
    return n;
}

}  // namespace

TEST("what two parsers may read differently is refused, once, and the connection ends")
{
    std::atomic<int> hidden_calls{0};
    TestServer server({hello_route(),
                       echo_route(),
                       {.path = "/hidden", .access = Access::anonymous, .handler = [&](Context&, Reply reply) {
                            ++hidden_calls;
                            reply(text_response(200, "smuggled"));
                        }}});
    for (const Vector& vector : vectors) {
        RawClient client = server.connect();
        client.send(vector.request);
        const auto answer = client.receive_to_end();
        ASSERT_TRUE(answer) << vector.what << ": the connection stays open";
        EXPECT_EQ(count(*answer, "HTTP/1.1 "), 1U) << vector.what << "\n" << *answer;
        EXPECT_TRUE(answer->starts_with("HTTP/1.1 " + std::to_string(vector.status))) << vector.what << "\n" << *answer;
        EXPECT_NE(answer->find("Connection: close"), std::string::npos) << vector.what;
    }
    EXPECT_EQ(hidden_calls, 0);
}

TEST("the same vectors are refused when they come byte by byte")
{
    std::size_t checked = 0;
    for (const Vector& vector : vectors) {
        RequestParser parser(16 * 1024);
        Request request;
        std::optional<std::string_view> refusal;
        struct Sink final : BodySink {
            std::optional<std::string_view> expect(std::uint64_t) override { return std::nullopt; }
            std::optional<std::string_view> take(std::string_view) override { return {}; }
        } sink;
        std::string buffer;
        bool in_body = false;
        for (const char c : vector.request) {
            buffer += c;
            if (!in_body) {
                const auto scan = parser.scan(buffer);
                refusal = scan.refusal;
                if (scan.size) {
                    refusal = parser.parse_head(std::string_view(buffer).substr(0, *scan.size), request);
                    buffer.erase(0, *scan.size);
                    in_body = true;
                }
            } else {
                const auto taken = parser.put_body(buffer, sink);
                buffer.erase(0, taken.consumed);
                refusal = taken.refusal;
            }
            if (refusal || (in_body && parser.is_complete())) break;
        }
        // A chunk that is shorter than said swallows what follows: that one is seen later, as a bad size line.
        EXPECT_TRUE(refusal || !in_body) << vector.what;
        ++checked;
    }
    EXPECT_GE(checked, 95U);
}

TEST("forms that can be read in one way only are accepted")
{
    TestServer server({hello_route(), echo_route()});
    const std::vector<std::pair<std::string, std::string>> good{
        {"GET http://a/hello HTTP/1.1\r\nHost: a\r\n\r\n", "hello"},
        {"GET HTTP://A/hello HTTP/1.1\r\nHost: a\r\n\r\n", "hello"},
        {"GET /hello?x=%E4%BD%A0&y=a+b HTTP/1.1\r\nHOST:a:8080\r\n\r\n", "hello"},
        {"GET /hell%6F HTTP/1.1\r\nHost: [::1]:80\r\nX-Latin: caf\xe9\r\n\r\n", "hello"},
        {"POST /echo HTTP/1.1\r\nHost: a\r\ntransfer-encoding: Chunked\r\n\r\n05\r\nhello\r\n000\r\n\r\n", "hello"},
        {"POST /echo HTTP/1.1\r\nHost: a\r\ncontent-length:\t5 \r\n\r\nhello", "hello"},
        {"POST /echo HTTP/1.1\r\nHost: a\r\n\r\n", ""},
    };
    RawClient client = server.connect();
    for (const auto& [request, body] : good) {
        const WireAnswer answer = client.exchange(request);
        EXPECT_EQ(answer.status, 200) << request;
        EXPECT_EQ(answer.body, body) << request;
    }
}
