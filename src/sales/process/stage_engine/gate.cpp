// Evaluating gates. Hints and warnings never stop anybody, so they are looked up but only told.
#include "sales/process/stage_engine/gate.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "formula/check.h"

namespace shangdao::process {

namespace json = boost::json;

bool met(const GateCheck& check, const record::Record& record, const Scene& scene)
{
    const auto result = formula::holds(scene.catalogue, check.condition, record, scene.moment, scene.surroundings);
    return result && *result;
}

void add_misses(Misses& misses, const Stage& stage, const std::vector<GateCheck>& checks, const record::Record& record, const Scene& scene)
{
    for (const auto& check : checks)
        if (!met(check, record, scene)) misses.push_back({&stage, &check});
}

Misses misses_between(const ProcessDocument& document, std::size_t from, std::size_t to, const record::Record& record, const Scene& scene)
{
    Misses misses;
    for (std::size_t i = from; i < to; ++i) {
        add_misses(misses, document.stages[i], document.stages[i].exit, record, scene);
        if (i + 1 < document.stages.size()) add_misses(misses, document.stages[i + 1], document.stages[i + 1].entry, record, scene);
    }
    return misses;
}

bool blocks(const Misses& misses)
{
    return std::ranges::any_of(misses, [](const Miss& miss) { return miss.check->strength == Strength::block; });
}

ToldCheck told_check(const GateCheck& check, std::size_t place, const engine::Desk& desk, const record::Object& object)
{
    const bool chinese = desk.language == Language::zh;
    const formula::Scope scope{.catalogue = *desk.catalogue, .object = object, .sight = desk.guard.get(), .base = desk.organisation->base};
    if (formula::check_condition(check.formula, scope)) return {check.key, check.field, chinese ? check.say.zh : check.say.en};
    return {fmt::format("hidden_{}", place), {}, chinese ? "还有一项须由他人补充" : "Something is left for others to fill in"};
}

Problems gate_problems(const Misses& misses, const engine::Desk& desk, const record::Object& object)
{
    Problems problems;
    for (const auto& miss : misses) {
        auto told = told_check(*miss.check, problems.size(), desk, object);
        problems.push_back({"gate_unmet", std::move(told.field),
                            {{"key", std::move(told.key)}, {"stage", miss.stage->key}, {"strength", std::string{strength_name(miss.check->strength)}}, {"say", std::move(told.say)}}});
    }
    return problems;
}

std::string debt_to_json(const Misses& misses)
{
    if (misses.empty()) return {};
    json::array debt;
    for (const auto& miss : misses)
        debt.push_back(json::object{{"stage", miss.stage->key}, {"key", miss.check->key}, {"strength", strength_name(miss.check->strength)}});
    return json::serialize(debt);
}

Misses debt_from_json(std::string_view text, const ProcessDocument& document)
{
    Misses misses;
    boost::system::error_code error;
    const auto debt = json::parse(text, error);
    if (error || !debt.is_array()) return misses;
    for (const auto& entry : debt.as_array()) {
        const auto* map = entry.if_object();
        const auto* stage_key = map == nullptr ? nullptr : map->if_contains("stage");
        const auto* key = map == nullptr ? nullptr : map->if_contains("key");
        if (stage_key == nullptr || key == nullptr || !stage_key->is_string() || !key->is_string()) continue;
        const auto index = document.find(stage_key->as_string());
        if (!index) continue;
        const auto& stage = document.stages[*index];
        for (const auto* list : {&stage.entry, &stage.exit})
            for (const auto& check : *list)
                if (check.key == std::string_view{key->as_string()}) misses.push_back({&stage, &check});
    }
    return misses;
}

namespace {

void compile_check(GateCheck& check, const formula::Scope& scope, const std::string& place, Problems& problems)
{
    auto condition = formula::check_condition(check.formula, scope);
    if (!condition) {
        for (auto problem : condition.error()) {
            problem.field = place;
            problems.push_back(std::move(problem));
        }
        return;
    }
    check.condition = std::move(*condition);
    if (!check.say.zh.empty()) return;
    const auto slot = scope.object.slot(check.field);
    if (check.kind == GateCheck::Kind::field && slot) {
        const auto& label = scope.object.field(*slot).label;
        check.say = {fmt::format("请填写{}", label.zh), fmt::format("Fill in: {}", label.en)};
    } else {
        check.say = {fmt::format("须满足：{}", check.formula), fmt::format("Must hold: {}", check.formula)};
    }
}

}  // namespace

Result<void> compile(ProcessDocument& document, const record::Catalogue& catalogue, const record::Object& object, Currency base)
{
    Problems problems;
    const formula::Scope scope{.catalogue = catalogue, .object = object, .sight = nullptr, .base = base};
    for (std::size_t i = 0; i < document.stages.size(); ++i) {
        auto& stage = document.stages[i];
        for (std::size_t k = 0; k < stage.entry.size(); ++k) compile_check(stage.entry[k], scope, fmt::format("stages[{}].entry[{}]", i, k), problems);
        for (std::size_t k = 0; k < stage.exit.size(); ++k) compile_check(stage.exit[k], scope, fmt::format("stages[{}].exit[{}]", i, k), problems);
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

}  // namespace shangdao::process
