// Connection – a thin layer over the sqlite3 C API: ownership, cached prepared statements, errors as faults.
//
// Debian's SQLite corrupts a WAL when two connections write or checkpoint at once (versions before 3.51.3). So there is
// exactly one Connection with Role::writer per file, it alone checkpoints, and readers are query_only and never do. The
// function sqlite3_open is called nowhere else. A Connection is used by one thread at a time.
#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/fault.h"
#include "base/zone.h"
#include "record/sight.h"
#include "store/sqlite/sqlite_store.h"

namespace shangdao::store::sqlite {

class Connection;

// A prepared statement in use. Given back to the cache, reset and unbound, when it goes out of scope; so it must not
// outlive its Connection. Bound text and blobs are not copied: they must live until the last step unless `bind_copy`.
class Query {
public:
    Query(Query&& other) noexcept;
    Query& operator=(Query&&) = delete;
    ~Query();

    // Parameters count from 1.
    Query& bind(int index, std::int64_t value);
    Query& bind(int index, Date day) { return bind(index, std::int64_t{day.days}); }
    Query& bind(int index, std::string_view text);
    Query& bind_copy(int index, std::string_view text);
    Query& bind_blob(int index, std::string_view bytes);
    Query& bind_blob_copy(int index, std::string_view bytes);
    Query& bind_null(int index);
    // Used in SQL as visible(?, owner); the set must live until the last step.
    Query& bind_owners(int index, const record::OwnerSet* owners);
    // For the functions of working days; the calendar must live until the last step.
    Query& bind_calendar(int index, const WorkCalendar* calendar);

    bool step();     // true: a row is there
    void run();      // steps to the end
    void again();    // reset, bindings stay: for the next round of a loop
    // False when a unique key is taken; nothing was changed then.
    bool run_unless_taken();

    // Columns count from 0; text and blob live until the next step.
    int columns() const { return sqlite3_column_count(statement_); }
    int type(int column) const { return sqlite3_column_type(statement_, column); }    // SQLITE_INTEGER, SQLITE_TEXT, …
    bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    double real(int column) const { return sqlite3_column_double(statement_, column); }
    std::string_view text(int column) const;
    std::string_view blob(int column) const;

private:
    friend class Connection;
    Query(Connection& connection, sqlite3_stmt* statement, bool* in_use)
        : connection_(&connection), statement_(statement), in_use_(in_use)
    {
    }
    void check(int code, const char* what) const;

    Connection* connection_;
    sqlite3_stmt* statement_;
    bool* in_use_;      // nullptr: not of the cache, finalised at the end
};

// `copying` makes a file that nobody knows yet, and whoever makes it sees to its safety; `still` reads one that nobody writes any more,
// and leaves nothing beside it.
enum class Role : unsigned char { writer, reader, copying, still };
Role role_of(const SqliteOptions& options);    // for reading: reader or still

class Connection {
public:
    // Faults: storage when the file cannot be opened or is none of ours.
    Connection(const std::filesystem::path& file, Role role, int cache_mib);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Query prepare(std::string_view sql);
    // One or more statements without parameters.
    void resize_cache(int mib);    // smaller: the pages are given back at once
    void execute(std::string_view sql);
    std::int64_t integer(std::string_view sql);    // first column of the first row; 0 without one
    std::string text(std::string_view sql);

    bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }
    std::int64_t changes() const { return sqlite3_changes64(handle_); }
    std::int64_t all_changes() const { return sqlite3_total_changes64(handle_); }    // since it was opened
    std::int64_t last_row() const { return sqlite3_last_insert_rowid(handle_); }
    sqlite3* handle() { return handle_; }

    // A reader's statements stop with Fault busy when this moment has passed; looked at about every ms of work.
    using Moment = std::chrono::steady_clock::time_point;
    void set_deadline(Moment deadline) { deadline_ = deadline; }

    // Turns SQLite's code into a fault (disk full, busy, storage) or, for mistakes in our SQL, into a bug.
    [[noreturn]] void fail(int code, std::string_view what);

private:
    struct Cached {
        std::string sql;
        sqlite3_stmt* statement;
        bool in_use;
    };
    sqlite3_stmt* compile(std::string_view sql, unsigned flags);
    void configure(Role role, int cache_mib);
    void close();

    sqlite3* handle_ = nullptr;
    std::list<Cached> recent_;    // most recent first
    std::unordered_map<std::string_view, std::list<Cached>::iterator> by_text_;
    Moment deadline_ = Moment::max();
};

}  // namespace shangdao::store::sqlite
