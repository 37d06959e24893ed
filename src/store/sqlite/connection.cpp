#include "store/sqlite/connection.h"

#include <fmt/format.h>

#include <array>
#include <cstring>

#include "base/require.h"
#include "store/sqlite/formula_functions.h"
#include "store/sqlite/functions.h"
#include "store/sqlite/gathering_vfs.h"

namespace shangdao::store::sqlite {
namespace {

constexpr std::size_t cached_statements_max = 400;

// SQLite counts every allocation under one mutex by default, which all readers would share.
bool allocations_uncounted()
{
    static const bool done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
    return done;
}

constexpr std::array<std::pair<int, int>, 6> limits{{{SQLITE_LIMIT_SQL_LENGTH, 1'000'000},
                                                     {SQLITE_LIMIT_EXPR_DEPTH, 200},
                                                     {SQLITE_LIMIT_COMPOUND_SELECT, 150},   // a page merged of 64 owners, its rows and its nulls
                                                     {SQLITE_LIMIT_ATTACHED, 0},
                                                     {SQLITE_LIMIT_WORKER_THREADS, 0},
                                                     {SQLITE_LIMIT_LENGTH, 256 << 20}}};

int flags_of(Role role)
{
    switch (role) {
    // A reader opens read-write too: without that right SQLite could not take part in the WAL's shared memory.
    case Role::reader: return SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE;
    case Role::still: return SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    case Role::writer:
    case Role::copying: return SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    }
    return 0;
}

// As a URI, for only there SQLite can be told that a file does not change; what has a meaning in a URI is escaped.
std::string still_name(const std::filesystem::path& file)
{
    std::string name = "file:";
    for (const char c : file.string())
        if (c == '%' || c == '?' || c == '#') name += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        else name += c;
    return name + "?immutable=1";
}

}  // namespace

Role role_of(const SqliteOptions& options)
{
    return options.standing == SqliteOptions::Standing::still ? Role::still : Role::reader;
}

Query::Query(Query&& other) noexcept
    : connection_(other.connection_), statement_(other.statement_), in_use_(other.in_use_)
{
    other.statement_ = nullptr;
}

Query::~Query()
{
    if (statement_ == nullptr) return;
    if (in_use_ == nullptr) {
        sqlite3_finalize(statement_);
        return;
    }
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    *in_use_ = false;
}

void Query::check(int code, const char* what) const
{
    if (code != SQLITE_OK) [[unlikely]] connection_->fail(code, what);
}

Query& Query::bind(int index, std::int64_t value)
{
    check(sqlite3_bind_int64(statement_, index, value), "bind");
    return *this;
}

Query& Query::bind(int index, std::string_view text)
{
    check(sqlite3_bind_text64(statement_, index, text.data() != nullptr ? text.data() : "", text.size(), SQLITE_STATIC, SQLITE_UTF8), "bind");
    return *this;
}

Query& Query::bind_copy(int index, std::string_view text)
{
    check(sqlite3_bind_text64(statement_, index, text.data() != nullptr ? text.data() : "", text.size(), SQLITE_TRANSIENT, SQLITE_UTF8), "bind");
    return *this;
}

Query& Query::bind_blob(int index, std::string_view bytes)
{
    check(sqlite3_bind_blob64(statement_, index, bytes.data() != nullptr ? bytes.data() : "", bytes.size(), SQLITE_STATIC), "bind");
    return *this;
}

Query& Query::bind_blob_copy(int index, std::string_view bytes)
{
    check(sqlite3_bind_blob64(statement_, index, bytes.data() != nullptr ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT), "bind");
    return *this;
}

Query& Query::bind_null(int index)
{
    check(sqlite3_bind_null(statement_, index), "bind");
    return *this;
}

Query& Query::bind_owners(int index, const record::OwnerSet* owners)
{
    // The C API wants a pointer to what may change; visible() only reads it.
    check(sqlite3_bind_pointer(statement_, index, const_cast<record::OwnerSet*>(owners), owner_set_pointer_type, nullptr), "bind");
    return *this;
}

Query& Query::bind_calendar(int index, const WorkCalendar* calendar)
{
    check(sqlite3_bind_pointer(statement_, index, const_cast<WorkCalendar*>(calendar), work_calendar_pointer_type, nullptr), "bind");
    return *this;
}

bool Query::step()
{
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) [[unlikely]] connection_->fail(code, sqlite3_sql(statement_));
    return false;
}

void Query::run()
{
    while (step()) {}
}

void Query::again()
{
    sqlite3_reset(statement_);
}

bool Query::run_unless_taken()
{
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_DONE) return true;
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID) return false;
    require(code != SQLITE_ROW, "a statement that changes gave a row");
    connection_->fail(code, sqlite3_sql(statement_));
}

std::string_view Query::text(int column) const
{
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (text == nullptr) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Query::blob(int column) const
{
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Connection::Connection(const std::filesystem::path& file, Role role, int cache_mib)
{
    [[maybe_unused]] const bool uncounted = allocations_uncounted();
    const auto name = role == Role::still ? still_name(file) : file.string();
    const int code = sqlite3_open_v2(name.c_str(), &handle_, flags_of(role), role == Role::writer ? gathering_vfs() : nullptr);
    try {
        if (code != SQLITE_OK) fail(code, fmt::format("open {}", file.string()));
        configure(role, cache_mib);
    } catch (...) {
        close();
        throw;
    }
}

Connection::~Connection()
{
    close();
}

void Connection::close()
{
    for (auto& cached : recent_) sqlite3_finalize(cached.statement);
    recent_.clear();
    by_text_.clear();
    sqlite3_close_v2(handle_);
    handle_ = nullptr;
}

void Connection::resize_cache(int mib)
{
    execute(fmt::format("PRAGMA cache_size = -{}; PRAGMA shrink_memory", mib * 1024));
}

void Connection::configure(Role role, int cache_mib)
{
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, 5000);
    for (const auto& [limit, value] : limits) sqlite3_limit(handle_, limit, value);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    resize_cache(cache_mib);
    execute("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY");
    if (role == Role::copying) {
        execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    } else if (role != Role::writer) {
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        execute("PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = ON");
        const auto late = [](void* self) { return std::chrono::steady_clock::now() > static_cast<Connection*>(self)->deadline_ ? 1 : 0; };
        sqlite3_progress_handler(handle_, 20'000, late, this);
    } else {
        const auto mode = text("PRAGMA journal_mode = WAL");
        if (mode != "wal") throw Fault(FaultKind::storage, fmt::format("the file system does not support SQLite's WAL (got {})", mode));
        // Zeroing what is deleted costs writes at every change; FAST does it where the page is written anyway.
        execute("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = FAST; PRAGMA journal_size_limit = 67108864");
    }
    add_functions(handle_);
}

sqlite3_stmt* Connection::compile(std::string_view sql, unsigned flags)
{
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), flags, &statement, &rest);
    if (code != SQLITE_OK) fail(code, sql);
    require(statement != nullptr, "an empty statement");
    return statement;
}

Query Connection::prepare(std::string_view sql)
{
    if (const auto found = by_text_.find(sql); found != by_text_.end()) {
        auto& cached = *found->second;
        if (cached.in_use) return {*this, compile(sql, 0), nullptr};
        recent_.splice(recent_.begin(), recent_, found->second);
        cached.in_use = true;
        return {*this, cached.statement, &cached.in_use};
    }
    auto* statement = compile(sql, SQLITE_PREPARE_PERSISTENT);
    recent_.push_front({std::string{sql}, statement, true});
    by_text_.emplace(recent_.front().sql, recent_.begin());
    if (recent_.size() > cached_statements_max && !recent_.back().in_use) {
        sqlite3_finalize(recent_.back().statement);
        by_text_.erase(recent_.back().sql);
        recent_.pop_back();
    }
    return {*this, statement, &recent_.front().in_use};
}

void Connection::execute(std::string_view sql)
{
    const std::string text{sql};
    const char* rest = text.c_str();
    while (*rest != '\0') {
        sqlite3_stmt* statement = nullptr;
        int code = sqlite3_prepare_v2(handle_, rest, -1, &statement, &rest);
        if (code != SQLITE_OK) fail(code, text);
        if (statement == nullptr) continue;
        do code = sqlite3_step(statement);
        while (code == SQLITE_ROW);
        sqlite3_finalize(statement);
        if (code != SQLITE_DONE) fail(code, text);
    }
}

std::int64_t Connection::integer(std::string_view sql)
{
    auto query = prepare(sql);
    return query.step() ? query.integer(0) : 0;
}

std::string Connection::text(std::string_view sql)
{
    auto query = prepare(sql);
    return query.step() ? std::string{query.text(0)} : std::string{};
}

void Connection::fail(int code, std::string_view what)
{
    const auto message = fmt::format("SQLite {} ({}): {}", sqlite3_errstr(code), handle_ != nullptr ? sqlite3_errmsg(handle_) : "", what);
    // sd_… functions and SQLite's own sum() say it in these words.
    if (const std::string_view said = handle_ != nullptr ? sqlite3_errmsg(handle_) : ""; said == "number_overflow" || said == "integer overflow")
        throw NumberOverflow();
    switch (code & 0xff) {
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC) throw Fault(FaultKind::outcome_unknown, message);
        throw Fault(FaultKind::storage, message);
    case SQLITE_FULL: throw Fault(FaultKind::disk_full, message);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT: throw Fault(FaultKind::busy, message);
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
    case SQLITE_READONLY: report_bug(message, std::source_location::current());
    default: throw Fault(FaultKind::storage, message);
    }
}

}  // namespace shangdao::store::sqlite
