// Drawing the company's history, day by day.
#include "sales/demo/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "sales/demo/dice.h"
#include "sales/demo/words.h"

namespace shangdao::demo {

namespace {

constexpr std::array<double, 12> season{0.80, 0.50, 1.15, 1.05, 1.00, 1.25, 0.90, 0.90, 1.15, 0.90, 1.10, 1.40};
constexpr double growth_a_month = 1.015;
// Odds of going on from each stage, and the median calendar days spent in it.
constexpr std::array<double, stage_count> odds{0.86, 0.83, 0.85, 0.83, 0.81, 0.83, 0.91};
constexpr std::array<double, stage_count> stay_days{2.5, 5, 9, 8, 6, 11, 7};
constexpr double stuck_share = 0.035;   // deals nobody closes
constexpr std::array<std::string_view, 8> sources{"search", "referral", "campaign", "cold_call", "existing", "social", "partner", "advertisement"};
constexpr std::array<double, 8> source_weights{22, 14, 16, 18, 12, 8, 6, 4};
constexpr std::array<double, 8> source_odds{1.0, 1.07, 1.01, 0.95, 1.06, 0.97, 1.0, 0.94};
constexpr std::array<std::string_view, 7> loss_reasons{"price", "rival", "timing", "no_decision", "fit", "budget", "lost_contact"};
constexpr std::array<double, 7> loss_weights{30, 22, 14, 13, 9, 7, 5};
constexpr std::array<std::string_view, 6> disqualify_reasons{"no_need", "no_budget", "not_target", "unreachable", "rival", "duplicate"};
constexpr std::array<std::string_view, 4> tiers{"A", "B", "C", "D"};
constexpr std::array<double, 4> tier_weights{8, 22, 45, 25};
constexpr std::array<std::string_view, 5> decision_roles{"decision_maker", "influencer", "user", "purchaser", "champion"};
constexpr std::array<std::string_view, 10> interests{"golf", "football", "badminton", "running", "fishing", "tea", "reading", "travel", "photography", "calligraphy"};
constexpr std::array<std::string_view, 4> kinds{"call", "visit", "meeting", "email"};
constexpr std::array<double, 4> kind_weights{50, 22, 18, 10};
constexpr std::array<std::string_view, 5> outcomes{"neutral", "interested", "agreed", "call_back", "no_answer"};
constexpr std::array<double, 5> outcome_weights{38, 24, 16, 14, 8};

class Drawing {
public:
    explicit Drawing(const Options& options) : dice_(options.seed), calendar_(WorkCalendar::china()), zone_(Zone::find("Asia/Shanghai").value_or(Zone::utc()))
    {
        plan_.options = options;
        end_ = zone_.start_of(options.until) + std::chrono::hours{18};
        first_ = options.until + -(options.months * 30 + options.months / 2);
        for (std::size_t i = 0; i < hands().size(); ++i)
            if (hands()[i].role == "rep") reps_.push_back(i);
    }
    Plan draw()
    {
        accounts();
        contacts();
        leads();
        deals();
        activities();
        return std::move(plan_);
    }

private:
    // A working moment of the day or of the next working day.
    Instant working(Date day)
    {
        while (!calendar_.works(day)) day = day + 1;
        return zone_.start_of(day) + std::chrono::minutes{dice_.whole(8 * 60 + 30, 17 * 60 + 45)};
    }
    Instant after(Instant moment, double days)
    {
        const auto later = Instant{moment.us + static_cast<std::int64_t>(days * 86'400e6)};
        auto day = zone_.date_of(later);
        if (calendar_.works(day)) return std::max(later, moment + std::chrono::minutes{20});
        return std::max(working(day), moment + std::chrono::minutes{20});
    }
    // A day by season and growth; every day between first and last has its weight.
    Date day_of_business()
    {
        if (day_weights_.empty())
            for (Date day = first_; day <= plan_.options.until; day = day + 1) {
                const auto month = static_cast<unsigned>(day.civil().month()) - 1;
                const auto age = static_cast<double>(day - first_) / 30.4;
                day_weights_.push_back(calendar_.works(day) ? season[month] * std::pow(growth_a_month, age) : 0.0);
                day_sum_ += day_weights_.back();
            }
        auto place = dice_.share() * day_sum_;
        for (std::size_t i = 0; i < day_weights_.size(); ++i)
            if ((place -= day_weights_[i]) < 0) return first_ + static_cast<int>(i);
        return plan_.options.until;
    }
    std::size_t rep_of_team(int team)
    {
        for (;;)
            if (const auto rep = reps_[dice_.next() % reps_.size()]; hands()[rep].team == team) return rep;
    }
    std::string person(bool female)
    {
        return std::string{dice_.one_of(surnames())} + std::string{female ? dice_.one_of(female_names()) : dice_.one_of(male_names())};
    }
    std::string mobile()
    {
        static constexpr std::array<std::string_view, 8> starts{"138", "139", "136", "150", "158", "186", "188", "199"};
        return std::string{dice_.one_of(std::span{starts})} + fmt::format("{:08}", dice_.whole(0, 99'999'999));
    }

    void accounts();
    void contacts();
    void leads();
    void deals();
    void walk(DealPlan& deal, double skill);
    void activities();

    Plan plan_;
    Dice dice_;
    WorkCalendar calendar_;
    Zone zone_;
    Instant end_{};
    Date first_{};
    std::vector<std::size_t> reps_;
    std::vector<double> day_weights_;
    double day_sum_ = 0;
    std::vector<std::vector<std::size_t>> contacts_of_;
};

void Drawing::accounts()
{
    std::set<std::string> taken;
    std::vector<double> weights;
    for (const auto& trade : trades()) weights.push_back(trade.weight);
    while (plan_.accounts.size() < static_cast<std::size_t>(plan_.options.accounts)) {
        AccountPlan account;
        const auto& city = dice_.one_of(cities());
        const auto& trade = trades()[dice_.weighted(weights)];
        const auto brand = dice_.one_of(brands());
        account.name = fmt::format("{}{}{}{}", city.name, brand, trade.word, trade.suffix);
        if (!taken.insert(account.name).second) continue;
        account.short_name = fmt::format("{}{}", brand, trade.word);
        account.industry = trade.industry;
        account.region = city.region;
        account.area_code = city.area_code;
        account.phone = fmt::format("{}-{}", city.area_code, dice_.whole(60'000'000, 89'999'999));
        account.address = fmt::format("{}路 {} 号", dice_.one_of(brands()), dice_.whole(1, 999));
        account.tier = tiers[dice_.weighted(tier_weights)];
        account.source = sources[dice_.weighted(source_weights)];
        account.employees = static_cast<int>(std::clamp(dice_.around(180, 1.0), 8.0, 20'000.0));
        account.revenue_yuan = static_cast<std::int64_t>(account.employees * dice_.around(420'000, 0.4) / 10'000) * 10'000;
        account.founded_year = dice_.whole(1988, 2021);
        account.hand = rep_of_team(city.team);
        // Two fifths were customers before the story begins.
        account.at = dice_.chance(0.4) ? working(first_ + -30) : working(day_of_business());
        account.at = std::min(account.at, end_);
        plan_.accounts.push_back(std::move(account));
    }
    std::ranges::sort(plan_.accounts, {}, [](const AccountPlan& account) { return std::tuple{account.at, std::string_view{account.name}}; });
}

void Drawing::contacts()
{
    contacts_of_.resize(plan_.accounts.size());
    for (std::size_t i = 0; i < plan_.accounts.size(); ++i) {
        const int people = 1 + (dice_.chance(0.6) ? 1 : 0) + (dice_.chance(0.3) ? 1 : 0);
        for (int k = 0; k < people; ++k) {
            ContactPlan contact;
            contact.account = i;
            contact.female = dice_.chance(0.38);
            contact.name = person(contact.female);
            contact.mobile = mobile();
            if (dice_.chance(0.7)) contact.email = fmt::format("u{}@c{}.example.com", dice_.whole(100, 999), i + 1);
            contact.job_title = dice_.one_of(job_titles());
            contact.decision_role = k == 0 ? "decision_maker" : dice_.one_of(std::span{decision_roles});
            if (dice_.chance(0.3)) contact.birthday = Date::of(dice_.whole(1964, 1998), static_cast<unsigned>(dice_.whole(1, 12)), static_cast<unsigned>(dice_.whole(1, 28)));
            if (dice_.chance(0.35)) contact.interests = {std::string{dice_.one_of(std::span{interests})}};
            contact.at = std::min(plan_.accounts[i].at + std::chrono::minutes{dice_.whole(1, 40)}, end_);
            contacts_of_[i].push_back(plan_.contacts.size());
            plan_.contacts.push_back(std::move(contact));
        }
    }
}

void Drawing::leads()
{
    for (int i = 0; i < plan_.options.leads; ++i) {
        LeadPlan lead;
        lead.name = person(dice_.chance(0.4));
        lead.company = fmt::format("{}{}{}", dice_.one_of(cities()).name, dice_.one_of(brands()), trades()[static_cast<std::size_t>(dice_.whole(0, 5))].word);
        lead.mobile = mobile();
        lead.channel = sources[dice_.weighted(source_weights)];
        lead.need = dice_.one_of(needs());
        lead.hand = reps_[dice_.next() % reps_.size()];
        lead.product = dice_.next() % goods().size();
        lead.score = dice_.whole(10, 95);
        lead.at = working(day_of_business());
        auto now = after(lead.at, dice_.around(0.4, 0.9));
        for (lead.stage = 0; lead.stage < 2 && now <= end_ && dice_.chance(0.82); now = after(now, dice_.around(4, 0.7))) {
            lead.moves.push_back(now);
            ++lead.stage;
        }
        const bool well = lead.stage == 2 && dice_.chance(0.66);
        now = after(now, dice_.around(2, 0.5));
        if (now <= end_ && (well || dice_.chance(0.85))) {
            lead.end = well ? End::good : End::bad;
            lead.reason = dice_.one_of(std::span{disqualify_reasons});
            lead.ended_at = now;
        }
        plan_.leads.push_back(std::move(lead));
    }
}

// Nobody keeps a deal that has not moved for longer.
constexpr auto stuck_at_most = std::chrono::hours{24 * 150};

// The deal's way until it ends, or until the last day.
void Drawing::walk(DealPlan& deal, double skill)
{
    auto now = deal.at;
    const bool stuck = dice_.chance(stuck_share);
    const auto stuck_at = static_cast<std::size_t>(dice_.whole(1, 5));
    for (;;) {
        now = after(now, dice_.around(stay_days[deal.stage], 0.65));
        if (now > end_ || (stuck && deal.stage == stuck_at && now + stuck_at_most > end_)) return;
        if (!dice_.chance(std::min(odds[deal.stage] * skill, 0.985))) {
            deal.end = End::bad;
            deal.ended_at = now;
            deal.reason = loss_reasons[dice_.weighted(loss_weights)];
            if (deal.reason == "rival") deal.competitor = dice_.one_of(rivals());
            return;
        }
        if (deal.stage + 1 == stage_count) {
            deal.end = End::good;
            deal.ended_at = now;
            deal.closed_yuan = static_cast<std::int64_t>(static_cast<double>(deal.amount_yuan) * (1.0 - 0.01 * dice_.whole(0, 9)) / 100) * 100;
            return;
        }
        ++deal.stage;
        deal.moves.push_back(now);
    }
}

void Drawing::deals()
{
    std::vector<std::size_t> converted;
    for (std::size_t i = 0; i < plan_.leads.size(); ++i)
        if (plan_.leads[i].end == End::good) converted.push_back(i);
    for (auto i = static_cast<std::size_t>(plan_.options.deals); i < converted.size(); ++i) plan_.leads[converted[i]].end = End::open;   // no deal left for them
    std::vector<double> weights;
    for (const auto& one : goods()) weights.push_back(one.weight);

    for (int i = 0; i < plan_.options.deals; ++i) {
        DealPlan deal;
        const bool from_lead = static_cast<std::size_t>(i) < converted.size();
        deal.at = working(day_of_business());
        if (from_lead) {
            const auto& lead = plan_.leads[converted[static_cast<std::size_t>(i)]];
            deal.lead = converted[static_cast<std::size_t>(i)];
            deal.at = lead.ended_at;
        }
        deal.at = std::min(deal.at, end_);
        // Larger customers (earlier in a skewed draw) buy more often; only those known by then.
        do deal.account = static_cast<std::size_t>(std::pow(dice_.share(), 1.6) * static_cast<double>(plan_.accounts.size()));
        while (plan_.accounts[deal.account].at + std::chrono::hours{1} > deal.at);
        const auto& account = plan_.accounts[deal.account];
        deal.contact = dice_.one_of(std::span<const std::size_t>{contacts_of_[deal.account]});
        deal.hand = from_lead ? plan_.leads[*deal.lead].hand : account.hand;
        deal.product = from_lead ? plan_.leads[*deal.lead].product : dice_.weighted(weights);
        const auto& product = goods()[deal.product];
        const auto source = dice_.weighted(source_weights);
        deal.source = from_lead ? plan_.leads[*deal.lead].channel : sources[source];
        const int units = product.price_yuan > 500'000 ? 1 : dice_.whole(1, 4);
        deal.amount_yuan = static_cast<std::int64_t>(product.price_yuan * units * dice_.around(1.0, 0.12) / 100) * 100;
        deal.name = fmt::format("{}{}", account.short_name, product.series);
        deal.budget_known = dice_.chance(0.55);
        deal.decision_maker_known = dice_.chance(0.7);
        deal.expected_on = zone_.date_of(deal.at) + dice_.whole(40, 110);
        walk(deal, hands()[deal.hand].skill * source_odds[source]);
        if (deal.end == End::open && dice_.chance(0.75)) {
            deal.next_step = dice_.one_of(steps());
            deal.next_step_on = plan_.options.until + dice_.whole(-6, 14);
        }
        plan_.deals.push_back(std::move(deal));
    }
}

void Drawing::activities()
{
    for (std::size_t i = 0; i < plan_.deals.size(); ++i) {
        const auto& deal = plan_.deals[i];
        auto from = deal.at;
        for (std::size_t stage = 0; stage <= deal.stage; ++stage) {
            const auto to = stage < deal.moves.size() ? deal.moves[stage] : deal.end == End::open ? end_ : deal.ended_at;
            if (dice_.chance(0.42) && to.us - from.us > 3'600'000'000) {
                ActivityPlan activity;
                activity.deal = i;
                activity.at = Instant{from.us + static_cast<std::int64_t>(dice_.share() * 0.8 * static_cast<double>(to.us - from.us)) + 600'000'000};
                activity.kind = kinds[dice_.weighted(kind_weights)];
                activity.subject = dice_.one_of(talks());
                activity.outcome = outcomes[dice_.weighted(outcome_weights)];
                activity.minutes = activity.kind == "call" ? dice_.whole(3, 25) : dice_.whole(30, 150);
                plan_.activities.push_back(activity);
            }
            from = to;
        }
        if (deal.end == End::open && deal.next_step_on) {
            ActivityPlan task{.deal = i, .subject = deal.next_step, .kind = "task", .outcome = {}, .next_step = {}, .minutes = 0, .done = false, .due_on = *deal.next_step_on, .at = {}};
            task.at = std::min(from, end_ + std::chrono::minutes{-dice_.whole(30, 3'000)});
            task.at = std::max(task.at, deal.moves.empty() ? deal.at : deal.moves.back());
            plan_.activities.push_back(task);
        }
    }
}

}  // namespace

Plan draw(const Options& options) { return Drawing(options).draw(); }

Truth truth(const Plan& plan)
{
    Truth truth;
    for (const auto& deal : plan.deals) {
        (deal.end == End::good ? truth.won : deal.end == End::bad ? truth.lost : truth.open) += 1;
        if (deal.end == End::good) truth.won_yuan += deal.closed_yuan;
        if (deal.end == End::open) truth.open_yuan += deal.amount_yuan, ++truth.open_now[deal.stage];
        for (std::size_t stage = 0; stage <= deal.stage; ++stage) {
            ++truth.entered[stage];
            if (stage < deal.stage || deal.end == End::good) ++truth.passed[stage];
        }
    }
    for (const auto& lead : plan.leads) (lead.end == End::good ? truth.leads_converted : lead.end == End::bad ? truth.leads_disqualified : truth.leads_open) += 1;
    for (const auto& activity : plan.activities) truth.activities_done += activity.done ? 1 : 0;
    return truth;
}

}  // namespace shangdao::demo
