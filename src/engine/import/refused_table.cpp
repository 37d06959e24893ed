// The headings are in the progress, so the imported files need not be there any more.
#include "engine/import/refused_table.h"

#include <algorithm>

#include "base/require.h"
#include "engine/import/refused_rows.h"
#include "exchange/formats.h"

namespace shangdao::engine {

Result<void> write_refused_table(const Engine& engine, const ImportRecord& import, std::string_view format, const std::filesystem::path& table, Language language,
                                 const std::function<std::string(const Problem&)>& say)
{
    const auto plan = parse_plan(import.request.plan);
    require(plan.has_value(), "the plan of an import no longer reads");
    const auto& headings = import.progress.headings;
    std::size_t width = 0;
    for (const auto& names : headings) width = std::max(width, names.size());
    std::vector<exchange::Column> columns;
    for (const auto& label : {Label{"文件", "File"}, Label{"行", "Row"}, Label{"原因", "Reason"}}) columns.push_back({std::string{label.in(language)}, exchange::ColumnKind::text});
    for (std::size_t i = 0; i < width; ++i) columns.push_back({headings.size() == 1 ? headings.front()[i] : std::string{}, exchange::ColumnKind::text});
    TRY(const auto writer, exchange::open_writer(format, table, columns));
    std::optional<std::size_t> step = headings.size() == 1 ? std::optional<std::size_t>{0} : std::nullopt;
    const auto write = [&](const std::string& file, const std::string& row, const std::string& reason, const std::vector<std::string>& texts) {
        std::vector<exchange::WriteCell> cells{std::string_view{file}, std::string_view{row}, std::string_view{reason}};
        for (std::size_t i = 0; i < width; ++i) cells.push_back(i < texts.size() ? exchange::WriteCell{std::string_view{texts[i]}} : exchange::WriteCell{});
        writer->write(cells);
    };
    each_refused(refused_rows_path(engine, import.id), [&](const RefusedRow& refused) {
        if (step != refused.step && refused.step < headings.size()) {
            step = refused.step;
            write(plan->objects[refused.step].file, {}, {}, headings[refused.step]);
        }
        std::string reason;
        for (const auto& [heading, problem] : refused.problems) {
            if (!reason.empty()) reason += language == Language::zh ? "；" : "; ";
            if (!heading.empty()) reason += heading + (language == Language::zh ? "：" : ": ");
            reason += say(problem);
        }
        write(refused.step < plan->objects.size() ? plan->objects[refused.step].file : std::string{}, std::to_string(refused.row), reason, refused.cells);
    });
    writer->finish();
    return {};
}

}  // namespace shangdao::engine
