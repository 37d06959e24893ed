// The server alone judges conditions, so that no browser can disagree with it.
#include "engine/conditions.h"

#include <boost/json.hpp>

#include <algorithm>
#include <set>

#include "base/json.h"
#include "engine/view_surroundings.h"
#include "formula/check.h"
#include "formula/evaluate.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

bool is_met(const record::Catalogue& catalogue, const formula::Expression& condition, const Record& record,
            const formula::Moment& moment, formula::Surroundings& surroundings)
{
    const auto result = formula::holds(catalogue, condition, record, moment, surroundings);
    return result && *result;
}

}  // namespace

Conditions::List Conditions::of(const Desk& desk, const Object& object) const
{
    const std::scoped_lock lock(mutex_);
    if (epoch_ != desk.catalogue->epoch()) {
        epoch_ = desk.catalogue->epoch();
        by_object_.clear();
    }
    auto& list = by_object_[object.index()];
    if (list) return list;
    auto made = std::make_shared<std::vector<Condition>>();
    const formula::Scope scope{.catalogue = *desk.catalogue,
                               .object = object,
                               .base = desk.organisation->base,
                               .back_end = formula::Scope::BackEnd::record};
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        const auto text = object.field(slot).required_when;
        if (text.empty()) continue;
        // It was checked when it was defined; one that no longer reads requires nothing.
        if (auto condition = formula::check_condition(text, scope)) made->push_back({slot, std::move(*condition)});
    }
    return list = std::move(made);
}

Result<void> Conditions::check(Work& work, const Object& object, const Record* before, const Record& next) const
{
    const auto list = of(work.desk, object);
    if (list->empty() || next.deleted()) return {};
    Problems problems;
    const auto& catalogue = *work.desk.catalogue;
    ViewSurroundings surroundings(work.unit, work.desk.moment, before == nullptr ? next.id() : Id{});
    for (const auto& one : *list) {
        if (!record::is_null(next.at(one.slot)) ||
            !is_met(catalogue, one.required, next, work.desk.moment, surroundings))
            continue;
        const bool lacked = before != nullptr && record::is_null(before->at(one.slot)) &&
                            is_met(catalogue, one.required, *before, work.desk.moment, surroundings);
        const std::string name{object.field(one.slot).name};
        if (!lacked) problems.push_back({"required", name, {{"name", name}}});
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

bool is_conditional(const Object& object)
{
    return std::ranges::any_of(
               object.fields(),
               [](const auto& field) { return !field.required_when.empty() || !field.shown_when.empty(); }) ||
           std::ranges::any_of(object.layout().sections,
                               [](const auto& section) { return !section.shown_when.empty(); });
}

namespace {

// The record as it would be with what was typed.
Record typed_into(const Desk& desk, const Object& object, const Record* current, const boost::json::value& values)
{
    Record draft = current != nullptr ? *current : Record(object);
    if (current == nullptr && object.owned() && desk.member) draft.set(record::slot_owner, desk.member);
    const auto* map = values.if_object();
    if (map == nullptr) return draft;
    for (const auto& [name, value] : *map) {
        const auto slot = object.slot(name);
        if (!slot || *slot < record::first_own_slot || desk.guard->field(object, *slot) < record::FieldLevel::edit)
            continue;
        if (auto read = record::from_wire(object.field(*slot), value, desk.organisation->base))
            draft.set(*slot, std::move(*read));
    }
    return draft;
}

}  // namespace

std::string form_answer(store::View& view, const Desk& desk, const Object& object, const Record* current,
                        const boost::json::value& values)
{
    const auto draft = typed_into(desk, object, current, values);
    const formula::Scope scope{.catalogue = *desk.catalogue,
                               .object = object,
                               .sight = desk.guard.get(),
                               .base = desk.organisation->base,
                               .back_end = formula::Scope::BackEnd::record};
    ViewSurroundings surroundings(view, desk.moment, Id{}, desk.guard.get());
    const auto answer = [&](std::string_view text, bool otherwise) {
        const auto condition = formula::check_condition(text, scope);
        return condition ? is_met(*desk.catalogue, *condition, draft, desk.moment, surroundings) : otherwise;
    };
    std::set<std::string_view> hidden, required;
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        const auto& field = object.field(slot);
        if (desk.guard->field(object, slot) == record::FieldLevel::hidden) continue;
        if (!field.shown_when.empty() && !answer(field.shown_when, true)) hidden.insert(field.name);
        if (!field.required_when.empty() && answer(field.required_when, false)) required.insert(field.name);
    }
    for (const auto& section : object.layout().sections) {
        if (section.shown_when.empty() || answer(section.shown_when, true)) continue;
        for (const auto word : section.fields)
            if (const auto slot = object.slot(word);
                slot && desk.guard->field(object, *slot) != record::FieldLevel::hidden)
                hidden.insert(word);
    }
    // What must be filled in is in sight, whatever the layout says.
    for (const auto word : required) hidden.erase(word);
    std::string out = R"({"hidden":[)";
    const auto append = [&](const std::set<std::string_view>& words) {
        for (const auto word : words) {
            if (out.back() != '[') out += ',';
            append_json_string(out, word);
        }
    };
    append(hidden);
    out += R"(],"required":[)";
    append(required);
    return out + "]}";
}

}  // namespace shangdao::engine
