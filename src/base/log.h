// log – one line per event on standard output, as JSON or as text.
//
//     log(Level::info, "request", {{"path", path}, {"status", 200}, {"took_ms", 1.25}});
//     {"at":"2026-03-20T08:30:00.25Z","level":"info","message":"request","path":"/","status":200,"took_ms":1.25}
//
// fmt and one write(2) per line instead of spdlog: we need neither its patterns nor its sinks nor its queue, and the order of keys
// and the rule about secrets are ours. This is the only process-wide state of the house, because what must be said about a lost disk
// must not depend on what the teller was given; only main sets it, before the first thread.
//
// Always: a line is whole however many threads write; a message is a constant sentence, what varies is a field; a field
// whose key names a secret (password, token, authorization, cookie, …) shows "…" instead of its value.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "base/time.h"

namespace shangdao {

enum class Level : unsigned char { debug, info, warning, error };
enum class LogFormat : unsigned char { json, text };

// A text, a number or a truth. Texts are not copied: they must outlive the call.
class LogValue {
public:
    LogValue(const char* text) : value_(std::string_view(text)) {}
    LogValue(std::string_view text) : value_(text) {}
    LogValue(const std::string& text) : value_(std::string_view(text)) {}
    LogValue(double number) : value_(number) {}
    LogValue(std::same_as<bool> auto truth) : value_(truth) {}
    LogValue(std::signed_integral auto number) : value_(static_cast<std::int64_t>(number)) {}
    LogValue(std::unsigned_integral auto number)
        requires(!std::same_as<decltype(number), bool>)
        : value_(static_cast<std::uint64_t>(number))
    {
    }

    using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;
    const Value& value() const { return value_; }

private:
    Value value_;
};

struct LogField {
    std::string_view key;
    LogValue value;
};

struct LogSettings {
    LogFormat format = LogFormat::json;
    Level least = Level::info;  // what is below is not written
    int file = 1;  // descriptor
};

void set_log(const LogSettings& settings);

// Never throws and never fails: what cannot be written is lost (main ignores SIGPIPE).
void log(Level level, std::string_view message, std::initializer_list<LogField> fields = {}) noexcept;

// The line that `log` writes, without its end of line.
std::string log_line(LogFormat format, Instant at, Level level, std::string_view message,
                     std::initializer_list<LogField> fields);

}  // namespace shangdao
