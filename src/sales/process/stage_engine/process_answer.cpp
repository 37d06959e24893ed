// The way of one record, told.
#include "sales/process/stage_engine/process_answer.h"

#include <boost/json.hpp>

#include <algorithm>

#include "base/json.h"
#include "engine/approvals/approvals.h"
#include "engine/expressions.h"
#include "engine/people.h"
#include "engine/view_surroundings.h"
#include "record/wire.h"
#include "sales/process/passage/passage.h"
#include "sales/process/process/process.h"
#include "sales/process/stage_engine/exceptions.h"
#include "sales/process/stage_engine/gate.h"
#include "sales/process/stage_engine/process_library.h"
#include "sales/process/stage_engine/staged.h"

namespace shangdao::process {

namespace {

namespace json = boost::json;

constexpr std::int64_t stays_max = 1'000;

json::object label(const OwnedLabel& text) { return {{"zh", text.zh}, {"en", text.en}}; }

json::value moment(const Record* stay, record::Field<Passage, Instant> field)
{
    const auto* at = stay == nullptr ? nullptr : stay->get(field);
    return at == nullptr ? json::value(nullptr) : json::value(to_string(*at));
}

class Telling {
public:
    Telling(store::View& view, const engine::Desk& desk, const Object& object, const Record& record, const ProcessPlan& plan)
        : view_(view), desk_(desk), object_(object), record_(record), plan_(plan), slots_(object), place_(object, record),
          surroundings_(view, desk.moment), at_(plan.document.find(place_.stage).value_or(0))
    {
        const auto& passage = desk.catalogue->at("passage");
        store::Select select{.from = &passage, .where = engine::field_is(passage, passage.slot(trade_of(object).passage_field).value_or(0), record.id())};
        select.limit = stays_max;
        stays_ = view.records(select, desk.moment);
        std::ranges::sort(stays_, {}, [](const Record& stay) { return stay.id(); });
    }

    json::array stages() const;
    json::value stalled() const;
    json::value gate();
    json::array debt();
    json::value exception();
    const Place& place() const { return place_; }

private:
    bool done(std::size_t i) const { return i < at_ || (!place_.open() && place_.outcome == trade_of(object_).good_end && i <= at_); }
    json::object stage(std::size_t i) const;
    json::object check(const GateCheck& check, std::size_t place, bool is_met) const;
    Scene scene() { return {*desk_.catalogue, desk_.moment, surroundings_}; }

    store::View& view_;
    const engine::Desk& desk_;
    const Object& object_;
    const Record& record_;
    const ProcessPlan& plan_;
    StagedSlots slots_;
    Place place_;
    engine::ViewSurroundings surroundings_;
    std::size_t at_;
    std::vector<Record> stays_;
};

json::object Telling::stage(std::size_t i) const
{
    const auto& stage = plan_.document.stages[i];
    const Record* first = nullptr;
    const Record* last = nullptr;
    double days = 0;
    bool timed = false;
    for (const auto& stay : stays_) {
        const auto* key = stay.get(Passage::stage);
        if (key == nullptr || key->key != stage.key) continue;
        if (first == nullptr) first = &stay;
        last = &stay;
        const auto* entered = stay.get(Passage::entered_at);
        const auto* left = stay.get(Passage::left_at);
        if (entered == nullptr || (left == nullptr && stay.get(Passage::left_by) != nullptr)) continue;
        days += static_cast<double>(((left != nullptr ? *left : desk_.moment.now) - *entered).count()) / 86'400e6;
        timed = true;
    }
    const auto* how = first == nullptr ? nullptr : first->get(Passage::how);
    json::object told{{"key", stage.key},
                      {"label", label(stage.name)},
                      {"kind", stage.kind == Stage::Kind::sell ? "sell" : "deliver"},
                      {"state", i == at_ && !done(i) ? "current" : done(i) ? "done" : "ahead"},
                      {"entered_at", moment(first, Passage::entered_at)},
                      {"left_at", moment(last, Passage::left_at)},
                      {"days", timed ? json::value(static_cast<double>(static_cast<std::int64_t>(days * 10)) / 10) : json::value(nullptr)},
                      {"how", how == nullptr ? json::value(nullptr) : json::value(how->key)},
                      {"goal", label(stage.goal)},
                      {"limit", stage.limit ? json::value(to_string(*stage.limit)) : json::value(nullptr)},
                      {"win_share", stage.win_share ? json::value(static_cast<double>(stage.win_share->ppm) / 1e6) : json::value(nullptr)}};
    json::array playbook;
    for (const auto& item : stage.playbook) playbook.push_back(json::object{{"task", item.task}, {"guide", item.guide}});
    told["playbook"] = std::move(playbook);
    const auto* missed = last == nullptr ? nullptr : last->get(Passage::missed);
    boost::system::error_code error;
    told["missed"] = missed == nullptr ? json::value(json::array{}) : json::parse(*missed, error);
    return told;
}

json::array Telling::stages() const
{
    json::array all;
    for (std::size_t i = 0; i < plan_.document.stages.size(); ++i) all.push_back(stage(i));
    return all;
}

json::value Telling::stalled() const
{
    const auto* since = std::get_if<Date>(&record_.at(slots_.stalled_since));
    if (since == nullptr || *since > desk_.moment.today) return nullptr;
    const auto& limit = plan_.document.stages[at_].limit;
    return json::object{{"since_days", desk_.moment.today - *since + 1}, {"limit", limit ? json::value(to_string(*limit)) : json::value(nullptr)}};
}

json::object Telling::check(const GateCheck& check, std::size_t place, bool is_met) const
{
    static constexpr std::string_view kinds[] = {"field", "formula", "activity"};
    const auto words = told_check(check, place, desk_, object_);
    json::object told{{"key", words.key},
                      {"kind", kinds[static_cast<std::size_t>(check.kind)]},
                      {"strength", strength_name(check.strength)},
                      {"met", is_met},
                      {"say", words.say}};
    if (!words.field.empty()) told["field"] = words.field;
    return told;
}

json::value Telling::gate()
{
    const auto& document = plan_.document;
    const bool well = place_.outcome == trade_of(object_).good_end;
    if (!place_.open() && !well) return nullptr;
    const auto next = well && document.stages[at_].kind == Stage::Kind::sell ? document.last_sell() + 1 : at_ + 1;
    const auto end = well ? document.stages.size() : document.last_sell() + 1;
    if (well && next >= end) return nullptr;
    std::vector<const GateCheck*> checks;
    if (!well || document.stages[at_].kind == Stage::Kind::deliver)
        for (const auto& one : document.stages[at_].exit) checks.push_back(&one);
    if (next < end)
        for (const auto& one : document.stages[next].entry) checks.push_back(&one);
    json::array told;
    std::int64_t met_count = 0;
    for (const auto* one : checks) {
        const bool is_met = met(*one, record_, scene());
        met_count += is_met ? 1 : 0;
        told.push_back(check(*one, told.size(), is_met));
    }
    json::value to = nullptr;   // the last stage leads to the good end, not to a stage
    if (next < end) to = json::object{{"key", document.stages[next].key}, {"label", label(document.stages[next].name)}};
    return json::object{{"to", std::move(to)}, {"met", met_count}, {"of", static_cast<std::int64_t>(checks.size())}, {"checks", std::move(told)}};
}

json::array Telling::debt()
{
    json::array owed;
    for (const auto& miss : debt_from_json(value_or<std::string>(record_, slots_.gate_debt, {}), plan_.document)) {
        auto told = check(*miss.check, owed.size(), met(*miss.check, record_, scene()));
        told["stage"] = miss.stage->key;
        owed.push_back(std::move(told));
    }
    return owed;
}

// Who may let its reader pass the gate, where the process allows it; and the exception that is asked for.
json::value Telling::exception()
{
    if (!place_.open()) return nullptr;
    const auto judged = judge_exception(view_, desk_, object_, record_, plan_, desk_.member);
    json::array deciders;
    if (judged)
        for (const auto decider : judged->deciders) deciders.push_back(json::object{{"id", to_string(decider)}, {"name", desk_.people->name_of(decider)}});
    return json::object{{"deciders", std::move(deciders)}, {"asked", json::parse(engine::waiting_approval(view_, desk_, object_, record_.id()))}};
}

}  // namespace

Result<std::string> process_answer(store::View& view, const engine::Desk& desk, const Object& object, const Record& record)
{
    ProcessLibrary library;
    const Place place(object, record);
    TRY(const auto plan, library.plan(view, *desk.catalogue, desk.organisation->base, place.version));
    Telling telling(view, desk, object, record, *plan);
    const auto process = view.find(desk.catalogue->at("process"), plan->process);
    const auto* name = process ? process->get(Process::name) : nullptr;
    const json::value answer = json::object{{"process", json::object{{"id", to_string(plan->process)}, {"name", name == nullptr ? json::value(nullptr) : json::value(*name)}}},
                                            {"version", plan->number},
                                            {"stages", telling.stages()},
                                            {"outcome", place.outcome},
                                            {"stalled", telling.stalled()},
                                            {"gate", telling.gate()},
                                            {"debt", telling.debt()},
                                            {"exception", telling.exception()}};
    std::string out;
    append_json(out, answer);
    return out;
}

}  // namespace shangdao::process
