// Free pages – what lies in them is overwritten without rewriting the file: a table of zeros takes them all and gives them back. SQLite itself
// overwrites what it deletes only where it writes the page anyway (PRAGMA secure_delete = FAST).
#pragma once

#include "store/sqlite/connection.h"

namespace shangdao::store::sqlite {

// Some MiB of them a call, in a transaction; false when none is left.
bool fill_free_pages(Connection& connection);
// The other way, after that; false when all are given back. What a process that was killed left behind goes with them.
bool give_back_pages(Connection& connection);

}  // namespace shangdao::store::sqlite
