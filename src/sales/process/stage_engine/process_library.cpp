// Finding and compiling process versions.
#include "sales/process/stage_engine/process_library.h"

#include "sales/process/process/process.h"

namespace shangdao::process {

namespace {

using engine::Record;

bool is_usable(const std::optional<Record>& process, std::string_view object)
{
    if (!process || process->deleted()) return false;
    const auto* runs_on = process->get(Process::runs_on);
    const auto* active = process->get(Process::active);
    return runs_on != nullptr && runs_on->key == object && (active == nullptr || *active) && process->get(Process::active_version) != nullptr;
}

}  // namespace

Result<std::shared_ptr<const ProcessPlan>> ProcessLibrary::plan(store::View& view, const record::Catalogue& catalogue, Currency base, Id version)
{
    const std::scoped_lock lock(mutex_);
    if (epoch_ != catalogue.epoch()) {
        epoch_ = catalogue.epoch();
        shelves_.clear();
        defaults_.clear();
    }
    if (const auto known = shelves_.find(version.value); known != shelves_.end()) return known->second;

    const auto record = view.find(catalogue.at("process_version"), version);
    const auto* text = record ? record->get(ProcessVersion::document) : nullptr;
    const auto* process = record ? record->get(ProcessVersion::process) : nullptr;
    if (text == nullptr || process == nullptr) return refuse("process_missing", "process");
    const auto owner = view.find(catalogue.at("process"), *process);
    const auto* runs_on = owner ? owner->get(Process::runs_on) : nullptr;
    if (runs_on == nullptr) return refuse("process_missing", "process");
    auto plan = std::make_shared<ProcessPlan>();
    plan->process = *process;
    plan->version = version;
    if (const auto* number = record->get(ProcessVersion::number)) plan->number = number->units;
    TRY(plan->document, process_document_from_json(*text));
    CHECK_OK(compile(plan->document, catalogue, catalogue.at(runs_on->key), base));
    shelves_[version.value] = plan;
    return std::shared_ptr<const ProcessPlan>{std::move(plan)};
}

std::optional<Record> ProcessLibrary::default_process(store::View& view, const record::Catalogue& catalogue, std::string_view object)
{
    const auto& processes = catalogue.at("process");
    {
        const std::scoped_lock lock(mutex_);
        if (const auto known = epoch_ == catalogue.epoch() ? defaults_.find(object) : defaults_.end(); known != defaults_.end())
            if (auto process = view.find(processes, known->second); is_usable(process, object)) return process;
    }
    store::Select select{.from = &processes};
    select.limit = 1'000;
    std::optional<Record> found;
    for (auto& process : view.records(select, {})) {
        if (!is_usable(process, object)) continue;
        const auto* is_default = process.get(Process::is_default);
        const bool preferred = is_default != nullptr && *is_default;
        if (!found || preferred) found = std::move(process);
        if (preferred) break;
    }
    if (found) {
        const std::scoped_lock lock(mutex_);
        defaults_[std::string{object}] = found->id();
    }
    return found;
}

Result<std::shared_ptr<const ProcessPlan>> ProcessLibrary::plan_for_new(store::View& view, const record::Catalogue& catalogue, Currency base, std::string_view object,
                                                                        Id process)
{
    const auto record = process ? view.find(catalogue.at("process"), process) : default_process(view, catalogue, object);
    if (!is_usable(record, object)) return refuse("process_missing", "process");
    return plan(view, catalogue, base, *record->get(Process::active_version));
}

}  // namespace shangdao::process
