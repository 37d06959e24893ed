// Rules of sharing, read from their records. The words of the object live in a room above; it is asked by name, as roles are.
#include <algorithm>

#include "engine/sharing/sharing.h"
#include "formula/check.h"
#include "formula/functions.h"

namespace shangdao::engine {

namespace {

using formula::Expression;
using formula::Op;

// What a condition must not read: another record, the moment, the reader.
const char* foreign_word(const Expression& e)
{
    if (e == nullptr) return nullptr;
    if (e->op == Op::aggregate) return "aggregate";
    if (e->op == Op::field && e->path.size() > 1) return "reference";
    if (e->op == Op::call && static_cast<formula::Function>(e->function) <= formula::Function::days_until) return formula::function_table()[e->function].name.data();
    for (const auto& part : e->args)
        if (const auto* word = foreign_word(part)) return word;
    return nullptr;
}

template <typename T> const T* value_at(const Record& record, const Object& rules, std::string_view field)
{
    const auto slot = rules.slot(field);
    return slot ? std::get_if<T>(&record.at(*slot)) : nullptr;
}

std::string_view key_at(const Record& record, const Object& rules, std::string_view field)
{
    const auto* key = value_at<record::ChoiceKey>(record, rules, field);
    return key == nullptr ? std::string_view{} : std::string_view{key->key};
}

SharingRule::Effect effect_named(std::string_view level)
{
    using enum SharingRule::Effect;
    return level == "edit" ? edit : level == "only" ? only : level == "lock" ? lock : read;
}

}  // namespace

Result<Expression> sharing_condition(const record::Catalogue& catalogue, const Object& object, std::string_view text, Currency base)
{
    TRY(auto condition, formula::check_condition(text, {.catalogue = catalogue, .object = object, .base = base}));
    if (const auto* word = foreign_word(condition)) return refuse("not_for_sharing", "criteria", {{"name", word}});
    return condition;
}

bool names_territory(const Object& object, std::size_t slot) { return object.field(slot).target == "territory" && object.shows(slot); }

std::vector<std::size_t> territory_slots(const Object& object)
{
    std::vector<std::size_t> slots;
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot)
        if (names_territory(object, slot)) slots.push_back(slot);
    return slots;
}

std::optional<SharingRule> sharing_rule_of(const record::Catalogue& catalogue, const Record& record, Currency base)
{
    const auto& rules = catalogue.at("sharing_rule");
    if (record.deleted()) return std::nullopt;
    if (const auto* active = value_at<bool>(record, rules, "active"); active == nullptr || !*active) return std::nullopt;
    const auto* name = value_at<std::string>(record, rules, "object");
    const auto* object = name == nullptr ? nullptr : catalogue.find(*name);
    if (object == nullptr || !object->owned()) return std::nullopt;

    const auto* called = value_at<std::string>(record, rules, "name");
    SharingRule rule{.name = called == nullptr ? std::string{} : *called, .object = object->index(), .effect = effect_named(key_at(record, rules, "level"))};
    const auto basis = key_at(record, rules, "basis");
    if (basis == "criteria") {
        const auto* text = value_at<std::string>(record, rules, "criteria");
        auto when = text == nullptr ? Result<Expression>{refuse("required")} : sharing_condition(catalogue, *object, *text, base);
        if (!when) return std::nullopt;
        rule.when = std::move(*when);
    } else if (basis == "all") {
        rule.basis = SharingRule::Basis::all;
    } else if (basis == "by_parent") {
        if (object->seen_through().empty()) return std::nullopt;
        rule.basis = SharingRule::Basis::by_parent;
    } else {
        const auto* from = value_at<Id>(record, rules, "from_group");
        if (from == nullptr) return std::nullopt;
        rule.basis = SharingRule::Basis::owners;
        rule.from = *from;
    }
    if (!rule.shares() && !rule.when) return std::nullopt;
    const auto audience = key_at(record, rules, "audience");
    const auto place = [&](SharingRule::Audience kind, std::string_view field) {
        const auto* id = value_at<Id>(record, rules, field);
        rule.audience = kind;
        rule.to = id == nullptr ? Id{} : *id;
        return id != nullptr;
    };
    if (audience == "everyone") {
        rule.audience = SharingRule::Audience::everyone;
        return rule;
    }
    if (audience == "group") return place(SharingRule::Audience::group, "to_group") ? std::optional{rule} : std::nullopt;
    if (audience == "team") return place(SharingRule::Audience::team, "to_team") ? std::optional{rule} : std::nullopt;
    rule.audience = audience == "role_and_below" ? SharingRule::Audience::role_and_below : SharingRule::Audience::role;
    rule.role = key_at(record, rules, "to_role");
    return rule.role.empty() ? std::nullopt : std::optional{rule};
}

}  // namespace shangdao::engine
