#include "store/sqlite/schema.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/require.h"
#include "store/sql/statement.h"
#include "store/sqlite/ledger.h"
#include "store/sqlite/search_index.h"
#include "store/sqlite/totals.h"

namespace shangdao::store::sqlite {
namespace {

constexpr std::int64_t format_now = 2;   // 2: a text index for each object, search_doc keeps texts

// Tables of the machinery itself. Ids are unique over all objects, so `id` alone names a record.
constexpr std::string_view machinery = R"(
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE object_number (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE event (seq INTEGER PRIMARY KEY, recorded_at INTEGER NOT NULL, happened_at INTEGER NOT NULL, actor INTEGER NOT NULL,
    on_behalf INTEGER NOT NULL, via INTEGER NOT NULL, request TEXT, object INTEGER NOT NULL, id INTEGER NOT NULL, ids BLOB,
    verb TEXT NOT NULL, reason TEXT, cause INTEGER NOT NULL, packing INTEGER NOT NULL, changes BLOB, salt BLOB, digest BLOB,
    hash BLOB NOT NULL);
CREATE INDEX event_of_record ON event (id) WHERE id <> 0;
CREATE TABLE event_record (id INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (id, seq)) WITHOUT ROWID;
CREATE TABLE search_pending (id INTEGER PRIMARY KEY, object INTEGER NOT NULL);
CREATE TABLE total (object INTEGER NOT NULL, field TEXT NOT NULL, choice TEXT NOT NULL, owner INTEGER NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (object, field, choice, owner)) WITHOUT ROWID;
)";

std::string meta(Connection& connection, std::string_view name)
{
    auto query = connection.prepare("SELECT value FROM meta WHERE name = ?1");
    query.bind(1, name);
    return query.step() ? std::string{query.text(0)} : std::string{};
}

void set_meta(Connection& connection, std::string_view name, std::string_view value)
{
    connection.prepare("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(1, name)
        .bind(2, value)
        .run();
}

bool has_table(Connection& connection, std::string_view name)
{
    auto query = connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1");
    query.bind(1, name);
    return query.step();
}

std::int64_t format_of(Connection& connection)
{
    std::int64_t format = 0;
    const auto text = meta(connection, "format");
    std::from_chars(text.data(), text.data() + text.size(), format);
    return format;
}

std::unexpected<Problems> too_new(std::int64_t format)
{
    return refuse("store_too_new", {}, {{"format", std::to_string(format)}, {"known", std::to_string(format_now)}});
}

Result<void> found_machinery(Connection& connection)
{
    if (!has_table(connection, "meta")) connection.execute(machinery);
    else if (const auto format = format_of(connection); format > format_now) return too_new(format);
    set_meta(connection, "format", std::to_string(format_now));
    auto tokenizer = meta(connection, "tokenizer");
    renew_index(connection, tokenizer);
    set_meta(connection, "tokenizer", tokenizer);
    return {};
}

std::string table_name(const Object& object)
{
    return sql::table_of(object);
}

std::string create_table(const TableLayout& table)
{
    std::string columns;
    for (std::size_t slot = 0; slot < table.slots.size(); ++slot)
        for (const auto& column : sql::columns_of(*table.object, slot)) {
            if (!columns.empty()) columns += ", ";
            columns += fmt::format("{} {}{}", in_quotes(column.name), column.sqlite_type, column.name == "id" ? " PRIMARY KEY" : "");
        }
    return fmt::format("CREATE TABLE {} ({})", table.table, columns);
}

// Fills the keys that a text gains when it becomes unique, ordered or the name.
void fill_key(Connection& connection, const TableLayout& table, const SlotLayout& slot, std::size_t offset)
{
    const auto text = in_quotes(slot.columns.front());
    connection.execute(fmt::format("UPDATE {} SET {} = {}({}) WHERE {} IS NOT NULL", table.table, in_quotes(slot.columns[offset]),
                                   offset == slot.key ? "match_key" : "pinyin_sort_key", text, text));
}

// Names and types of the columns of a table; none when there is no such table.
std::map<std::string, std::string, std::less<>> columns_there(Connection& connection, const TableLayout& table)
{
    std::map<std::string, std::string, std::less<>> there;
    auto query = connection.prepare("SELECT name, type FROM pragma_table_info(?1)");
    const auto name = table_name(*table.object);
    query.bind(1, name);
    while (query.step()) there.emplace(query.text(0), query.text(1));
    return there;
}

Result<void> add_columns(Connection& connection, const TableLayout& table)
{
    const auto there = columns_there(connection, table);
    for (std::size_t slot = 0; slot < table.slots.size(); ++slot) {
        const auto& layout = table.slots[slot];
        std::size_t offset = 0;
        for (const auto& column : sql::columns_of(*table.object, slot)) {
            if (const auto found = there.find(column.name); found == there.end()) {
                connection.execute(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", table.table, in_quotes(column.name), column.sqlite_type));
                if (offset != 0 && (offset == layout.sort || offset == layout.key)) fill_key(connection, table, layout, offset);
            } else if (found->second != column.sqlite_type) {
                return refuse("definition_conflict", fmt::format("{}.{}", table.object->name(), table.object->field(slot).name), {{"reason", "type"}});
            }
            ++offset;
        }
    }
    return {};
}

Result<void> check_unique(Connection& connection, const TableLayout& table, std::size_t slot)
{
    const auto column = table.unique_column(slot);
    auto query = connection.prepare(fmt::format(
        "SELECT 1 FROM {} WHERE deleted_at IS NULL AND {} IS NOT NULL GROUP BY {} HAVING count(*) > 1 LIMIT 1", table.table, column, column));
    if (!query.step()) return {};
    return refuse("definition_conflict", fmt::format("{}.{}", table.object->name(), table.object->field(slot).name), {{"reason", "duplicates"}});
}

Result<void> set_indexes(Connection& connection, const TableLayout& table)
{
    std::map<std::string, std::string> there;
    {
        auto query = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL");
        const auto name = table_name(*table.object);
        query.bind(1, name);
        while (query.step()) there.emplace(query.text(0), query.text(1));
    }
    std::map<std::string, std::string> wanted;
    for (auto& [name, sql] : indexes_of(table)) wanted.emplace(name, sql);
    for (const auto& [name, sql] : there)
        if (const auto found = wanted.find(name); found == wanted.end() || found->second != sql)
            connection.execute(fmt::format("DROP INDEX {}", in_quotes(name)));
    for (const auto slot : table.unique_slots) CHECK_OK(check_unique(connection, table, slot));
    for (const auto& [name, sql] : wanted)
        if (const auto found = there.find(name); found == there.end() || found->second != sql) connection.execute(sql);
    return {};
}

// A stored text that stands for what an object should be; work is done when it differs.
struct Fingerprints {
    std::string table, counted, searched;
};

Fingerprints fingerprints_of(const TableLayout& table)
{
    Fingerprints prints{.table = create_table(table), .counted = "", .searched = ""};
    for (const auto& [name, sql] : indexes_of(table)) prints.table += ";" + sql;
    for (const auto slot : table.counted_slots) prints.counted += "|" + table.slots[slot].columns.front();
    prints.counted += table.object->owned() ? "|by owner" : "|";
    prints.counted += cube_text(table);
    for (const auto slot : table.searched_slots) prints.searched += "|" + table.slots[slot].columns.front();
    prints.searched += fmt::format("|{}", search_tokenizer());   // so a new tokenizer queues every record
    return prints;
}

// True when the fingerprint of this kind had changed; it is then the stored one.
bool renew(Connection& connection, std::string_view kind, std::string_view object, const std::string& print)
{
    const auto name = fmt::format("{}:{}", kind, object);
    if (meta(connection, name) == print) return false;
    set_meta(connection, name, print);
    return true;
}

Result<void> migrate_object(Connection& connection, TableLayout& table, Migration& migration)
{
    const auto name = table.object->name();
    const auto prints = fingerprints_of(table);
    table.number = number_of(connection, name);
    const bool is_new = !has_table(connection, table_name(*table.object));
    if (renew(connection, "table", name, prints.table)) {
        if (is_new) connection.execute(create_table(table));
        else CHECK_OK(add_columns(connection, table));
        CHECK_OK(set_indexes(connection, table));
    }
    if (renew(connection, "counted", name, prints.counted)) {
        create_cube(connection, table);
        if (!is_new) {
            recount(connection, table);
            migration.recounted.push_back(table.number);
        }
    }
    create_index(connection, table);
    if (renew(connection, "searched", name, prints.searched) && !is_new && !table.searched_slots.empty())
        connection.execute(fmt::format("INSERT OR IGNORE INTO search_pending (id, object) SELECT id, {} FROM {}", table.number, table.table));
    return {};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> indexes_of(const TableLayout& table)
{
    std::vector<std::pair<std::string, std::string>> result;
    for (auto& index : sql::indexes_of(table))
        result.emplace_back(index.name, fmt::format("CREATE {}INDEX {} ON {} ({}) WHERE {}", index.unique ? "UNIQUE " : "", in_quotes(index.name), table.table,
                                                    fmt::join(index.columns, ", "), index.where));
    return result;
}

Result<Migration> migrate(Connection& connection, Layout& layout)
{
    require(connection.in_transaction(), "a migration runs in a transaction");
    CHECK_OK(found_machinery(connection));
    Migration migration;
    for (auto& table : layout.tables) CHECK_OK(migrate_object(connection, table, migration));
    return migration;
}

void set_order_aside(Connection& connection, const TableLayout& table)
{
    for (const auto& index : sql::indexes_of(table))
        if (index.for_lists) connection.execute(fmt::format("DROP INDEX IF EXISTS {}", in_quotes(index.name)));
    connection.prepare("DELETE FROM meta WHERE name = ?1").bind(1, fmt::format("table:{}", table.object->name())).run();
}

Result<void> recognise(Connection& connection, Layout& layout)
{
    if (!has_table(connection, "meta")) return refuse("store_outdated");
    if (const auto format = format_of(connection); format > format_now) return too_new(format);
    else if (format < format_now) return refuse("store_outdated");
    for (auto& table : layout.tables) {
        const auto name = table.object->name();
        const auto there = columns_there(connection, table);
        for (std::size_t slot = 0; slot < table.slots.size(); ++slot)
            for (const auto& column : sql::columns_of(*table.object, slot)) {
                const auto found = there.find(column.name);
                if (found == there.end() || found->second != column.sqlite_type) return refuse("store_outdated", std::string{name});
            }
        auto query = connection.prepare("SELECT number FROM object_number WHERE name = ?1");
        query.bind(1, name);
        require(query.step(), "an object with a table has a number");
        table.number = query.integer(0);
    }
    return {};
}

}  // namespace shangdao::store::sqlite
