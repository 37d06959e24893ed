// Zone – ICU knows the rules; we ask it once for all changes of the offset from 1900 to 2100 and look them up in a sorted list,
// which needs no lock and no ICU object. Before and after these years the nearest offset holds.
#include "base/zone.h"

#include <unicode/basictz.h>
#include <unicode/tztrans.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <limits>

#include "base/require.h"

namespace shangdao {
namespace {

constexpr std::int64_t us_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;
constexpr double since_ms = -2'208'988'800'000.0;  // 1900-01-01T00:00:00Z
constexpr double until_ms = 4'133'980'800'000.0;  // 2101-01-01T00:00:00Z

std::int64_t floor_divide(std::int64_t a, std::int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

bool looks_like_iana(std::string_view name)
{
    const bool plain = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
               c == '-' || c == '+';
    });
    return plain && name.size() <= 64 && (name == "UTC" || name.find('/') != std::string_view::npos);
}

std::vector<Zone::Change> changes_of(const icu::BasicTimeZone& zone)
{
    UErrorCode error = U_ZERO_ERROR;
    std::int32_t raw = 0;
    std::int32_t daylight = 0;
    zone.getOffset(since_ms, false, raw, daylight, error);
    require(U_SUCCESS(error), "ICU knows the offset of a zone it made");
    std::vector<Zone::Change> changes{{std::numeric_limits<std::int64_t>::min(), (raw + daylight) / 1000}};
    icu::TimeZoneTransition transition;
    for (double after = since_ms; zone.getNextTransition(after, false, transition) && transition.getTime() < until_ms;
         after = transition.getTime()) {
        const auto* to = transition.getTo();
        const auto offset = (to->getRawOffset() + to->getDSTSavings()) / 1000;
        if (offset != changes.back().offset_seconds)
            changes.push_back({static_cast<std::int64_t>(transition.getTime()) / 1000, offset});
    }
    return changes;
}

}  // namespace

struct Zone::Rules {
    std::string name;
    std::vector<Change> changes;  // the first is at the beginning of time

    std::vector<Change>::const_iterator in_force(std::int64_t seconds) const
    {
        return std::prev(std::ranges::upper_bound(changes, seconds, {}, &Change::at_seconds));
    }
};

std::optional<Zone> Zone::find(std::string_view iana_name)
{
    if (iana_name == "UTC") return utc();
    if (!looks_like_iana(iana_name)) return std::nullopt;
    const auto id = icu::UnicodeString::fromUTF8({iana_name.data(), static_cast<std::int32_t>(iana_name.size())});
    UErrorCode error = U_ZERO_ERROR;
    UBool known = false;
    icu::UnicodeString canonical;
    icu::TimeZone::getCanonicalID(id, canonical, known, error);
    if (U_FAILURE(error) || !known || canonical == icu::UnicodeString("Etc/Unknown")) return std::nullopt;
    const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
    const auto* basic = dynamic_cast<const icu::BasicTimeZone*>(zone.get());
    require(basic != nullptr, "a system zone of ICU tells its transitions");
    return Zone(std::make_shared<const Rules>(Rules{std::string(iana_name), changes_of(*basic)}));
}

Zone Zone::utc()
{
    return Zone(std::make_shared<const Rules>(Rules{"UTC", {{std::numeric_limits<std::int64_t>::min(), 0}}}));
}

const std::string& Zone::name() const
{
    return rules_->name;
}

std::span<const Zone::Change> Zone::changes() const
{
    return rules_->changes;
}

int Zone::offset_seconds(Instant instant) const
{
    return rules_->in_force(floor_divide(instant.us, us_per_second))->offset_seconds;
}

Date Zone::date_of(Instant instant) const
{
    const std::int64_t seconds = floor_divide(instant.us, us_per_second);
    return Date{
        static_cast<std::int32_t>(floor_divide(seconds + rules_->in_force(seconds)->offset_seconds, seconds_per_day))};
}

// The earliest moment at which the clocks on the wall show this midnight or later: each offset has its stretch of time, and in
// the first stretch that reaches midnight either midnight itself lies, or it was skipped by the change that begins the stretch.
Instant Zone::start_of(Date date) const
{
    const std::int64_t midnight = date.days * seconds_per_day;  // as if in UTC
    auto change = rules_->in_force(midnight - seconds_per_day);
    for (;; ++change) {
        const std::int64_t start = std::max(change->at_seconds, midnight - change->offset_seconds);
        const auto next = std::next(change);
        if (next == rules_->changes.end() || start < next->at_seconds) return Instant{start * us_per_second};
    }
}

}  // namespace shangdao
