#include "store/sqlite/functions.h"

#include <string_view>

#include "base/require.h"
#include "base/text.h"
#include "record/sight.h"
#include "store/sqlite/formula_functions.h"
#include "store/sqlite/id_table.h"

namespace shangdao::store::sqlite {
namespace {

std::string_view text_of(sqlite3_value* value)
{
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return {text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void visible(sqlite3_context* context, int, sqlite3_value** arguments)
{
    const auto* owners = static_cast<const record::OwnerSet*>(sqlite3_value_pointer(arguments[0], owner_set_pointer_type));
    const bool seen = owners != nullptr && sqlite3_value_type(arguments[1]) == SQLITE_INTEGER &&
                      owners->contains(Id{sqlite3_value_int64(arguments[1])});
    sqlite3_result_int(context, seen ? 1 : 0);
}

void maybe_visible(sqlite3_context* context, int, sqlite3_value** arguments)
{
    const auto* owners = static_cast<const record::OwnerSet*>(sqlite3_value_pointer(arguments[0], owner_set_pointer_type));
    sqlite3_result_int(context, owners != nullptr && owners->may_contain(sqlite3_value_int64(arguments[1])) ? 1 : 0);
}

void key_of_text(sqlite3_context* context, int, sqlite3_value** arguments)
{
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
    const auto key = match_key(text_of(arguments[0]));
    sqlite3_result_text64(context, key.data(), key.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void sort_key_of_text(sqlite3_context* context, int, sqlite3_value** arguments)
{
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
    const auto key = pinyin_sort_key(text_of(arguments[0]));
    sqlite3_result_blob64(context, key.data(), key.size(), SQLITE_TRANSIENT);
}

}  // namespace

void add_functions(sqlite3* handle)
{
    const auto add = [handle](const char* name, int arguments, void (*function)(sqlite3_context*, int, sqlite3_value**)) {
        const int code = sqlite3_create_function_v2(handle, name, arguments, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                                    nullptr, function, nullptr, nullptr, nullptr);
        require(code == SQLITE_OK, "an SQL function could not be added");
    };
    add_formula_functions(handle);
    add_id_table(handle);
    add("visible", 2, visible);
    add("maybe_visible", 2, maybe_visible);
    add("match_key", 1, key_of_text);
    add("pinyin_sort_key", 1, sort_key_of_text);
}

}  // namespace shangdao::store::sqlite
