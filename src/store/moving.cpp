#include "store/moving.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/require.h"
#include "base/secret.h"
#include "store/postgres/schema.h"
#include "store/postgres/session.h"
#include "store/sql/ledger.h"
#include "store/sql/statement.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/totals.h"

namespace shangdao::store {

namespace {

constexpr int rows_at_once = 2'000;

enum class Cell : unsigned char { integer, day, text, bytes };

struct Column {
    std::string name;    // quoted
    Cell cell;
};

// A table as both engines have it. The first columns, `keys` of them, tell its rows apart and are integers; 0: it is small and its first column
// a text.
struct Table {
    std::string name, quoted;
    std::vector<Column> columns;
    int keys = 1;

    std::string list() const
    {
        std::string names;
        for (const auto& column : columns) names += (names.empty() ? "" : ",") + column.name;
        return names;
    }
};

Table machinery(std::string name, int keys, std::vector<std::pair<const char*, Cell>> columns)
{
    Table table{.name = name, .quoted = sql::in_quotes(name), .columns = {}, .keys = keys};
    for (const auto& [column, cell] : columns) table.columns.push_back({sql::in_quotes(column), cell});
    return table;
}

const std::vector<Table>& machinery_tables()
{
    using enum Cell;
    static const std::vector<Table> tables{
        machinery("object_number", 1, {{"number", integer}, {"name", text}}),
        machinery("setting", 0, {{"name", text}, {"value", text}}),
        machinery("event", 1, {{"seq", integer}, {"recorded_at", integer}, {"happened_at", integer}, {"actor", integer}, {"on_behalf", integer}, {"via", integer}, {"request", text},
                               {"object", integer}, {"id", integer}, {"ids", bytes}, {"verb", text}, {"reason", text}, {"cause", integer}, {"packing", integer}, {"changes", bytes},
                               {"salt", bytes}, {"digest", bytes}, {"hash", bytes}}),
        machinery("event_record", 2, {{"id", integer}, {"seq", integer}}),
    };
    return tables;
}

Cell cell_of(std::string_view postgres_type)
{
    return postgres_type == "date" ? Cell::day : postgres_type == "text" ? Cell::text : postgres_type == "bytea" ? Cell::bytes : Cell::integer;
}

Table table_of(const record::Object& object)
{
    Table table{.name = sql::table_of(object), .quoted = sql::in_quotes(sql::table_of(object)), .columns = {}};
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot)
        for (const auto& column : sql::columns_of(object, slot)) table.columns.push_back({sql::in_quotes(column.name), cell_of(column.postgres_type)});
    require(table.columns.front().name == "\"id\"", "a table of records begins with their ids");
    return table;
}

// ---- The two ends.

struct SqliteEnd {
    using Connection = sqlite::Connection;
    using Layout = sqlite::Layout;
    static constexpr const char* text_order = "";

    static std::unique_ptr<Connection> look(const SqliteOptions& options)
    {
        auto connection = std::make_unique<Connection>(options.file, sqlite::role_of(options), options.cache_mib_per_reader);
        connection->execute("BEGIN");
        return connection;
    }
    static std::unique_ptr<Connection> write(const SqliteOptions& options)
    {
        auto connection = std::make_unique<Connection>(options.file, sqlite::Role::writer, options.cache_mib_per_reader);
        connection->execute("BEGIN IMMEDIATE");
        return connection;
    }
    static Result<std::shared_ptr<Layout>> prepare(Connection& connection, const SqliteOptions&, const std::shared_ptr<const record::Catalogue>& catalogue)
    {
        auto layout = sqlite::layout_of(catalogue);
        CHECK_OK(sqlite::migrate(connection, *layout));
        return layout;
    }
    static void derive(Connection& connection, const Layout& layout)
    {
        for (const auto& table : layout.tables) sqlite::recount(connection, table);
    }
    static void commit(Connection& connection) { connection.execute("COMMIT"); }
};

struct PostgresEnd {
    using Connection = postgres::Connection;
    using Layout = postgres::Layout;
    static constexpr const char* text_order = " COLLATE \"C\"";

    static std::unique_ptr<Connection> look(const PostgresOptions& options)
    {
        auto connection = postgres::connect(options, postgres::Role::reader);
        connection->execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        return connection;
    }
    static std::unique_ptr<Connection> write(const PostgresOptions& options)
    {
        auto connection = postgres::connect(options, postgres::Role::writer);
        connection->execute("BEGIN");
        return connection;
    }
    static Result<std::shared_ptr<Layout>> prepare(Connection& connection, const PostgresOptions& options, const std::shared_ptr<const record::Catalogue>& catalogue)
    {
        auto layout = postgres::layout_of(catalogue);
        CHECK_OK(postgres::migrate(connection, *layout));
        CHECK_OK(postgres::check_owner(connection, options.chain_key, postgres::Claim::yes));
        return layout;
    }
    static void derive(Connection&, const Layout&) {}
    static void commit(Connection& connection) { connection.commit(); }
};

template <typename Options> using EndOf = std::conditional_t<std::is_same_v<Options, SqliteOptions>, SqliteEnd, PostgresEnd>;

// ---- Rows.

// Calls `take` with every row in the order of its keys; so many are read at a time.
template <typename End, typename Take> void each_row(typename End::Connection& connection, const Table& table, const Take& take)
{
    if (table.keys == 0) {
        auto query = connection.prepare(fmt::format("SELECT {} FROM {} ORDER BY {}{}", table.list(), table.quoted, table.columns.front().name, End::text_order));
        while (query.step()) take(query);
        return;
    }
    std::string keys, marks;
    for (int i = 0; i < table.keys; ++i) {
        keys += (i == 0 ? "" : ",") + table.columns[static_cast<std::size_t>(i)].name;
        marks += fmt::format("{}?{}", i == 0 ? "" : ",", i + 1);
    }
    const auto page = fmt::format("SELECT {} FROM {} WHERE ({}) > ({}) ORDER BY {} LIMIT {}", table.list(), table.quoted, keys, marks, keys, rows_at_once);
    std::vector<std::int64_t> last(static_cast<std::size_t>(table.keys), INT64_MIN);
    for (int rows = rows_at_once; rows == rows_at_once;) {
        rows = 0;
        auto query = connection.prepare(page);
        for (int i = 0; i < table.keys; ++i) query.bind(i + 1, last[static_cast<std::size_t>(i)]);
        for (; query.step(); ++rows) {
            take(query);
            for (int i = 0; i < table.keys; ++i) last[static_cast<std::size_t>(i)] = query.integer(i);
        }
    }
}

template <typename From, typename To> void carry(const From& row, int column, Cell cell, To& into)
{
    if (row.is_null(column)) into.bind_null(column + 1);
    else if (cell == Cell::integer) into.bind(column + 1, row.integer(column));
    else if (cell == Cell::day) into.bind(column + 1, Date{static_cast<std::int32_t>(row.integer(column))});
    else if (cell == Cell::text) into.bind_copy(column + 1, row.text(column));
    else into.bind_blob_copy(column + 1, row.blob(column));
}

template <typename From, typename To> void copy_table(typename From::Connection& from, typename To::Connection& to, const Table& table)
{
    std::string marks;
    for (std::size_t i = 0; i < table.columns.size(); ++i) marks += i == 0 ? "?" : ",?";
    const auto insert = fmt::format("INSERT INTO {} ({}) VALUES ({})", table.quoted, table.list(), marks);
    each_row<From>(from, table, [&](const auto& row) {
        auto query = to.prepare(insert);
        for (std::size_t i = 0; i < table.columns.size(); ++i) carry(row, static_cast<int>(i), table.columns[i].cell, query);
        query.run();
    });
}

template <typename End> MovedTable summed_up(typename End::Connection& connection, const Table& table)
{
    MovedTable moved{.name = table.name, .rows = 0, .hash = {}};
    Sha256 sum;
    const auto add = [&](char kind, std::string_view bytes) { sum.update(fmt::format("{}{}:", kind, bytes.size())), sum.update(bytes); };
    each_row<End>(connection, table, [&](const auto& row) {
        ++moved.rows;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto column = static_cast<int>(i);
            const auto cell = table.columns[i].cell;
            if (row.is_null(column)) add('n', {});
            else if (cell == Cell::text) add('t', row.text(column));
            else if (cell == Cell::bytes) add('b', row.blob(column));
            else add('i', std::to_string(row.integer(column)));
        }
    });
    moved.hash = hex(sum.finish());
    return moved;
}

// The ledger's head and its seal, so that events cut off show in the target as well.
template <typename From, typename To> void copy_head(From& from, To& to)
{
    for (const std::string_view name : {"head", "head_seal"}) {
        auto kept = from.prepare("SELECT value FROM meta WHERE name = ?1");
        kept.bind(1, name);
        if (!kept.step()) continue;
        auto query = to.prepare("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
        query.bind(1, name);
        name == "head" ? query.bind_copy(2, kept.text(0)) : query.bind_blob_copy(2, kept.blob(0));
        query.run();
    }
}

template <typename From, typename To, typename FromOptions, typename ToOptions>
Result<std::vector<MovedTable>> move_between(const FromOptions& from_options, const ToOptions& to_options, const std::shared_ptr<const record::Catalogue>& catalogue,
                                             const std::function<void(const MovedTable&)>& told)
{
    auto tables = machinery_tables();
    for (const auto& object : catalogue->objects()) tables.push_back(table_of(object));

    const auto from = From::look(from_options);
    {
        const auto to = To::write(to_options);
        TRY(const auto layout, To::prepare(*to, to_options, catalogue));
        if (to->integer("SELECT count(*) FROM (SELECT 1 FROM event LIMIT 1) e") != 0) return refuse("move_target_in_use", "to");
        to->execute("DELETE FROM object_number");    // the events go by the numbers they were written with
        for (const auto& table : tables) copy_table<From, To>(*from, *to, table);
        copy_head(*from, *to);
        for (auto& table : layout->tables) table.number = sql::number_of(*to, table.object->name());
        To::derive(*to, *layout);
        for (const auto& table : layout->tables)
            if (!table.searched_slots.empty())
                to->execute(fmt::format("INSERT INTO search_pending (id, object) SELECT id, {} FROM {} WHERE TRUE ON CONFLICT DO NOTHING", table.number, table.table));
        To::commit(*to);
    }
    const auto arrived = To::look(to_options);
    std::vector<MovedTable> moved;
    for (const auto& table : tables) {
        const auto there = summed_up<To>(*arrived, table);
        if (there != summed_up<From>(*from, table)) return refuse("moved_wrong", table.name, {{"table", table.name}});
        if (told) told(there);
        moved.push_back(there);
    }
    return moved;
}

}  // namespace

Result<std::vector<MovedTable>> move_store(const StoreOptions& from, const StoreOptions& to, const std::shared_ptr<const record::Catalogue>& catalogue,
                                           const std::function<void(const MovedTable&)>& told)
{
    return std::visit(
        [&]<typename From, typename To>(const From& source, const To& target) { return move_between<EndOf<From>, EndOf<To>>(source, target, catalogue, told); }, from, to);
}

}  // namespace shangdao::store
