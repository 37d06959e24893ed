// Computed through ordinary grouped Selects with the viewer's guard as sight, from passages (stages) and deals (ends).
#include "sales/analysis/funnel.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/json.h"
#include "engine/answer.h"
#include "formula/check.h"
#include "record/wire.h"
#include "sales/analysis/order_statistics.h"
#include "sales/process/process/process.h"
#include "sales/process/stage_engine/process_library.h"

namespace shangdao::analysis {

namespace {

namespace json = boost::json;
using engine::Object;
using store::Row;

constexpr std::int64_t groups_max = 100'000;

std::string all_of(std::initializer_list<std::string> parts)
{
    std::string text;
    for (const auto& part : parts)
        if (!part.empty()) text += (text.empty() ? "" : " and ") + part;
    return text;
}

std::string between(std::string_view field, const FunnelRequest& request)
{
    return all_of({request.from ? fmt::format("{} >= date(\"{}\")", field, to_string(*request.from)) : std::string{},
                   request.to ? fmt::format("{} <= date(\"{}\")", field, to_string(*request.to)) : std::string{}});
}

std::int64_t count_of(const record::Value& value)
{
    const auto* number = std::get_if<Number>(&value);
    return number == nullptr ? 0 : number->units;
}

std::int64_t minor_of(const record::Value& value)
{
    const auto* money = std::get_if<Money>(&value);
    return money == nullptr ? 0 : money->base_minor;
}

std::string word_of(const record::Value& value)
{
    const auto* key = std::get_if<record::ChoiceKey>(&value);
    return key == nullptr ? std::string{} : key->key;
}

// Number and value of deals that share a key.
struct Tally {
    std::int64_t n = 0, minor = 0;
    void add(const Tally& more) { n += more.n, minor += more.minor; }
};
struct Ends {
    Tally won, lost;
};

json::value ratio(std::int64_t part, std::int64_t whole)
{
    if (whole == 0) return nullptr;
    return static_cast<double>(round_to_units(static_cast<double>(part) / static_cast<double>(whole), 6).value_or(0)) / 1e6;
}

class Funnel {
public:
    Funnel(store::View& view, const engine::Desk& desk, const FunnelRequest& request)
        : view_(view), desk_(desk), request_(request), deals_(desk.catalogue->at("deal")), passages_(desk.catalogue->at("passage")),
          sees_amount_(desk.guard->field(deals_, deals_.slot("amount").value_or(0)) >= record::FieldLevel::read)
    {
    }
    Result<std::string> answer();

private:
    // Conditions on deals, said of deals ("") or of passages ("deal.").
    std::string whose(std::string_view prefix) const;
    Result<std::vector<Row>> grouped(const Object& object, const std::string& where, std::initializer_list<std::string_view> group,
                                     std::initializer_list<std::string_view> measures) const;
    Result<void> find_process();
    Result<json::array> stages() const;
    Result<json::object> cycle(const std::string& won) const;
    Result<std::map<std::string, Ends>> ends_by(std::string_view key) const;
    Result<json::array> by(std::string_view key, const Object* target) const;
    Result<json::array> by_month() const;
    json::object row(std::string_view key, json::value name, const Ends& ends, const std::string& open) const;
    json::value value(std::int64_t minor) const;
    json::object total(const Tally& tally, const std::string& open) const;
    Result<Tally> tally(const std::string& where) const;

    store::View& view_;
    const engine::Desk& desk_;
    const FunnelRequest& request_;
    const Object& deals_;
    const Object& passages_;
    bool sees_amount_;
    std::shared_ptr<const process::ProcessPlan> plan_;
    std::string process_name_;
    bool several_processes_ = false;
};

std::string Funnel::whose(std::string_view prefix) const
{
    const auto is = [&](std::string_view field, std::optional<Id> id) { return id ? fmt::format("{}{} = \"{}\"", prefix, field, to_string(*id)) : std::string{}; };
    return all_of({is("owner", request_.owner), is("owner.team", request_.team), is("product", request_.product),
                   is("process", several_processes_ ? std::optional{plan_->process} : std::nullopt)});
}

Result<std::vector<Row>> Funnel::grouped(const Object& object, const std::string& where, std::initializer_list<std::string_view> group,
                                         std::initializer_list<std::string_view> measures) const
{
    const formula::Scope scope{.catalogue = *desk_.catalogue, .object = object, .sight = desk_.guard.get(), .base = desk_.organisation->base};
    store::Select select{.from = &object};
    if (!where.empty()) {
        TRY(select.where, formula::check_condition(where, scope));
    }
    for (const auto text : group) {
        TRY(auto expression, formula::check_value(text, scope));
        select.group.push_back({std::string{text}, std::move(expression)});
    }
    for (const auto text : measures) {
        TRY(auto expression, formula::check_measure(text, scope));
        select.measures.push_back({std::string{text}, std::move(expression)});
    }
    select.limit = groups_max;
    select.sight = desk_.guard.get();
    return view_.rows(select, desk_.moment);
}

Result<void> Funnel::find_process()
{
    if (request_.from && request_.to && *request_.to < *request_.from) return refuse("invalid_value", "to", {{"expected", "not before from"}});
    const auto& processes = desk_.catalogue->at("process");
    process::ProcessLibrary library;
    TRY(plan_, library.plan_for_new(view_, *desk_.catalogue, desk_.organisation->base, "deal", request_.process.value_or(Id{})));
    if (const auto found = view_.find(processes, plan_->process))
        if (const auto* name = found->get(process::Process::name)) process_name_ = *name;
    store::Select select{.from = &processes};
    select.limit = 100;
    std::int64_t of_deals = 0;
    for (const auto& one : view_.records(select, desk_.moment))
        if (const auto* runs_on = one.get(process::Process::runs_on); runs_on != nullptr && runs_on->key == "deal") ++of_deals;
    several_processes_ = of_deals > 1;
    return {};
}

json::value Funnel::value(std::int64_t minor) const
{
    if (!sees_amount_) return nullptr;
    const auto base = desk_.organisation->base;
    return json::object{{"amount", format_decimal(minor, minor_digits(base))}, {"currency", base.text()}};
}

json::object Funnel::total(const Tally& tally, const std::string& open) const { return {{"n", tally.n}, {"value", value(tally.minor)}, {"open", open}}; }

Result<Tally> Funnel::tally(const std::string& where) const
{
    if (!sees_amount_) {
        TRY(const auto rows, grouped(deals_, where, {}, {"count()"}));
        return Tally{rows.empty() ? 0 : count_of(rows[0][0]), 0};
    }
    TRY(const auto rows, grouped(deals_, where, {}, {"count()", "sum(amount)"}));
    return rows.empty() ? Tally{} : Tally{count_of(rows[0][0]), minor_of(rows[0][1])};
}

Result<json::array> Funnel::stages() const
{
    const auto cohort = all_of({whose("deal."), between("deal.opened_on", request_)});
    TRY(const auto visits, grouped(passages_, all_of({"first_visit = true", "deal.outcome is not null", cohort}), {"stage"}, {"count()", "count(passed = true)"}));
    TRY(const auto days, grouped(passages_, all_of({"stage_days is not null", "deal.outcome is not null", cohort}), {"stage"}, {"median(stage_days)"}));
    const auto open_where = all_of({"outcome = \"open\"", whose("")});
    std::map<std::string, Tally> now;
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> seen;
    std::map<std::string, const record::Value*> medians;
    if (sees_amount_) {
        TRY(const auto rows, grouped(deals_, open_where, {"stage"}, {"count()", "sum(amount)"}));
        for (const auto& one : rows) now[word_of(one[0])] = {count_of(one[1]), minor_of(one[2])};
    } else {
        TRY(const auto rows, grouped(deals_, open_where, {"stage"}, {"count()"}));
        for (const auto& one : rows) now[word_of(one[0])] = {count_of(one[1]), 0};
    }
    for (const auto& one : visits) seen[word_of(one[0])] = {count_of(one[1]), count_of(one[2])};
    for (const auto& one : days) medians[word_of(one[0])] = &one[1];

    const auto of_deals = all_of({whose(""), between("opened_on", request_)});
    json::array told;
    for (const auto& stage : plan_->document.stages) {
        const auto [entered, passed] = seen[stage.key];
        const auto& standing = now[stage.key];
        const auto* median = medians.contains(stage.key) ? std::get_if<Number>(medians[stage.key]) : nullptr;
        json::value median_days;   // null: no stay with known times
        if (median != nullptr) median_days = static_cast<double>(median->units) / std::pow(10.0, median->scale);
        told.push_back(json::object{
            {"key", stage.key},
            {"label", json::object{{"zh", stage.name.zh}, {"en", stage.name.en}}},
            {"kind", stage.kind == process::Stage::Kind::sell ? "sell" : "deliver"},
            {"entered", entered},
            {"passed", passed},
            {"conversion", ratio(passed, entered)},
            {"open_now", standing.n},
            {"amount_now", value(standing.minor)},
            {"median_days", median_days},
            {"open", all_of({fmt::format("count(passages, stage = \"{}\") > 0", stage.key), of_deals})},
            {"passed_open", all_of({fmt::format("count(passages, stage = \"{}\" and passed = true) > 0", stage.key), of_deals})},
            {"now_open", all_of({open_where, fmt::format("stage = \"{}\"", stage.key)})}});
    }
    return told;
}

Result<json::object> Funnel::cycle(const std::string& won) const
{
    TRY(const auto rows, grouped(deals_, won, {"cycle_days"}, {"count()"}));
    Histogram days;
    std::int64_t without_dates = 0;
    for (const auto& one : rows) {
        if (const auto* number = std::get_if<Number>(&one[0])) days[number->units] += count_of(one[1]);
        else without_dates += count_of(one[1]);
    }
    const auto told = [](std::optional<double> quantile) { return quantile ? json::value(*quantile) : json::value(nullptr); };
    return json::object{{"n", size_of(days)}, {"median", told(quantile(days, 0.5))}, {"p90", told(quantile(days, 0.9))}, {"without_dates", without_dates}};
}

json::object Funnel::row(std::string_view key, json::value name, const Ends& ends, const std::string& open) const
{
    return {{"key", key},
            {"name", std::move(name)},
            {"won", ends.won.n},
            {"lost", ends.lost.n},
            {"value", value(ends.won.minor)},
            {"win_share", ratio(ends.won.n, ends.won.n + ends.lost.n)},
            {"open", all_of({open, "outcome != \"open\"", whose(""), between("closed_on", request_)})}};
}

namespace {

void add_end(Ends& ends, const record::Value& outcome, const Tally& tally) { (word_of(outcome) == "won" ? ends.won : ends.lost).add(tally); }

}  // namespace

Result<std::map<std::string, Ends>> Funnel::ends_by(std::string_view key) const
{
    const auto closed = all_of({"outcome != \"open\"", whose(""), between("closed_on", request_)});
    std::map<std::string, Ends> ends;
    const auto add = [&](const Row& one) {
        const auto* id = std::get_if<Id>(&one[0]);
        const auto* day = std::get_if<Date>(&one[0]);
        const auto name = id != nullptr ? to_string(*id) : day != nullptr ? to_string(*day).substr(0, 7) : std::string{};
        add_end(ends[name], one[1], {count_of(one[2]), one.size() > 3 ? minor_of(one[3]) : 0});
    };
    if (sees_amount_) {
        TRY(const auto rows, grouped(deals_, closed, {key, "outcome"}, {"count()", "sum(amount)"}));
        std::ranges::for_each(rows, add);
    } else {
        TRY(const auto rows, grouped(deals_, closed, {key, "outcome"}, {"count()"}));
        std::ranges::for_each(rows, add);
    }
    return ends;
}

Result<json::array> Funnel::by(std::string_view key, const Object* target) const
{
    TRY(auto ends, ends_by(key));
    engine::Names names(view_, *desk_.catalogue);
    for (const auto& [id, unused] : ends)
        if (!id.empty()) names.want(target->index(), parse_id(id).value_or(Id{}));
    names.fetch();
    std::vector<std::pair<std::string, Ends>> sorted(ends.begin(), ends.end());
    std::ranges::sort(sorted, [](const auto& a, const auto& b) { return std::tuple{-a.second.won.minor, -a.second.won.n, a.first} < std::tuple{-b.second.won.minor, -b.second.won.n, b.first}; });
    json::array told;
    for (const auto& [id, one] : sorted) {
        const auto name = id.empty() ? std::string_view{} : names.of(target->index(), parse_id(id).value_or(Id{}));
        told.push_back(row(id, name.empty() ? json::value(nullptr) : json::value(name), one,
                           id.empty() ? fmt::format("{} is null", key) : fmt::format("{} = \"{}\"", key, id)));
    }
    return told;
}

Result<json::array> Funnel::by_month() const
{
    TRY(const auto ends, ends_by("closed_on"));
    json::array told;
    for (const auto& [month, one] : ends) {
        std::string open = "closed_on is null";
        if (const auto first = parse_date(month + "-01")) {
            const auto last = std::chrono::year_month_day_last{first->civil().year(), std::chrono::month_day_last{first->civil().month()}};
            open = fmt::format("closed_on >= date(\"{}\") and closed_on <= date(\"{}-{:02}\")", to_string(*first), month, static_cast<unsigned>(last.day()));
        }
        told.push_back(row(month, month.empty() ? json::value(nullptr) : json::value(month), one, open));
    }
    return told;
}

Result<std::string> Funnel::answer()
{
    CHECK_OK(find_process());
    const auto won = all_of({"outcome = \"won\"", whose(""), between("closed_on", request_)});
    const auto lost = all_of({"outcome = \"lost\"", whose(""), between("closed_on", request_)});
    const auto open = all_of({"outcome = \"open\"", whose("")});
    const auto undated = all_of({"opened_on is null", whose("")});
    TRY(auto stage_rows, stages());
    TRY(const auto won_tally, tally(won));
    TRY(const auto lost_tally, tally(lost));
    TRY(const auto open_tally, tally(open));
    TRY(const auto undated_tally, tally(undated));
    TRY(auto cycle_days, cycle(won));
    TRY(auto by_owner, by("owner", desk_.catalogue->find("member")));
    TRY(auto by_team, by("owner.team", desk_.catalogue->find("team")));
    TRY(auto by_product, by("product", desk_.catalogue->find("product")));
    TRY(auto months, by_month());
    const json::value told = json::object{
        {"as_of", json::object{{"seq", std::to_string(view_.head())}, {"at", to_string(desk_.moment.now)}}},
        {"process", json::object{{"id", to_string(plan_->process)}, {"name", process_name_}}},
        {"stages", std::move(stage_rows)},
        {"won", total(won_tally, won)},
        {"lost", total(lost_tally, lost)},
        {"open", total(open_tally, open)},
        {"undated", json::object{{"n", undated_tally.n}, {"open", undated}}},
        {"win_share", ratio(won_tally.n, won_tally.n + lost_tally.n)},
        {"cycle_days", std::move(cycle_days)},
        {"by", json::object{{"owner", std::move(by_owner)}, {"team", std::move(by_team)}, {"product", std::move(by_product)}, {"month", std::move(months)}}}};
    std::string out;
    append_json(out, told);
    return out;
}

}  // namespace

Result<std::string> funnel_answer(store::View& view, const engine::Desk& desk, const FunnelRequest& request) { return Funnel(view, desk, request).answer(); }

}  // namespace shangdao::analysis
