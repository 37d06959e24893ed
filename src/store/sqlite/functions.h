// Functions our SQL calls beyond SQLite's own. Pure, so that one expression gives one answer everywhere.
#pragma once

#include <sqlite3.h>

namespace shangdao::store::sqlite {

// What sqlite3_bind_pointer names a record::OwnerSet.
inline constexpr const char* owner_set_pointer_type = "shangdao_owner_set";

//   visible(owners, owner)       1 when the set bound as a pointer holds the owner; null is in no set
//   maybe_visible(owners, mark)  0 when the set holds no owner with this mark (record/owner_set.h)
//   match_key(text), pinyin_sort_key(text)      as base/text.h; for conditions and for filling new columns of old rows
// those of formula_functions.h, and the table of id_table.h.
void add_functions(sqlite3* handle);

}  // namespace shangdao::store::sqlite
