// Not synced: after a power failure the last lines may be missing; the counts, which are in the store, are right.
#include "engine/import/refused_rows.h"

#include <boost/json.hpp>

#include <fstream>

#include "base/fault.h"
#include "engine/kept_problem.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

std::string line_of(const RefusedRow& row)
{
    json::array cells, problems;
    for (const auto& cell : row.cells) cells.emplace_back(cell);
    for (const auto& [heading, problem] : row.problems) {
        auto entry = kept_problem(problem);
        entry["column"] = heading;
        problems.emplace_back(std::move(entry));
    }
    return json::serialize(json::object{{"step", row.step}, {"row", row.row}, {"cells", std::move(cells)}, {"problems", std::move(problems)}}) + "\n";
}

std::string text(const json::value& value) { return std::string{value.as_string()}; }

RefusedRow row_of(const std::string& line)
{
    const auto value = json::parse(line);
    RefusedRow row{.step = value.at("step").to_number<std::size_t>(), .row = value.at("row").to_number<std::int64_t>(), .cells = {}, .problems = {}};
    for (const auto& cell : value.at("cells").as_array()) row.cells.push_back(text(cell));
    for (const auto& entry : value.at("problems").as_array()) {
        row.problems.emplace_back(text(entry.at("column")), problem_of(entry.as_object()));
    }
    return row;
}

}  // namespace

std::int64_t append_refused(const std::filesystem::path& path, std::int64_t length, std::span<const RefusedRow> rows)
{
    std::error_code error;
    if (std::filesystem::exists(path, error)) std::filesystem::resize_file(path, static_cast<std::uintmax_t>(length), error);
    if (rows.empty()) return length;
    std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary | std::ios::app);
    for (const auto& row : rows) {
        const auto line = line_of(row);
        out << line;
        length += std::ssize(line);
    }
    out.flush();
    if (!out) throw Fault(FaultKind::storage, "the file of refused rows cannot be written: " + path.string());
    return length;
}

void each_refused(const std::filesystem::path& path, const std::function<void(const RefusedRow&)>& take)
{
    std::ifstream in(path, std::ios::binary);
    for (std::string line; std::getline(in, line);) take(row_of(line));
}

}  // namespace shangdao::engine
