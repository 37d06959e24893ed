// The table of an import's refused rows, for the person who mends them: file, row, the reasons, then the cells as they were
// read, under their headings.
#pragma once

#include "engine/import/import_job.h"

namespace shangdao::engine {

// Writes the file at `table` in a format of that name (exchange/formats.h), guarded against formulas. With several objects in the
// plan each begins with a line of its own headings. `say` makes the sentence of a problem. A path that cannot be written is a Fault.
// Refusal file_format_unknown.
Result<void> write_refused_table(const Engine& engine, const ImportRecord& import, std::string_view format, const std::filesystem::path& table, Language language,
                                 const std::function<std::string(const Problem&)>& say);

}  // namespace shangdao::engine
