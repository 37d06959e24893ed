// Writing the plan in the order in which it happened.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/require.h"
#include "sales/customer/account/account.h"
#include "sales/customer/activity/activity.h"
#include "sales/customer/contact/contact.h"
#include "sales/demo/demo.h"
#include "sales/demo/words.h"
#include "sales/org/member/member.h"
#include "sales/org/product/product.h"
#include "sales/org/team/team.h"
#include "sales/process/deal/deal.h"
#include "sales/process/lead/lead.h"

namespace shangdao::demo {

namespace {

using customer::Account;
using customer::Activity;
using customer::Contact;
using engine::Record;
using engine::Work;
using org::Member;
using process::Deal;
using process::Lead;
using record::Changes;
using record::ChoiceKey;
using record::Value;

constexpr std::size_t steps_a_unit = 400;
constexpr std::string_view mark = "demo";   // the `request` of every event, by which remove() finds its records

// One thing that happens. Kinds in the order in which things of the same moment depend on each other.
struct Happening {
    enum class Kind : unsigned char { account, contact, lead, lead_move, lead_end, deal, deal_move, deal_end, activity } kind;
    std::size_t index;
    Instant at;
};

Money yuan(std::int64_t amount, Currency base) { return Money::of_base(amount * 100, base); }
ChoiceKey key(std::string_view word) { return ChoiceKey{std::string{word}}; }
std::string text(std::string_view word) { return std::string{word}; }

class Writing {
public:
    Writing(engine::Engine& engine, const Plan& plan)
        : engine_(engine), plan_(plan), accounts_(plan.accounts.size()), contacts_(plan.contacts.size()), leads_(plan.leads.size()), deals_(plan.deals.size())
    {
        for (std::size_t i = 0; i < plan.deals.size(); ++i)
            if (plan.deals[i].lead) deal_of_lead_[*plan.deals[i].lead] = i;
    }
    Result<void> house(Work& work);
    std::vector<Happening> happenings() const;
    Result<void> happen(Work& work, const Happening& what);

private:
    // The desk of a member at a moment of the past; rights are the system's.
    engine::Desk desk(const Work& work, Id who, Instant at) const
    {
        auto desk = work.desk;
        desk.member = who;
        desk.via = record::Via::import;
        desk.request = mark;
        desk.moment.now = at;
        desk.moment.today = desk.moment.zone.date_of(at);
        desk.moment.me = who;
        return desk;
    }
    Result<Id> create(Work& work, std::string_view object, const Changes& values)
    {
        TRY(const auto made, engine_.records().create(work, work.desk.catalogue->at(object), values));
        return made.id();
    }
    Result<Record> perform(Work& work, std::string_view name, Id id, std::string_view verb_name, std::initializer_list<std::pair<std::string_view, Value>> given = {})
    {
        const auto& object = work.desk.catalogue->at(name);
        const auto* verb = engine::verb_of(object, verb_name);
        std::vector<Value> values(verb->arguments.size());
        for (const auto& [argument, value] : given)
            for (std::size_t i = 0; i < values.size(); ++i)
                if (verb->arguments[i].name == argument) values[i] = value;
        return engine_.records().perform(work, object, id, std::nullopt, *verb, engine::Arguments(*verb, std::move(values)));
    }
    Result<void> account(Work& work, std::size_t i);
    Result<void> contact(Work& work, std::size_t i);
    Result<void> lead(Work& work, std::size_t i);
    Result<void> lead_end(Work& work, std::size_t i);
    Result<void> deal(Work& work, std::size_t i);
    Result<void> deal_end(Work& work, std::size_t i);
    Result<void> activity(Work& work, std::size_t i);
    Changes deal_details(const Work& work, const DealPlan& deal) const;
    std::size_t hand_of(const Happening& what) const;

    engine::Engine& engine_;
    const Plan& plan_;
    std::vector<Id> teams_, members_, products_;   // as words.h lists them
    std::vector<Id> accounts_, contacts_, leads_, deals_;
    std::unordered_map<std::size_t, std::size_t> deal_of_lead_;
};

Result<void> Writing::house(Work& work)
{
    teams_.clear(), members_.clear(), products_.clear();
    const auto& members = work.desk.catalogue->at("member");
    const auto start = plan_.accounts.empty() ? work.desk.moment.now : plan_.accounts.front().at + -std::chrono::hours{24 * 30};
    auto first = desk(work, {}, start);
    Work then{.unit = work.unit, .desk = first, .redefines = work.redefines};
    for (const auto name : teams()) {
        TRY(const auto team, create(then, "team", {{org::Team::name.slot, text(name)}}));
        teams_.push_back(team);
    }
    for (const auto& hand : hands()) {
        if (const auto known = work.unit.find_unique(members, Member::email.slot, text(hand.email))) {
            members_.push_back(*known);
            continue;
        }
        Changes values{{Member::name.slot, text(hand.name)}, {Member::email.slot, text(hand.email)}, {*members.slot("job_title"), text(hand.job_title)},
                       {Member::roles.slot, record::ChoiceKeys{{text(hand.role)}}}, {Member::active.slot, true}};
        if (hand.team >= 0) {
            values.push_back({Member::team.slot, teams_[static_cast<std::size_t>(hand.team)]});
            const auto manager = hand.role == "manager" ? members_[0] : members_[static_cast<std::size_t>(hand.team) + 1];
            values.push_back({Member::manager.slot, manager});
        }
        TRY(const auto member, create(then, "member", values));
        members_.push_back(member);
    }
    for (const auto& one : goods()) {
        TRY(const auto product, create(then, "product", {{org::Product::name.slot, text(one.name)}, {org::Product::code.slot, text(one.code)}, {org::Product::series.slot, text(one.series)},
                                                         {org::Product::unit.slot, text(one.unit)},
                                                         {org::Product::list_price.slot, yuan(static_cast<std::int64_t>(one.price_yuan), work.desk.organisation->base)}}));
        products_.push_back(product);
    }
    return {};
}

std::vector<Happening> Writing::happenings() const
{
    using Kind = Happening::Kind;
    std::vector<Happening> all;
    for (std::size_t i = 0; i < plan_.accounts.size(); ++i) all.push_back({Kind::account, i, plan_.accounts[i].at});
    for (std::size_t i = 0; i < plan_.contacts.size(); ++i) all.push_back({Kind::contact, i, plan_.contacts[i].at});
    for (std::size_t i = 0; i < plan_.leads.size(); ++i) {
        const auto& lead = plan_.leads[i];
        all.push_back({Kind::lead, i, lead.at});
        for (const auto at : lead.moves) all.push_back({Kind::lead_move, i, at});
        if (lead.end != End::open) all.push_back({Kind::lead_end, i, lead.ended_at});
    }
    for (std::size_t i = 0; i < plan_.deals.size(); ++i) {
        const auto& deal = plan_.deals[i];
        if (!deal.lead) all.push_back({Kind::deal, i, deal.at});
        for (const auto at : deal.moves) all.push_back({Kind::deal_move, i, at});
        if (deal.end != End::open) all.push_back({Kind::deal_end, i, deal.ended_at});
    }
    for (std::size_t i = 0; i < plan_.activities.size(); ++i) all.push_back({Kind::activity, i, plan_.activities[i].at});
    std::ranges::sort(all, {}, [](const Happening& one) { return std::tuple{one.at, one.kind, one.index}; });
    return all;
}

std::size_t Writing::hand_of(const Happening& what) const
{
    using Kind = Happening::Kind;
    switch (what.kind) {
    case Kind::account: return plan_.accounts[what.index].hand;
    case Kind::contact: return plan_.accounts[plan_.contacts[what.index].account].hand;
    case Kind::lead:
    case Kind::lead_move:
    case Kind::lead_end: return plan_.leads[what.index].hand;
    case Kind::deal:
    case Kind::deal_move:
    case Kind::deal_end: return plan_.deals[what.index].hand;
    case Kind::activity: return plan_.deals[plan_.activities[what.index].deal].hand;
    }
    return 0;
}

Result<void> Writing::happen(Work& work, const Happening& what)
{
    using Kind = Happening::Kind;
    const auto past = desk(work, members_[hand_of(what)], what.at);
    Work then{.unit = work.unit, .desk = past, .redefines = work.redefines};
    switch (what.kind) {
    case Kind::account: return account(then, what.index);
    case Kind::contact: return contact(then, what.index);
    case Kind::lead: return lead(then, what.index);
    case Kind::lead_end: return lead_end(then, what.index);
    case Kind::deal: return deal(then, what.index);
    case Kind::deal_end: return deal_end(then, what.index);
    case Kind::activity: return activity(then, what.index);
    case Kind::lead_move: CHECK_OK(perform(then, "lead", leads_[what.index], "advance")); return {};
    case Kind::deal_move: CHECK_OK(perform(then, "deal", deals_[what.index], "advance")); return {};
    }
    return {};
}

Result<void> Writing::account(Work& work, std::size_t i)
{
    const auto& plan = plan_.accounts[i];
    const auto& object = work.desk.catalogue->at("account");
    TRY(accounts_[i], create(work, "account",
                             {{Account::name.slot, plan.name}, {*object.slot("short_name"), plan.short_name}, {Account::industry.slot, key(plan.industry)}, {Account::tier.slot, key(plan.tier)},
                              {Account::source.slot, key(plan.source)}, {Account::employees.slot, Number{plan.employees, 0}}, {Account::founded_year.slot, Number{plan.founded_year, 0}},
                              {Account::annual_revenue.slot, yuan(plan.revenue_yuan, work.desk.organisation->base)}, {Account::phone.slot, plan.phone},
                              {Account::address.slot, record::Address{"CN", text(plan.region), plan.address}}}));
    return {};
}

Result<void> Writing::contact(Work& work, std::size_t i)
{
    const auto& plan = plan_.contacts[i];
    Changes values{{Contact::name.slot, plan.name}, {Contact::account.slot, accounts_[plan.account]}, {Contact::mobile.slot, plan.mobile}, {Contact::job_title.slot, text(plan.job_title)},
                   {Contact::decision_role.slot, key(plan.decision_role)}, {Contact::gender.slot, key(plan.female ? "female" : "male")}};
    if (!plan.email.empty()) values.push_back({Contact::email.slot, plan.email});
    if (plan.birthday) values.push_back({Contact::birthday.slot, *plan.birthday});
    if (!plan.interests.empty()) values.push_back({Contact::interests.slot, record::ChoiceKeys{plan.interests}});
    TRY(contacts_[i], create(work, "contact", values));
    return {};
}

Result<void> Writing::lead(Work& work, std::size_t i)
{
    const auto& plan = plan_.leads[i];
    TRY(leads_[i], create(work, "lead", {{Lead::name.slot, plan.name}, {Lead::company.slot, plan.company}, {Lead::mobile.slot, plan.mobile}, {Lead::channel.slot, key(plan.channel)},
                                         {Lead::need.slot, text(plan.need)}, {Lead::product.slot, products_[plan.product]}, {Lead::score.slot, Number{plan.score, 0}}}));
    return {};
}

Changes Writing::deal_details(const Work& work, const DealPlan& deal) const
{
    Changes values;
    if (deal.budget_known) values.push_back({Deal::budget.slot, yuan(deal.amount_yuan / 10'000 * 10'000, work.desk.organisation->base)});
    if (deal.decision_maker_known) values.push_back({Deal::decision_maker.slot, contacts_[deal.contact]});
    if (!deal.next_step.empty()) values.push_back({Deal::next_step.slot, text(deal.next_step)});
    if (deal.next_step_on) values.push_back({Deal::next_step_on.slot, *deal.next_step_on});
    return values;
}

Result<void> Writing::lead_end(Work& work, std::size_t i)
{
    const auto& plan = plan_.leads[i];
    if (plan.end == End::bad) {
        CHECK_OK(perform(work, "lead", leads_[i], "disqualify", {{"reason", key(plan.reason)}}));
        return {};
    }
    const auto number = deal_of_lead_.at(i);
    const auto& deal = plan_.deals[number];
    TRY(const auto converted, perform(work, "lead", leads_[i], "convert",
                                      {{"account", accounts_[deal.account]}, {"contact", contacts_[deal.contact]}, {"deal_name", deal.name},
                                       {"amount", yuan(deal.amount_yuan, work.desk.organisation->base)}, {"expected_on", deal.expected_on}}));
    deals_[number] = *converted.get(Lead::converted_deal);
    const auto details = deal_details(work, deal);
    if (!details.empty()) CHECK_OK(engine_.records().change(work, work.desk.catalogue->at("deal"), deals_[number], std::nullopt, details));
    return {};
}

Result<void> Writing::deal(Work& work, std::size_t i)
{
    const auto& plan = plan_.deals[i];
    auto values = deal_details(work, plan);
    for (auto& change : Changes{{Deal::name.slot, plan.name}, {Deal::account.slot, accounts_[plan.account]}, {Deal::contact.slot, contacts_[plan.contact]},
                                {Deal::product.slot, products_[plan.product]}, {Deal::amount.slot, yuan(plan.amount_yuan, work.desk.organisation->base)},
                                {Deal::source.slot, key(plan.source)}, {Deal::expected_on.slot, plan.expected_on}})
        values.push_back(change);
    TRY(deals_[i], create(work, "deal", values));
    return {};
}

Result<void> Writing::deal_end(Work& work, std::size_t i)
{
    const auto& plan = plan_.deals[i];
    if (plan.end == End::good) {
        CHECK_OK(perform(work, "deal", deals_[i], "win", {{"amount", yuan(plan.closed_yuan, work.desk.organisation->base)}}));
        return {};
    }
    const auto rival = plan.competitor.empty() ? Value{record::Null{}} : Value{text(plan.competitor)};
    CHECK_OK(perform(work, "deal", deals_[i], "lose", {{"loss_reason", key(plan.reason)}, {"competitor", rival}}));
    return {};
}

Result<void> Writing::activity(Work& work, std::size_t i)
{
    const auto& plan = plan_.activities[i];
    const auto& deal = plan_.deals[plan.deal];
    Changes values{{Activity::subject.slot, text(plan.subject)}, {Activity::kind.slot, key(plan.kind)}, {Activity::deal.slot, deals_[plan.deal]},
                   {Activity::account.slot, accounts_[deal.account]}, {Activity::contact.slot, contacts_[deal.contact]}};
    if (plan.done) {
        values.push_back({Activity::state.slot, key("done")});
        values.push_back({Activity::outcome.slot, key(plan.outcome)});
        values.push_back({Activity::minutes.slot, Number{plan.minutes, 0}});
    } else {
        values.push_back({Activity::due_on.slot, plan.due_on});
    }
    CHECK_OK(create(work, "activity", values));
    return {};
}

constexpr std::array<Login, 3> login_list{{{"rep@example.com", "李雷", "rep"}, {"manager@example.com", "韩梅梅", "manager"}, {"admin@example.com", "孙立人", "admin"}}};

}  // namespace

std::span<const Login> logins() { return login_list; }

struct Filling::State {
    engine::Engine& engine;
    Plan plan;
    Writing writing;
    std::vector<Happening> happenings = writing.happenings();
    std::size_t done = 0;
    bool housed = false;

    State(engine::Engine& written_to, Plan drawn) : engine(written_to), plan(std::move(drawn)), writing(engine, plan) {}
};

Filling::Filling(engine::Engine& engine, Plan plan) : state_(std::make_unique<State>(engine, std::move(plan))) {}
Filling::~Filling() = default;
std::int64_t Filling::done() const { return static_cast<std::int64_t>(state_->done); }
std::int64_t Filling::total() const { return std::ssize(state_->happenings); }

Result<bool> Filling::go_on()
{
    auto& state = *state_;
    const engine::Caller system{.member = {}, .kind = engine::Caller::Kind::system, .scopes = {}, .via = record::Via::import, .request = std::string{mark}, .language = Language::zh};
    if (!state.housed) {
        CHECK_OK(state.engine.write_now(system, [&](Work& work) -> Result<std::string> {
            if (present(work.unit)) return refuse("demo_present");
            CHECK_OK(state.writing.house(work));
            work.unit.set_setting(mark, fmt::format(R"({{"seed":{},"until":"{}"}})", state.plan.options.seed, to_string(state.plan.options.until)));
            return std::string{};
        }));
        state.housed = true;
        return true;
    }
    const auto to = std::min(state.done + steps_a_unit, state.happenings.size());
    CHECK_OK(state.engine.write_now(system, [&](Work& work) -> Result<std::string> {
        for (std::size_t i = state.done; i < to; ++i) CHECK_OK(state.writing.happen(work, state.happenings[i]));
        return std::string{};
    }));
    state.done = to;
    return to < state.happenings.size();
}

bool present(store::View& view) { return view.setting(mark).has_value(); }

Options until_now(const engine::Engine& engine, std::uint64_t seed)
{
    const auto zone = engine.organisation()->zone;
    return {.seed = seed, .until = zone.date_of(engine.clock().now() + -std::chrono::hours{18})};
}

Result<void> write(engine::Engine& engine, const Plan& plan)
{
    Filling filling(engine, plan);
    while (true) {
        TRY(const bool more, filling.go_on());
        if (!more) return {};
    }
}

}  // namespace shangdao::demo
