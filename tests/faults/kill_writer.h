// A process that writes without end until it is killed, and says on its standard output what was acknowledged; and the other
// side, which starts it, kills it and reads what it said.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "store/sqlite/sqlite_store.h"

namespace shangdao::store::contract {

SqliteOptions fault_options(const std::filesystem::path& file);

// The child's whole life: `threads` writers, each waiting for its answer before the next unit. A unit is a pair of boats and
// their event, so a half shows. Every acknowledged unit is one line "<first id> <second id>"; the first line is "ready".
int write_until_killed(const std::filesystem::path& file, int threads);

// Definitions of a second version: a further field with its keys, its indexes and its words in search.
std::shared_ptr<const record::Catalogue> wider_catalogue();
// Opens the file under them and ends: what a new version of the program does first.
int migrate_and_end(const std::filesystem::path& file);

struct Pair {
    Id first, second;
};

struct Killed {
    std::vector<Pair> acknowledged;
    bool ready = false;
};

// Runs `command` (argv), kills it `after_ms` after it was ready (never when negative: it must die by itself), and gives what
// it acknowledged. A last line that was cut is left out.
Killed run_and_kill(const std::vector<std::string>& command, int after_ms);

}  // namespace shangdao::store::contract
