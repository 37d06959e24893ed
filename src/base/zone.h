// Zone, WorkCalendar – calendar arithmetic in the organisation's zone (D5).
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/time.h"

namespace shangdao {

// An IANA time zone. Immutable, cheap to copy, thread-safe.
class Zone {
public:
    static std::optional<Zone> find(std::string_view iana_name);  // nullopt for an unknown name
    static Zone utc();
    const std::string& name() const;
    Date date_of(Instant instant) const;
    Instant start_of(Date date) const;          // first instant of that day; a skipped midnight gives the first that exists
    int offset_seconds(Instant instant) const;  // east positive

private:
    struct Rules;
    explicit Zone(std::shared_ptr<const Rules> rules) : rules_(std::move(rules)) {}
    std::shared_ptr<const Rules> rules_;
};

// Which days are worked: weekends, minus make-up days, plus holidays (节假日调休).
class WorkCalendar {
public:
    WorkCalendar() = default;
    WorkCalendar(std::set<Date> holidays, std::set<Date> make_up_days);
    static WorkCalendar china();  // State Council holidays known at release; other years: weekends only
    bool works(Date date) const;
    // Number of working days in [1970-01-01, date]; the working days from a to b are ordinal(b) - ordinal(a).
    std::int64_t ordinal(Date date) const;
    Date add_working_days(Date date, std::int64_t count) const;

private:
    std::set<Date> holidays_;
    std::set<Date> make_up_days_;
};

}  // namespace shangdao
