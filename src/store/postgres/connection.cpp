#include "store/postgres/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <utility>

#include "base/require.h"
#include "store/store.h"

namespace shangdao::store::postgres {
namespace {

constexpr std::size_t prepared_max = 400;
constexpr std::size_t waiting_max = 500;    // answers; then they are taken, wanted or not
constexpr int days_to_2000 = 10'957;        // from 1970: where the server counts from

// pg_type.dat
enum TypeOid : Oid { type_bool = 16, type_bytea = 17, type_int8 = 20, type_int2 = 21, type_int4 = 23, type_text = 25, type_date = 1082 };

template <typename Integer> Integer big_endian(const char* bytes)
{
    Integer value;
    std::memcpy(&value, bytes, sizeof value);
    if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
    return value;
}

// ?3 and ? as $3 and the next; what stands in quotes is none.
std::string with_dollars(std::string_view sql)
{
    std::string out;
    out.reserve(sql.size() + 16);
    int last = 0;
    char quote = '\0';
    for (std::size_t i = 0; i < sql.size(); ++i) {
        const char c = sql[i];
        if (quote != '\0') quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"') quote = c;
        else if (c == '?') {
            const auto* begin = sql.data() + i + 1;
            int number = last + 1;
            const auto end = std::from_chars(begin, sql.data() + sql.size(), number).ptr;
            last = std::max(last, number);
            out += fmt::format("${}", number);
            i += static_cast<std::size_t>(end - begin);
            continue;
        }
        out += c;
    }
    return out;
}

}  // namespace

// ---- Query

Query::Parameter& Query::parameter(int index)
{
    if (parameters_.size() < static_cast<std::size_t>(index)) parameters_.resize(static_cast<std::size_t>(index));
    return parameters_[static_cast<std::size_t>(index) - 1];
}

Query& Query::bind(int index, std::int64_t value)
{
    parameter(index) = {.bytes = std::to_string(value), .null = false};
    return *this;
}

Query& Query::bind(int index, Date day)
{
    parameter(index) = {.bytes = to_string(day), .null = false};
    return *this;
}

Query& Query::bind(int index, std::string_view text)
{
    parameter(index) = {.bytes = std::string{text}, .null = false, .binary = true};
    return *this;
}

Query& Query::bind_null(int index)
{
    parameter(index) = {};
    return *this;
}

Query& Query::bind_numbers(int index, std::span<const std::int64_t> numbers)
{
    std::string list = "{";
    for (const auto number : numbers) list += (list.size() == 1 ? "" : ",") + std::to_string(number);
    parameter(index) = {.bytes = list + "}", .null = false};
    return *this;
}

bool Query::step()
{
    if (!result_) {
        connection_->send(sql_, parameters_, Connection::Expected::Kind::any);
        result_ = connection_->collect();
        row_ = -1;
    }
    return ++row_ < PQntuples(result_.get());
}

void Query::run() { connection_->send(sql_, parameters_, Connection::Expected::Kind::any); }
void Query::run_one() { connection_->send(sql_, parameters_, Connection::Expected::Kind::one_row); }

std::int64_t Query::run_and_count()
{
    connection_->send(sql_, parameters_, Connection::Expected::Kind::any);
    const auto result = connection_->collect();
    return std::strtoll(PQcmdTuples(result.get()), nullptr, 10);
}

void Query::again() { result_.reset(); }

std::int64_t Query::integer(int column) const
{
    if (is_null(column)) return 0;
    const auto* bytes = PQgetvalue(result_.get(), row_, column);
    switch (PQftype(result_.get(), column)) {
    case type_int8: return big_endian<std::int64_t>(bytes);
    case type_int4: return big_endian<std::int32_t>(bytes);
    case type_int2: return big_endian<std::int16_t>(bytes);
    case type_date: return std::int64_t{big_endian<std::int32_t>(bytes)} + days_to_2000;
    case type_bool: return *bytes;
    default: report_bug(fmt::format("column {} of {} is no integer", column, sql_), std::source_location::current());
    }
}

std::string_view Query::text(int column) const
{
    if (is_null(column)) return {};
    const auto type = PQftype(result_.get(), column);
    require(type == type_text || type == type_bytea, "a column is text or bytes");
    return {PQgetvalue(result_.get(), row_, column), static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
}

// ---- Connection

Connection::Connection(const std::string& conninfo, std::span<const std::string> settings)
{
    handle_ = PQconnectdb(conninfo.c_str());
    if (PQstatus(handle_) != CONNECTION_OK || PQenterPipelineMode(handle_) != 1) {
        const std::string reason = PQerrorMessage(handle_);
        PQfinish(handle_);
        throw Fault(FaultKind::network, "PostgreSQL: " + reason);
    }
    try {
        for (const auto& setting : settings) execute(setting);
        settle();
    } catch (...) {
        PQfinish(handle_);
        throw;
    }
}

Connection::~Connection() { PQfinish(handle_); }

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

const Connection::Prepared& Connection::prepared(const std::string& sql)
{
    if (const auto found = prepared_.find(sql); found != prepared_.end()) return found->second;
    if (prepared_.size() >= prepared_max) forget_statements();
    auto& made = prepared_[sql];
    made.name = fmt::format("s{}", ++names_);
    made.sql = with_dollars(sql);
    if (PQsendPrepare(handle_, made.name.c_str(), made.sql.c_str(), 0, nullptr) != 1) lose("prepare");
    expected_.push_back({Expected::Kind::prepared, sql});
    return made;
}

void Connection::forget_statements()
{
    prepared_.clear();
    if (PQsendQueryParams(handle_, "DEALLOCATE ALL", 0, nullptr, nullptr, nullptr, nullptr, 1) != 1) lose("deallocate");
    expected_.push_back({Expected::Kind::any, "DEALLOCATE ALL"});
}

void Connection::send(const std::string& sql, std::span<const Query::Parameter> parameters, Expected::Kind kind)
{
    if (expected_.size() >= waiting_max) settle();
    if (is_lost()) lose(sql);
    const auto& statement = prepared(sql);
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
    for (const auto& one : parameters) {
        values.push_back(one.null ? nullptr : one.bytes.c_str());
        lengths.push_back(static_cast<int>(one.bytes.size()));
        formats.push_back(one.binary ? 1 : 0);
    }
    constexpr int binary_results = 1;
    if (PQsendQueryPrepared(handle_, statement.name.c_str(), static_cast<int>(values.size()), values.data(), lengths.data(), formats.data(), binary_results) != 1) lose(sql);
    expected_.push_back({kind, sql});
}

void Connection::settle()
{
    if (!expected_.empty()) collect();
}

void Connection::flush()
{
    if (PQflush(handle_) < 0) lose("flush");
}

void Connection::commit()
{
    settle();    // what fails before COMMIT is sent has changed nothing
    try {
        send("COMMIT", {}, Expected::Kind::any);
        const auto answer = collect();
        // Of a transaction that has failed the server makes a ROLLBACK, without an error.
        if (std::string_view{PQcmdStatus(answer.get())} != "COMMIT") throw Fault(FaultKind::busy, "PostgreSQL: the transaction had failed before its end");
    } catch (const Fault& fault) {
        if (is_lost()) throw Fault(FaultKind::outcome_unknown, fault.what());
        throw;
    }
}

Answer Connection::collect()
{
    if (PQpipelineSync(handle_) != 1) lose("sync");
    Answer last, failed;
    std::string failed_sql, unprepared;
    for (const auto& one : std::exchange(expected_, {})) {
        Answer result{PQgetResult(handle_)};
        if (!result) lose(one.sql);
        while (Answer rest{PQgetResult(handle_)}) {}
        const auto status = PQresultStatus(result.get());
        const bool good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
        if (!good && one.kind == Expected::Kind::prepared) prepared_.erase(one.sql);
        if (!good && !failed) failed = std::move(result), failed_sql = one.sql;
        else if (good && one.kind == Expected::Kind::one_row && !failed) require(std::string_view{PQcmdTuples(result.get())} == "1", "a record that is changed exists");
        last = std::move(result);
    }
    const Answer sync{PQgetResult(handle_)};
    if (!sync || PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) lose("sync");
    if (failed) fail(failed.get(), failed_sql);
    return last;
}

void Connection::lose(std::string_view what)
{
    lost_ = true;
    expected_.clear();
    throw Fault(FaultKind::network, fmt::format("PostgreSQL: {}: {}", PQerrorMessage(handle_), what));
}

void Connection::fail(const PGresult* result, std::string_view sql)
{
    const auto* code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view state = code != nullptr ? code : "";
    const auto message = fmt::format("PostgreSQL {}: {}: {}", state, PQresultErrorMessage(result), sql.substr(0, 2000));
    if (state == "22003") throw NumberOverflow();
    if (state == "40001" || state == "40P01") throw TakenBackByServer(message);
    if (state == "53100") throw Fault(FaultKind::disk_full, message);
    if (state == "57014" || state == "55P03" || state.starts_with("53")) throw Fault(FaultKind::busy, message);
    if (state.empty() || state.starts_with("08") || state.starts_with("57P") || is_lost()) {
        lost_ = true;
        throw Fault(FaultKind::network, message);
    }
    if (state.starts_with("42") || state.starts_with("22") || state.starts_with("23") || state.starts_with("25")) report_bug(message, std::source_location::current());
    throw Fault(FaultKind::storage, message);
}

}  // namespace shangdao::store::postgres
