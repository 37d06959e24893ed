// An export as a job: the file waits beside the store for a day.
#pragma once

#include <boost/json/value.hpp>
#include <filesystem>
#include <string>
#include <string_view>

#include "engine/engine.h"

namespace shangdao::engine {

// Inside a unit: checks {"format":"xlsx|csv","filter","q","sort","fields":[…]} and queues the job; the runner wants a nudge
// after the commit. The job's result is {"rows":n,"name":"船-2026-03-02.xlsx","format":"xlsx"}. Refusals as export_list, export_budget_spent.
Result<Id> begin_export(Work& work, const Records& records, std::string_view plural, const boost::json::value& body);

// What a finished job made; refusal not_found when it made no file, gone when its day is over.
struct MadeFile {
    std::filesystem::path path;
    std::string name, format;
};
Result<MadeFile> file_of_job(const Engine& engine, const Record& job);

// Where a job makes its file; the directory is there. Old ones are removed on the way.
std::filesystem::path path_of_export(const Engine& engine, Id job, std::string_view format);

void add_export(Jobs& jobs);

}  // namespace shangdao::engine
