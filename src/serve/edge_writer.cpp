#include "serve/edge_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace shangdao::serve {

namespace {

constexpr std::array<std::pair<int, std::string_view>, 34> phrases{{
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {207, "Multi-Status"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {507, "Insufficient Storage"},
}};

constexpr std::string_view page_policy =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for "
    "'script'; "
    "trusted-types app dompurify\r\n";
constexpr std::string_view download_policy =
    "Content-Security-Policy: sandbox; default-src 'none'; frame-ancestors 'none'\r\n";
constexpr std::string_view always =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";
constexpr std::string_view strict_transport = "Strict-Transport-Security: max-age=63072000\r\n";

void append_number(std::string& out, std::uint64_t value)
{
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

void append_field(std::string& out, std::string_view name, std::string_view value)
{
    out.append(name).append(": ");
    const std::size_t start = out.size();
    out.append(value);
    std::replace_if(
        out.begin() + static_cast<std::ptrdiff_t>(start), out.end(),
        [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }, ' ');
    out.append("\r\n");
}

}  // namespace

bool status_has_body(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

std::string_view reason_phrase(int status)
{
    const auto found = std::ranges::find(phrases, status, &std::pair<int, std::string_view>::first);
    return found == phrases.end() ? "Unknown" : found->second;
}

std::string http_date(Instant instant)
{
    using namespace std::chrono;
    static constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const sys_seconds moment{floor<seconds>(microseconds{instant.us})};
    const sys_days day = floor<std::chrono::days>(moment);
    const year_month_day civil{day};
    const hh_mm_ss time{moment - day};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[weekday{day}.c_encoding()],
                       static_cast<unsigned>(civil.day()), months[static_cast<unsigned>(civil.month()) - 1],
                       static_cast<int>(civil.year()), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

void write_head(std::string& out, const Response& response, const HeadFacts& facts)
{
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<std::uint64_t>(response.status));
    out.append(" ").append(reason_phrase(response.status)).append("\r\nDate: ").append(facts.date).append("\r\n");
    if (facts.content_length) {
        out.append("Content-Length: ");
        append_number(out, *facts.content_length);
        out.append("\r\n");
    }
    if (!response.content_type.empty()) append_field(out, "Content-Type", response.content_type);
    append_field(out, "Cache-Control", response.cache_control);
    for (const auto& [name, value] : response.headers) append_field(out, name, value);
    if (!facts.request_id.empty()) append_field(out, "X-Request-Id", facts.request_id);
    if (facts.connection == Connection::close) out.append("Connection: close\r\n");
    out.append(response.policy == Policy::page ? page_policy : download_policy).append(always);
    if (facts.scheme == Scheme::https) out.append(strict_transport);
    out.append("\r\n");
}

}  // namespace shangdao::serve
