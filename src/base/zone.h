// Zone, WorkCalendar – calendar arithmetic in the organisation's zone (D5).
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace shangdao {

// An IANA time zone. Immutable, cheap to copy, thread-safe.
class Zone {
public:
    // nullopt for an unknown name; "UTC" and "Area/Place" are names, "PST" and "GMT+8" are not. Costs up to a millisecond: keep it.
    static std::optional<Zone> find(std::string_view iana_name);
    static Zone utc();
    const std::string& name() const;
    Date date_of(Instant instant) const;
    Instant start_of(Date date) const;  // first instant of that day; a skipped midnight gives the first that exists
    int offset_seconds(Instant instant) const;  // east positive
    // Each offset from the moment it holds, the first from the beginning of time; lives as long as the zone.
    struct Change {
        std::int64_t at_seconds;  // since 1970, UTC
        std::int32_t offset_seconds;
    };
    std::span<const Change> changes() const;

private:
    struct Rules;
    explicit Zone(std::shared_ptr<const Rules> rules) : rules_(std::move(rules)) {}
    std::shared_ptr<const Rules> rules_;
};

// Which days are worked: Monday to Friday without the holidays, plus the make-up days (节假日调休). A day that is given as
// both is worked.
class WorkCalendar {
public:
    WorkCalendar() = default;
    WorkCalendar(const std::set<Date>& holidays, const std::set<Date>& make_up_days);
    static WorkCalendar china();  // State Council holidays known at release; other years: weekends only
    bool works(Date date) const;
    // Number of working days in [1970-01-01, date], negative before; the working days after a up to b are ordinal(b) - ordinal(a).
    std::int64_t ordinal(Date date) const;
    // The count-th working day after `date`, before it when negative, `date` itself when 0. Stops at the first and the last Date.
    Date add_working_days(Date date, std::int64_t count) const;
    // Days on which the weekday alone tells the wrong thing, sorted.
    std::vector<Date> exceptions() const;

private:
    std::vector<Date> holidays_;  // sorted, none on a weekend
    std::vector<Date> make_up_days_;  // sorted, all on weekends
};

}  // namespace shangdao
