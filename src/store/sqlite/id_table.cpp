// An eponymous virtual table: column 0 is the id, column 1, hidden, the set. Without a set it has no rows.
#include "store/sqlite/id_table.h"

#include <memory>
#include <utility>

#include "base/require.h"
#include "record/owner_set.h"
#include "store/sqlite/functions.h"

namespace shangdao::store::sqlite {
namespace {

constexpr int id_column = 0, set_column = 1;

struct Cursor {
    sqlite3_vtab_cursor base{};
    const record::OwnerSet* ids = nullptr;
    decltype(std::declval<const record::OwnerSet&>().begin()) at{}, end{};
};

Cursor& of(sqlite3_vtab_cursor* cursor) { return *reinterpret_cast<Cursor*>(cursor); }

// Memory that runs out ends the process, as everywhere: nothing may be thrown through SQLite.
int connect(sqlite3* handle, void*, int, const char* const*, sqlite3_vtab** table, char**) noexcept
{
    const int code = sqlite3_declare_vtab(handle, "CREATE TABLE x(id INTEGER, ids HIDDEN)");
    if (code != SQLITE_OK) return code;
    sqlite3_vtab_config(handle, SQLITE_VTAB_DIRECTONLY);
    *table = std::make_unique<sqlite3_vtab>().release();
    return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table)
{
    const std::unique_ptr<sqlite3_vtab> gone(table);
    return SQLITE_OK;
}

int best_index(sqlite3_vtab*, sqlite3_index_info* asked)
{
    for (int i = 0; i < asked->nConstraint; ++i) {
        const auto& constraint = asked->aConstraint[i];
        if (constraint.iColumn != set_column || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        if (!constraint.usable) return SQLITE_CONSTRAINT;
        asked->aConstraintUsage[i] = {.argvIndex = 1, .omit = 1};
        asked->idxNum = 1;
        asked->estimatedCost = 500;
        asked->estimatedRows = 500;
        return SQLITE_OK;
    }
    asked->estimatedCost = 1;
    asked->estimatedRows = 0;
    return SQLITE_OK;
}

int open(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) noexcept
{
    *cursor = &std::make_unique<Cursor>().release()->base;
    return SQLITE_OK;
}

int close(sqlite3_vtab_cursor* cursor)
{
    const std::unique_ptr<Cursor> gone(&of(cursor));
    return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* cursor, int way, const char*, int, sqlite3_value** arguments)
{
    auto& here = of(cursor);
    here.ids = way == 1 ? static_cast<const record::OwnerSet*>(sqlite3_value_pointer(arguments[0], owner_set_pointer_type)) : nullptr;
    if (here.ids == nullptr) return SQLITE_OK;
    here.at = here.ids->begin();
    here.end = here.ids->end();
    return SQLITE_OK;
}

int next(sqlite3_vtab_cursor* cursor)
{
    ++of(cursor).at;
    return SQLITE_OK;
}

int is_over(sqlite3_vtab_cursor* cursor)
{
    const auto& here = of(cursor);
    return here.ids == nullptr || here.at == here.end ? 1 : 0;
}

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int which)
{
    if (which == id_column) sqlite3_result_int64(context, of(cursor).at->value);
    return SQLITE_OK;
}

int row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* id)
{
    *id = of(cursor).at->value;
    return SQLITE_OK;
}

constexpr sqlite3_module table{.iVersion = 0, .xCreate = nullptr, .xConnect = connect, .xBestIndex = best_index, .xDisconnect = disconnect, .xDestroy = nullptr, .xOpen = open,
                               .xClose = close, .xFilter = filter, .xNext = next, .xEof = is_over, .xColumn = column, .xRowid = row_id};

}  // namespace

void add_id_table(sqlite3* handle)
{
    require(sqlite3_create_module_v2(handle, "ids_of", &table, nullptr, nullptr) == SQLITE_OK, "the table of ids could not be added");
}

}  // namespace shangdao::store::sqlite
