#include "store/postgres/schema.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/bytes.h"
#include "base/require.h"
#include "base/secret.h"
#include "base/text.h"
#include "store/postgres/formula_functions.h"
#include "store/sql/dialect_sql.h"
#include "store/sql/ledger.h"

namespace shangdao::store::postgres {
namespace {

constexpr std::int64_t format_now = 1;
constexpr std::size_t name_bytes_max = 63;    // the server cuts off the rest

// Tables of the machinery itself. Ids are unique over all objects, so `id` alone names a record.
constexpr std::string_view machinery[] = {
    "CREATE TABLE IF NOT EXISTS setting (name text PRIMARY KEY, value text NOT NULL)",
    "CREATE TABLE IF NOT EXISTS object_number (number bigint PRIMARY KEY, name text NOT NULL UNIQUE)",
    "CREATE TABLE IF NOT EXISTS event (seq bigint PRIMARY KEY, recorded_at bigint NOT NULL, happened_at bigint NOT NULL, actor bigint NOT NULL, on_behalf bigint NOT NULL, "
    "via smallint NOT NULL, request text, object bigint NOT NULL, id bigint NOT NULL, ids bytea, verb text NOT NULL, reason text, cause bigint NOT NULL, "
    "packing smallint NOT NULL, changes bytea, salt bytea, digest bytea, hash bytea NOT NULL)",
    "CREATE INDEX IF NOT EXISTS event_of_record ON event (id) WHERE id <> 0",
    "CREATE TABLE IF NOT EXISTS event_record (id bigint NOT NULL, seq bigint NOT NULL, PRIMARY KEY (id, seq))",
    "CREATE TABLE IF NOT EXISTS search_pending (id bigint PRIMARY KEY, object bigint NOT NULL)",
};

std::string meta(Connection& connection, std::string_view name)
{
    auto query = connection.prepare("SELECT value FROM meta WHERE name = ?1");
    query.bind(1, name);
    return query.step() ? std::string{query.text(0)} : std::string{};
}

void set_meta(Connection& connection, std::string_view name, std::string_view value)
{
    auto query = connection.prepare("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    query.bind(1, name).bind(2, value).run();
}

// True when the fingerprint of this name had changed; it is then the stored one.
bool renew(Connection& connection, const std::string& name, std::string_view print)
{
    if (meta(connection, name) == print) return false;
    set_meta(connection, name, print);
    return true;
}

Result<std::int64_t> format_of(Connection& connection)
{
    std::int64_t format = 0;
    const auto text = meta(connection, "format");
    std::from_chars(text.data(), text.data() + text.size(), format);
    if (format > format_now) return refuse("store_too_new", {}, {{"format", text}, {"known", std::to_string(format_now)}});
    return format;
}

Result<void> found_machinery(Connection& connection)
{
    connection.execute("CREATE TABLE IF NOT EXISTS meta (name text PRIMARY KEY, value bytea)");
    connection.execute("INSERT INTO meta (name, value) VALUES ('format', '0') ON CONFLICT DO NOTHING");
    lock(connection);
    TRY(const auto format, format_of(connection));
    if (format < format_now) {
        for (const auto statement : machinery) connection.execute(statement);
        set_meta(connection, "format", std::to_string(format_now));
    }
    const auto functions = formula_functions();
    if (renew(connection, "functions", fmt::format("{}", fmt::join(functions, ";"))))
        for (const auto& function : functions) connection.execute(function);
    return {};
}

std::string column_type(const sql::PhysicalColumn& column)
{
    const std::string_view type = column.postgres_type;
    return fmt::format("{} {}{}{}", in_quotes(column.name), type, type == "text" ? " COLLATE \"C\"" : "", column.name == "id" ? " PRIMARY KEY" : "");
}

std::vector<sql::PhysicalColumn> columns_of(const TableLayout& table)
{
    std::vector<sql::PhysicalColumn> columns;
    for (std::size_t slot = 0; slot < table.slots.size(); ++slot)
        for (auto& column : sql::columns_of(*table.object, slot)) columns.push_back(std::move(column));
    return columns;
}

std::string create_table(const TableLayout& table)
{
    std::vector<std::string> columns;
    for (const auto& column : columns_of(table)) columns.push_back(column_type(column));
    return fmt::format("CREATE TABLE IF NOT EXISTS {} ({})", table.table, fmt::join(columns, ", "));
}

// Fills the keys that a text gains when it becomes unique, ordered or the name: only the program can compute them.
void fill_keys(Connection& connection, const TableLayout& table, std::size_t slot)
{
    const auto& layout = table.slots[slot];
    const auto text = in_quotes(layout.columns.front());
    auto query = connection.prepare(fmt::format("SELECT id, {} FROM {} WHERE {} IS NOT NULL", text, table.table, text));
    while (query.step()) {
        std::string set;
        for (std::size_t i = 1; i < layout.columns.size(); ++i) set += fmt::format("{}{} = ?", i == 1 ? "" : ", ", in_quotes(layout.columns[i]));
        auto update = connection.prepare(fmt::format("UPDATE {} SET {} WHERE id = ?", table.table, set));
        int index = 1;
        for (std::size_t i = 1; i < layout.columns.size(); ++i) update.bind(index++, i == layout.sort ? pinyin_sort_key(query.text(1)) : match_key(query.text(1)));
        update.bind(index, query.integer(0)).run();
    }
}

// Names and types of the columns of a table.
std::map<std::string, std::string, std::less<>> columns_there(Connection& connection, const TableLayout& table)
{
    std::map<std::string, std::string, std::less<>> there;
    auto query = connection.prepare("SELECT attname::text, format_type(atttypid, NULL)::text FROM pg_attribute WHERE attrelid = to_regclass(?1) AND attnum > 0 AND NOT attisdropped");
    query.bind(1, table.table);
    while (query.step()) there.emplace(query.text(0), query.text(1));
    return there;
}

Result<void> add_columns(Connection& connection, const TableLayout& table)
{
    const auto there = columns_there(connection, table);
    for (std::size_t slot = 0; slot < table.slots.size(); ++slot) {
        bool key_is_new = false;
        for (const auto& column : sql::columns_of(*table.object, slot)) {
            if (const auto found = there.find(column.name); found == there.end()) {
                connection.execute(fmt::format("ALTER TABLE {} ADD COLUMN {}", table.table, column_type(column)));
                key_is_new = key_is_new || column.name != table.slots[slot].columns.front();
            } else if (found->second != column.postgres_type) {
                return refuse("definition_conflict", fmt::format("{}.{}", table.object->name(), table.object->field(slot).name), {{"reason", "type"}});
            }
        }
        if (key_is_new && there.contains(table.slots[slot].columns.front()) && table.slots[slot].type == record::Type::text) fill_keys(connection, table, slot);
    }
    return {};
}

Result<void> check_unique(Connection& connection, const TableLayout& table, std::size_t slot)
{
    const auto column = table.unique_column(slot);
    auto query = connection.prepare(fmt::format("SELECT 1 FROM {0} WHERE deleted_at IS NULL AND {1} IS NOT NULL GROUP BY {1} HAVING count(*) > 1 LIMIT 1", table.table, column));
    if (!query.step()) return {};
    return refuse("definition_conflict", fmt::format("{}.{}", table.object->name(), table.object->field(slot).name), {{"reason", "duplicates"}});
}

// A column as the compiler prints it in conditions and orders.
std::string indexed(const TableLayout& table, const std::string& column)
{
    const auto found = std::ranges::find_if(table.slots, [&](const auto& slot) { return in_quotes(slot.columns.front()) == column; });
    return sql::postgres_sql().column(column, found != table.slots.end() ? found->type : record::Type::text);
}

std::string name_of(const sql::IndexLayout& index)
{
    if (index.name.size() <= name_bytes_max) return index.name;
    return fmt::format("{}_{:x}", index.name.substr(0, name_bytes_max - 17), std::hash<std::string>{}(index.name));
}

// Name and statement of each index.
std::map<std::string, std::string> index_statements(const TableLayout& table)
{
    std::map<std::string, std::string> indexes;
    for (const auto& index : sql::indexes_of(table)) {
        std::vector<std::string> columns;
        for (const auto& column : index.columns) columns.push_back(indexed(table, column));
        const auto name = name_of(index);
        indexes.emplace(name, fmt::format("CREATE {}INDEX {} ON {} ({}) WHERE {}", index.unique ? "UNIQUE " : "", in_quotes(name), table.table, fmt::join(columns, ", "), index.where));
    }
    return indexes;
}

// Which indexes a table has the store keeps itself: name, line feed, statement, line feed.
std::map<std::string, std::string> split_lines(std::string_view text)
{
    std::map<std::string, std::string> lines;
    while (!text.empty()) {
        const auto name = text.substr(0, text.find('\n'));
        text.remove_prefix(name.size() + 1);
        const auto statement = text.substr(0, text.find('\n'));
        text.remove_prefix(statement.size() + 1);
        lines.emplace(name, statement);
    }
    return lines;
}

Result<void> set_indexes(Connection& connection, const TableLayout& table)
{
    const auto key = fmt::format("indexes:{}", table.object->name());
    const auto there = split_lines(meta(connection, key));
    const auto wanted = index_statements(table);
    for (const auto& [name, sql] : there)
        if (const auto found = wanted.find(name); found == wanted.end() || found->second != sql) connection.execute(fmt::format("DROP INDEX {}", in_quotes(name)));
    for (const auto slot : table.unique_slots) CHECK_OK(check_unique(connection, table, slot));
    std::string kept;
    for (const auto& [name, sql] : wanted) {
        if (const auto found = there.find(name); found == there.end() || found->second != sql) connection.execute(sql);
        kept += fmt::format("{}\n{}\n", name, sql);
    }
    set_meta(connection, key, kept);
    return {};
}

std::string searched_print(const TableLayout& table)
{
    std::string print;
    for (const auto slot : table.searched_slots) print += "|" + table.slots[slot].columns.front();
    return print + fmt::format("|{}", search_tokenizer_version);    // so a new tokenizer queues every record
}

Result<void> migrate_object(Connection& connection, TableLayout& table)
{
    const auto name = table.object->name();
    table.number = sql::number_of(connection, name);
    auto print = create_table(table);
    for (const auto& [index, sql] : index_statements(table)) print += ";" + sql;
    if (renew(connection, fmt::format("table:{}", name), print)) {
        connection.execute(create_table(table));
        CHECK_OK(add_columns(connection, table));
        CHECK_OK(set_indexes(connection, table));
    }
    if (table.searched_slots.empty() || !renew(connection, fmt::format("searched:{}", name), searched_print(table))) return {};
    connection.execute(fmt::format("CREATE TABLE IF NOT EXISTS {} (id bigint PRIMARY KEY, words tsvector NOT NULL)", table.search_table));
    connection.execute(fmt::format("CREATE INDEX IF NOT EXISTS {} ON {} USING gin (words) WITH (gin_pending_list_limit = 256)", in_quotes("w_" + sql::search_table_of(*table.object)), table.search_table));
    connection.execute(fmt::format("INSERT INTO search_pending (id, object) SELECT id, {} FROM {} ON CONFLICT DO NOTHING", table.number, table.table));
    return {};
}

}  // namespace

void lock(Connection& connection) { connection.execute("SELECT name FROM meta WHERE name = 'format' FOR UPDATE"); }

std::shared_ptr<Layout> layout_of(std::shared_ptr<const record::Catalogue> catalogue)
{
    auto layout = std::make_shared<Layout>();
    for (const auto& object : catalogue->objects()) layout->tables.push_back(sql::table_layout(object));
    layout->catalogue = std::move(catalogue);
    return layout;
}

Result<void> migrate(Connection& connection, Layout& layout)
{
    CHECK_OK(found_machinery(connection));
    for (auto& table : layout.tables) CHECK_OK(migrate_object(connection, table));
    connection.settle();
    return {};
}

Result<void> recognise(Connection& connection, Layout& layout)
{
    if (connection.integer("SELECT count(to_regclass('meta'))") == 0) return refuse("store_outdated");
    TRY(const auto format, format_of(connection));
    if (format < format_now) return refuse("store_outdated");
    for (auto& table : layout.tables) {
        const auto name = table.object->name();
        const auto there = columns_there(connection, table);
        for (const auto& column : columns_of(table)) {
            const auto found = there.find(column.name);
            if (found == there.end() || found->second != column.postgres_type) return refuse("store_outdated", std::string{name});
        }
        auto query = connection.prepare("SELECT number FROM object_number WHERE name = ?1");
        query.bind(1, name);
        require(query.step(), "an object with a table has a number");
        table.number = query.integer(0);
    }
    return {};
}

Result<void> check_owner(Connection& connection, std::string_view chain_key, Claim claim)
{
    const auto own = hex(hmac_sha256(chain_key, "the schema's owner"));
    const auto there = meta(connection, "owner");
    if (there == own) return {};
    const bool unused = connection.integer("SELECT count(*) FROM (SELECT 1 FROM event LIMIT 1) e") == 0;
    if (!unused || claim == Claim::no) return refuse("database_of_another");
    set_meta(connection, "owner", own);
    return {};
}

}  // namespace shangdao::store::postgres
