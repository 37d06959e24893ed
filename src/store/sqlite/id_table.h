// A set of ids as a table of SQL, so that rows are looked up by them instead of being asked one by one.
#pragma once

#include <sqlite3.h>

namespace shangdao::store::sqlite {

//   SELECT id FROM ids_of(?1)      ?1: a record::OwnerSet, bound as owner_set_pointer_type (functions.h); in no order
void add_id_table(sqlite3* handle);

}  // namespace shangdao::store::sqlite
