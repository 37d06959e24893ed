// Rules of processes and versions, the verb publish, default processes, and stages as choices.
#include "sales/process/process/process_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sales/process/objects.h"
#include "sales/process/process/process.h"
#include "sales/process/stage_engine/default_processes.h"
#include "sales/process/stage_engine/process_document.h"

namespace shangdao::process {

namespace {

Result<void> keep(const Record* before, const Record& next, std::size_t slot, std::string_view name)
{
    if (before == nullptr || before->at(slot) == next.at(slot)) return {};
    return refuse("immutable_field", std::string{name}, {{"name", std::string{name}}});
}

std::int64_t number_of(const Record& version)
{
    const auto* number = version.get(ProcessVersion::number);
    return number == nullptr ? 0 : number->units;
}

std::vector<Record> all_records(store::View& view, const Object& object)
{
    store::Select select{.from = &object};
    select.limit = 10'000;
    return view.records(select, {});
}

// The number after the highest one among the versions of `process`.
std::int64_t next_number(Work& work, Id process)
{
    std::int64_t highest = 0;
    for (const auto& version : all_records(work.unit, work.desk.catalogue->at("process_version")))
        if (const auto* of = version.get(ProcessVersion::process); of != nullptr && *of == process) highest = std::max(highest, number_of(version));
    return highest + 1;
}

}  // namespace

Result<void> check_process(Work&, const Object&, const Record* before, Record& next, const Occasion&)
{
    CHECK_OK(keep(before, next, Process::key.slot, "key"));
    CHECK_OK(keep(before, next, Process::runs_on.slot, "runs_on"));
    if (before == nullptr && next.get(Process::active) == nullptr) next.set(Process::active, true);
    return {};
}

Result<void> check_version(Work& work, const Object&, const Record* before, Record& next, const Occasion&)
{
    CHECK_OK(keep(before, next, ProcessVersion::document.slot, "document"));
    CHECK_OK(keep(before, next, ProcessVersion::process.slot, "process"));
    const auto* text = next.get(ProcessVersion::document);
    const auto* id = next.get(ProcessVersion::process);
    if (before != nullptr || text == nullptr || id == nullptr) return {};

    const auto& catalogue = *work.desk.catalogue;
    const auto process = work.unit.find(catalogue.at("process"), *id);
    const auto* runs_on = process ? process->get(Process::runs_on) : nullptr;
    if (runs_on == nullptr) return refuse("unknown_reference", "process", {{"id", to_string(*id)}, {"object", "process"}});
    TRY(auto document, process_document_from_json(*text));
    CHECK_OK(compile(document, catalogue, catalogue.at(runs_on->key), work.desk.organisation->base));

    const auto number = next_number(work, *id);
    const auto* name = process->get(Process::name);
    next.set(ProcessVersion::number, Number{number, 0});
    next.set(ProcessVersion::name, fmt::format("{} v{}", name == nullptr ? "" : *name, number));
    return {};
}

Result<Record> perform_publish(Work& work, const engine::Records& records, const Object& object, const Record& current, const std::string& document)
{
    const record::Changes values{{ProcessVersion::process.slot, current.id()}, {ProcessVersion::document.slot, document}};
    TRY(const auto version, records.create(work, work.desk.catalogue->at("process_version"), values));
    return records.put(work, object, current, {{Process::active_version.slot, version.id()}}, {.verb = "published"});
}

namespace {

// One process of an object is its default: the one made so last.
Result<void> yield_default(Work& work, const engine::Records& records, const Object& object, const Record* before, const Record& now)
{
    const auto is_default = [](const Record& process) {
        const auto* flag = process.get(Process::is_default);
        return flag != nullptr && *flag;
    };
    if (!is_default(now) || (before != nullptr && is_default(*before))) return {};
    for (const auto& other : all_records(work.unit, object))
        if (other.id() != now.id() && is_default(other) && other.at(Process::runs_on.slot) == now.at(Process::runs_on.slot))
            CHECK_OK(records.put(work, object, other, {{Process::is_default.slot, false}}, {}));
    return {};
}

}  // namespace

void add_process_behaviours(engine::Behaviours& behaviours, engine::Records& records)
{
    auto& process = behaviours.of("process");
    process.rules = {check_process};
    process.aftermaths.emplace_back([&records](Work& work, const Object& object, const Record* before, const Record& now, const Occasion&) {
        return yield_default(work, records, object, before, now);
    });
    process.verbs["publish"] = [&records](Work& work, const Object& object, const Record& current, const engine::Arguments& arguments) {
        return perform_publish(work, records, object, current, *arguments.get<std::string>("document"));
    };
    behaviours.of("process_version").rules = {check_version};
}

namespace {

struct StageWord {
    std::string key;
    OwnedLabel name;
    std::int64_t rank = 0;   // place in its version; stages sort by it
};

using StageWords = std::map<std::string, std::vector<StageWord>, std::less<>>;   // by object

void add_stages(StageWords& words, std::string_view object, std::string_view document)
{
    const auto read = process_document_from_json(document);
    if (!read) return;   // a stored document was checked; one that no longer reads gives no choices
    auto& list = words[std::string{object}];
    for (std::size_t i = 0; i < read->stages.size(); ++i) {
        const auto known = std::ranges::find(list, read->stages[i].key, &StageWord::key);
        if (known != list.end()) known->name = read->stages[i].name;
        else list.push_back({read->stages[i].key, read->stages[i].name, static_cast<std::int64_t>(i)});
    }
}

StageWords stages_of(store::View& view)
{
    StageWords words;
    std::map<std::int64_t, std::string> runs_on;
    for (const auto& process : all_records(view, view.catalogue().at("process")))
        if (const auto* object = process.get(Process::runs_on)) runs_on[process.id().value] = object->key;
    auto versions = all_records(view, view.catalogue().at("process_version"));
    std::ranges::sort(versions, {}, [](const Record& version) { return number_of(version); });   // newest labels win
    for (const auto& version : versions) {
        const auto* process = version.get(ProcessVersion::process);
        const auto* document = version.get(ProcessVersion::document);
        if (process != nullptr && document != nullptr && runs_on.contains(process->value)) add_stages(words, runs_on[process->value], *document);
    }
    return words;
}

}  // namespace

void fill_choices(store::View* view, record::CatalogueBuilder& builder)
{
    auto words = view == nullptr ? StageWords{} : stages_of(*view);
    for (const auto& process : default_processes())
        if (!words.contains(process.runs_on)) add_stages(words, process.runs_on, process.document);

    std::vector<record::Choice> all;
    for (const auto& [object, list] : words) {
        auto sorted = list;
        std::ranges::sort(sorted, {}, [](const StageWord& word) { return std::pair{word.rank, std::string_view{word.key}}; });
        std::vector<record::Choice> choices;
        for (const auto& word : sorted) choices.push_back({.key = word.key, .label = {word.name.zh, word.name.en}});
        for (const auto& word : list)
            if (std::ranges::find(all, std::string_view{word.key}, &record::Choice::key) == all.end()) all.push_back({.key = word.key, .label = {word.name.zh, word.name.en}});
        builder.fill_choices("process", object, choices);
    }
    builder.fill_choices("process", "passage", std::move(all));
}

Result<void> seed(Work& work, const engine::Records& records)
{
    const auto& object = work.desk.catalogue->at("process");
    for (const auto& process : default_processes()) {
        if (work.unit.find_unique(object, Process::key.slot, std::string{process.key})) continue;
        const record::Changes values{{Process::name.slot, std::string{process.name.zh}},
                                     {Process::name_en.slot, std::string{process.name.en}},
                                     {Process::key.slot, std::string{process.key}},
                                     {Process::runs_on.slot, record::ChoiceKey{std::string{process.runs_on}}},
                                     {Process::is_default.slot, true}};
        TRY(const auto created, records.create(work, object, values));
        CHECK_OK(perform_publish(work, records, object, created, std::string{process.document}));
    }
    return {};
}

}  // namespace shangdao::process
