// Date, Instant, Duration, Clock – days are dates, moments are UTC microseconds; nothing else is time (D5).
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shangdao {

// A civil day, counted in days since 1970-01-01. Valid: 0001-01-01 … 9999-12-31.
struct Date {
    std::int32_t days = 0;

    static Date of(int year, unsigned month, unsigned day);  // a day that does not exist is a bug
    std::chrono::year_month_day civil() const { return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{days}}}; }
    auto operator<=>(const Date&) const = default;
    Date operator+(int n) const { return {days + n}; }
    int operator-(Date other) const { return days - other.days; }
};

// A moment: microseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t us = 0;

    auto operator<=>(const Instant&) const = default;
    Instant operator+(std::chrono::microseconds d) const { return {us + d.count()}; }
    std::chrono::microseconds operator-(Instant other) const { return std::chrono::microseconds{us - other.us}; }
};

// A span as people say it: `15d` calendar days, `10wd` working days, `36h` hours, `90m` minutes. Units do not mix.
struct Duration {
    enum class Unit : std::uint8_t { minutes, hours, days, working_days };
    std::int64_t amount = 0;
    Unit unit = Unit::days;

    bool operator==(const Duration&) const = default;
};

std::string to_string(Date date);                                   // 2026-03-20
std::string to_string(Instant instant);                             // 2026-03-20T08:30:00.000000Z, trailing zeros of the fraction cut
std::string to_string(Duration duration);                           // 15d
std::optional<Date> parse_date(std::string_view iso);               // only YYYY-MM-DD of a day that exists
std::optional<Instant> parse_instant(std::string_view iso);         // RFC 3339 with Z or an offset, fraction ≤ 6 digits
std::optional<Duration> parse_duration(std::string_view text);      // 15d, 10wd, 36h, 90m

// What tells the time. Tests inject their own; nothing else calls the system clock.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() const override;
};

// A clock that stands still until told; for tests and stories.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant start) : now_(start) {}
    Instant now() const override { return now_; }
    void set(Instant instant) { now_ = instant; }
    void advance(std::chrono::microseconds by) { now_.us += by.count(); }

private:
    Instant now_;
};

}  // namespace shangdao
