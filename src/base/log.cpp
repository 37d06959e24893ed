#include "base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <iterator>
#include <mutex>

#include "base/json.h"
#include "base/text.h"

namespace shangdao {
namespace {

std::atomic<LogSettings> settings_now{LogSettings{}};
std::mutex writing;

constexpr std::array<std::string_view, 4> level_names{"debug", "info", "warning", "error"};

bool names_a_secret(std::string_view key)
{
    constexpr std::array<std::string_view, 8> secret_words{"password",      "passwd", "secret",     "token",
                                                           "authorization", "cookie", "credential", "private_key"};
    std::string lower(key);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::ranges::any_of(secret_words,
                               [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

// What came from outside may be no UTF-8; then it is shown as '?' and not trusted to be JSON.
std::string readable(std::string_view text)
{
    std::string out(text);
    if (!valid_utf8(text))
        std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    return out;
}

void append_value(std::string& out, LogFormat format, const LogValue& value)
{
    std::visit(
        [&](const auto& plain) {
            using Plain = std::decay_t<decltype(plain)>;
            if constexpr (std::same_as<Plain, double>) {
                append_json_number(out, plain);
            } else if constexpr (!std::same_as<Plain, std::string_view>) {
                fmt::format_to(std::back_inserter(out), "{}", plain);
            } else {
                const auto text = readable(plain);
                const bool bare = format == LogFormat::text && !text.empty() && std::ranges::none_of(text, [](char c) {
                                      return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\\' || c == '=';
                                  });
                if (bare)
                    out += text;
                else
                    append_json_string(out, text);
            }
        },
        value.value());
}

void write_whole(int file, std::string_view line)
{
    const std::scoped_lock lock(writing);
    while (!line.empty()) {
        const auto written = ::write(file, line.data(), line.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        line.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

void set_log(const LogSettings& settings)
{
    settings_now.store(settings);
}

std::string log_line(LogFormat format, Instant at, Level level, std::string_view message,
                     std::initializer_list<LogField> fields)
{
    const auto level_name = level_names[static_cast<std::size_t>(level)];
    std::string line;
    if (format == LogFormat::text) {
        line = fmt::format("{} {:<7} {}", to_string(at), level_name, readable(message));
        std::ranges::replace_if(line, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    } else {
        line = fmt::format(R"({{"at":"{}","level":"{}","message":)", to_string(at), level_name);
        append_json_string(line, readable(message));
    }
    for (const auto& [key, value] : fields) {
        if (format == LogFormat::text) {
            fmt::format_to(std::back_inserter(line), " {}=", key);
        } else {
            line += ',';
            append_json_string(line, key);
            line += ':';
        }
        append_value(line, format, names_a_secret(key) ? LogValue("…") : value);
    }
    if (format == LogFormat::json) line += '}';
    return line;
}

void log(Level level, std::string_view message, std::initializer_list<LogField> fields) noexcept
{
    try {
        const auto settings = settings_now.load();
        if (level < settings.least) return;
        auto line = log_line(settings.format, SystemClock{}.now(), level, message, fields);
        line += '\n';
        write_whole(settings.file, line);
    } catch (...) {  // no memory for a line: the work goes on without it
    }
}

}  // namespace shangdao
