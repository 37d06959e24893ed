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
    return {{"created", counts.created},
            {"updated", counts.updated},
            {"skipped", counts.skipped},
            {"refused", counts.refused}};
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

json::object problem_json(const RowProblem& one)
{
    auto entry = kept_problem(one.problem);
    entry["file"] = one.file;
    entry["row"] = one.row;
    entry["column"] = one.column;
    return entry;
}

json::array problems_json(const std::vector<RowProblem>& problems)
{
    json::array out;
    for (const auto& one : problems) out.emplace_back(problem_json(one));
    return out;
}

json::array flaws_json(const std::vector<ColumnFlaw>& flaws)
{
    json::array out;
    for (const auto& flaw : flaws) {
        auto entry = problem_json(flaw.first);
        entry["rows"] = flaw.rows;
        out.emplace_back(std::move(entry));
    }
    return out;
}

json::array choices_json(const std::vector<NewChoices>& choices)
{
    json::array out;
    for (const auto& one : choices)
        out.emplace_back(json::object{
            {"object", one.object}, {"field", one.field}, {"words", json::array(one.words.begin(), one.words.end())}});
    return out;
}

std::string text(const json::value& value)
{
    return std::string{value.as_string()};
}

RowProblem row_problem(const json::object& kept)
{
    return {.file = text(kept.at("file")),
            .row = kept.at("row").to_number<std::int64_t>(),
            .column = text(kept.at("column")),
            .problem = problem_of(kept)};
}

ImportCounts counts_of(const json::object& entry)
{
    const auto whole = [&](const char* name) { return entry.at(name).to_number<std::int64_t>(); };
    return {.created = whole("created"),
            .updated = whole("updated"),
            .skipped = whole("skipped"),
            .refused = whole("refused")};
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
        for (const auto& [heading, problem] : row.problems) {
            if (problems.size() < import_problems_shown) problems.push_back({object.file, row.row, heading, problem});
            const auto flaw = std::ranges::find_if(flaws, [&](const ColumnFlaw& one) {
                return one.file == object.file && one.column == heading && one.code == problem.code;
            });
            if (flaw != flaws.end())
                ++flaw->rows;
            else if (flaws.size() < import_flaws_kept)
                flaws.push_back({object.file, heading, problem.code, 1, {object.file, row.row, heading, problem}});
        }
    append(trail.events, chunk.events);
    place = chunk.position;
    if (!chunk.finished) return;
    place.reset();
    ++step;
}

std::string to_json(const ImportProgress& progress)
{
    json::object out{{"step", progress.step},
                     {"total", progress.total},
                     {"refused_bytes", progress.refused_bytes},
                     {"objects", objects_json(progress)},
                     {"problems", problems_json(progress.problems)},
                     {"columns", flaws_json(progress.flaws)},
                     {"new_choices", choices_json(progress.choices)}};
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
    for (const auto& entry : map.at("objects").as_array())
        progress.objects.emplace_back(text(entry.at("object")), counts_of(entry.as_object()));
    for (const auto& entry : map.at("problems").as_array()) progress.problems.push_back(row_problem(entry.as_object()));
    // Imports of earlier versions did not keep these.
    if (const auto* flaws = map.if_contains("columns"))
        for (const auto& entry : flaws->as_array()) {
            const auto first = row_problem(entry.as_object());
            progress.flaws.push_back(
                {first.file, first.column, first.problem.code, entry.at("rows").to_number<std::int64_t>(), first});
        }
    if (const auto* added = map.if_contains("new_choices"))
        for (const auto& entry : added->as_array()) {
            auto& one =
                progress.choices.emplace_back(NewChoices{text(entry.at("object")), text(entry.at("field")), {}});
            for (const auto& word : entry.at("words").as_array()) one.words.push_back(text(word));
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
    out["problems"] = problems_json(progress.problems);
    out["columns"] = flaws_json(progress.flaws);
    out["new_choices"] = choices_json(progress.choices);
    out["refused_rows"] = progress.counts().refused;
    return json::serialize(out);
}

}  // namespace shangdao::engine
