// Apart – files of others are parsed in a process of their own: this same program, started for one file, which can read that file and a socket
// and nothing else (sandbox.h). A parser that a file has taken over holds neither keys nor records, and its end is a refusal of that file.
//
//     parent                                        worker: argv[1] = reading_word, descriptor 0 the socket, 3 the file
//     ReadOptions, seek, "more rows" ──────────────► the readers of formats.h
//     rows of cells, each with its position ◄──────
//
// What comes from the worker is trusted no more than the file: frames are bounded, read with bounds, and their text is checked to be UTF-8.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "exchange/formats.h"

namespace shangdao::exchange {

inline constexpr std::string_view reading_word = "read-sheet";

// Once, before any thread: from now on open_sheet and sheet_list of this process ask a worker, started as `program read-sheet`.
void read_sheets_apart(std::filesystem::path program);
// The worker itself; ends with its parent. Gives the exit code.
int read_sheet_for_parent();

namespace apart {

bool is_on();
// As the functions of formats.h. Refusal file_reader_failed when the worker ended, or took longer than anybody waits.
Result<std::vector<SheetName>> list(const SheetSource& source);
Result<std::unique_ptr<SheetReader>> open(const SheetSource& source, const ReadOptions& options);

}  // namespace apart
}  // namespace shangdao::exchange
