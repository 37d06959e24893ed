// The cursor's JSON is our own: what does not read is a bug.
#include "engine/import/progress.h"

#include <boost/json.hpp>

#include <algorithm>

#include "base/json.h"
#include "engine/kept_problem.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

json::object counts_json(const ImportCounts& counts)
{
    return {{"created", counts.created}, {"updated", counts.updated}, {"skipped", counts.skipped}, {"refused", counts.refused}};
}

json::array objects_json(const ImportProgress& progress)
{
    json::array out;
    for (const auto& [object, counts] : progress.objects) {
        auto entry = counts_json(counts);
        entry["object"] = object;
        out.emplace_back(std::move(entry));
    }
    return out;
}

json::array problems_json(const ImportProgress& progress)
{
    json::array out;
    for (const auto& one : progress.problems) {
        auto entry = kept_problem(one.problem);
        entry["file"] = one.file;
        entry["row"] = one.row;
        entry["column"] = one.column;
        out.emplace_back(std::move(entry));
    }
    return out;
}

std::string text(const json::value& value) { return std::string{value.as_string()}; }

ImportCounts counts_of(const json::object& entry)
{
    const auto whole = [&](const char* name) { return entry.at(name).to_number<std::int64_t>(); };
    return {.created = whole("created"), .updated = whole("updated"), .skipped = whole("skipped"), .refused = whole("refused")};
}

}  // namespace

ImportCounts ImportProgress::counts() const
{
    ImportCounts all;
    for (const auto& [object, counts] : objects) all.add(counts);
    return all;
}

void ImportProgress::add(const ImportObject& object, const ImportChunk& chunk)
{
    auto known = std::ranges::find(objects, object.object, [](const auto& one) { return one.first; });
    if (known == objects.end()) known = objects.insert(objects.end(), {object.object, {}});
    known->second.add(chunk.counts);
    for (const auto& row : chunk.refused)
        for (const auto& [heading, problem] : row.problems)
            if (problems.size() < import_problems_shown) problems.push_back({object.file, row.row, heading, problem});
    append(trail.events, chunk.events);
    place = chunk.position;
    if (!chunk.finished) return;
    place.reset();
    ++step;
}

std::string to_json(const ImportProgress& progress)
{
    json::object out{{"step", progress.step}, {"total", progress.total}, {"refused_bytes", progress.refused_bytes}, {"objects", objects_json(progress)}, {"problems", problems_json(progress)}};
    keep_trail(out, progress.trail);
    json::array headings;
    for (const auto& names : progress.headings) headings.emplace_back(json::array(names.begin(), names.end()));
    out["headings"] = std::move(headings);
    if (progress.place) out["place"] = exchange::to_string(*progress.place);
    return json::serialize(out);
}

ImportProgress import_progress(std::string_view cursor)
{
    ImportProgress progress;
    if (cursor.empty()) return progress;
    const auto value = json::parse(cursor);
    const auto& map = value.as_object();
    progress.step = map.at("step").to_number<std::size_t>();
    progress.total = map.at("total").to_number<std::int64_t>();
    progress.refused_bytes = map.at("refused_bytes").to_number<std::int64_t>();
    for (const auto& entry : map.at("objects").as_array()) progress.objects.emplace_back(text(entry.at("object")), counts_of(entry.as_object()));
    for (const auto& entry : map.at("problems").as_array()) {
        const auto& kept = entry.as_object();
        progress.problems.push_back({.file = text(kept.at("file")), .row = kept.at("row").to_number<std::int64_t>(), .column = text(kept.at("column")), .problem = problem_of(kept)});
    }
    progress.trail = trail_of(map);
    for (const auto& names : map.at("headings").as_array()) {
        auto& of_step = progress.headings.emplace_back();
        for (const auto& name : names.as_array()) of_step.push_back(text(name));
    }
    if (const auto* place = map.if_contains("place")) progress.place = exchange::parse_sheet_position(text(*place));
    return progress;
}

std::string import_result(const ImportProgress& progress, ImportMode mode, std::optional<Id> import)
{
    json::object out;
    if (import) out["import"] = to_string(*import);
    out["dry_run"] = mode == ImportMode::dry_run;
    out["counts"] = counts_json(progress.counts());
    out["objects"] = objects_json(progress);
    out["problems"] = problems_json(progress);
    out["refused_rows"] = progress.counts().refused;
    return json::serialize(out);
}

}  // namespace shangdao::engine
