// Plan – the history of an invented company, drawn from a seed before anything is written, so that every total is known.
//
// 江南数控装备: 3 teams, 19 reps, 12 products, 25 months. Seasons of a Chinese year (quiet around Spring Festival, busy at the ends
// of half-years), growth of 1.5 % a month, referrals win more often, reps differ in skill. Ground truth for tests and statistics.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/zone.h"

namespace shangdao::demo {

struct Options {
    std::uint64_t seed = 20'240'301;
    Date until{};                        // the last day; nothing happens after it
    int accounts = 2'000, deals = 5'000, leads = 3'000;
    int months = 25;
};

inline constexpr std::size_t stage_count = 7;

struct AccountPlan {
    std::string name, short_name, phone, address;
    std::string_view industry, region, area_code, tier, source;
    int employees = 0, founded_year = 0;
    std::int64_t revenue_yuan = 0;
    std::size_t hand = 0;                // its rep, position in hands()
    Instant at{};
};

struct ContactPlan {
    std::size_t account = 0;
    std::string name, mobile, email;
    std::string_view job_title, decision_role;
    bool female = false;
    std::optional<Date> birthday;
    std::vector<std::string> interests;
    Instant at{};
};

enum class End : unsigned char { open, good, bad };

struct LeadPlan {
    std::string name, company, mobile;
    std::string_view channel, reason, need;
    std::size_t hand = 0, product = 0;
    int score = 0;
    std::size_t stage = 0;               // where it stands at the end
    End end = End::open;
    Instant at{};
    std::vector<Instant> moves;          // into stage 1, 2
    Instant ended_at{};
};

struct DealPlan {
    std::string name;
    std::size_t account = 0, contact = 0, product = 0, hand = 0;
    std::optional<std::size_t> lead;     // came from that lead's conversion
    std::string_view source, reason, competitor, next_step;
    std::int64_t amount_yuan = 0;        // as estimated; the won amount is `closed_yuan`
    std::int64_t closed_yuan = 0;
    bool budget_known = false, decision_maker_known = false;
    std::size_t stage = 0;
    End end = End::open;
    Date expected_on{};
    std::optional<Date> next_step_on;
    Instant at{};
    std::vector<Instant> moves;          // into stage 1, 2, …
    Instant ended_at{};
};

struct ActivityPlan {
    std::size_t deal = 0;
    std::string_view subject, kind, outcome, next_step;
    int minutes = 0;
    bool done = true;
    Date due_on{};
    Instant at{};                        // done at; for open tasks: planned at
};

struct Plan {
    Options options;
    std::vector<AccountPlan> accounts;
    std::vector<ContactPlan> contacts;
    std::vector<LeadPlan> leads;
    std::vector<DealPlan> deals;
    std::vector<ActivityPlan> activities;
};

// Zone and calendar of the company: Shanghai, Chinese holidays.
Plan draw(const Options& options);

// What anybody must find who counts the written records.
struct Truth {
    std::int64_t won = 0, lost = 0, open = 0;
    std::int64_t won_yuan = 0, open_yuan = 0;
    std::array<std::int64_t, stage_count> entered{}, passed{}, open_now{};
    std::int64_t leads_converted = 0, leads_disqualified = 0, leads_open = 0;
    std::int64_t activities_done = 0;
};
Truth truth(const Plan& plan);

}  // namespace shangdao::demo
