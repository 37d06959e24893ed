// Connection – a thin layer over libpq: ownership, cached prepared statements, errors as faults.
//
// It is always in the mode of libpq in which nothing waits: what run() sends waits for no answer, and a step() that asks for rows takes the answers of all before it
// in the same trip; so a unit of ten writes costs one. An error of a statement that was sent is thrown at the next step() or settle(), and
// the transaction is lost by then. Statements are written with ?n, as for SQLite, and become $n here. A Connection is used by one thread at a
// time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <libpq-fe.h>

#include "base/fault.h"
#include "base/time.h"

namespace shangdao::store::postgres {

class Connection;

// The server took back a transaction that others stood in the way of (40001, 40P01): run again it may well succeed.
class TakenBackByServer : public Fault {
public:
    explicit TakenBackByServer(const std::string& what) : Fault(FaultKind::busy, what) {}
};

struct AnswerDeleter {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, AnswerDeleter>;

// A prepared statement in use; must not outlive its Connection. What is bound is copied.
class Query {
public:
    // Parameters count from 1. Their types are those the server infers.
    Query& bind(int index, std::int64_t value);
    Query& bind(int index, Date day);
    Query& bind(int index, std::string_view text);
    Query& bind_copy(int index, std::string_view text) { return bind(index, text); }
    Query& bind_blob(int index, std::string_view bytes) { return bind(index, bytes); }
    Query& bind_blob_copy(int index, std::string_view bytes) { return bind(index, bytes); }
    Query& bind_null(int index);
    Query& bind_numbers(int index, std::span<const std::int64_t> numbers);    // bigint[]

    bool step();         // true: a row is there
    void run();          // sent; its answer is waited for by nobody
    void run_one();      // the same, and that it did not change exactly one row is a bug
    std::int64_t run_and_count();    // waits; the rows it changed
    void again();        // for the next round of a loop; bindings stay

    // Columns count from 0; text and blob live until the next step. Dates are days since 1970.
    bool is_null(int column) const { return PQgetisnull(result_.get(), row_, column) != 0; }
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    std::string_view blob(int column) const { return text(column); }

private:
    friend class Connection;
    Query(Connection& connection, std::string_view sql) : connection_(&connection), sql_(sql) {}
    struct Parameter {
        std::string bytes;
        bool null = true, binary = false;
    };
    Parameter& parameter(int index);

    Connection* connection_;
    std::string sql_;
    std::vector<Parameter> parameters_;
    Answer result_;
    int row_ = -1;
};

class Connection {
public:
    // `conninfo` as libpq takes it, a postgres:// address among others. `settings`: SET statements of the session. Fault network when
    // there is no server.
    Connection(const std::string& conninfo, std::span<const std::string> settings);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Query prepare(std::string_view sql) { return {*this, sql}; }
    void execute(std::string_view sql) { prepare(sql).run(); }    // one statement without parameters
    std::int64_t integer(std::string_view sql);    // first column of the first row; 0 without one
    std::string text(std::string_view sql);

    // Waits for the answers of all that was sent; throws the first error among them.
    void settle();
    // Sends what waits to be sent; its answers are taken later.
    void flush();
    // Ends the transaction and waits. Fault outcome_unknown when the server was lost meanwhile: then nobody knows.
    void commit();
    bool is_lost() const { return lost_ || PQstatus(handle_) != CONNECTION_OK; }
    // After an error, until ROLLBACK: the server refuses every statement.
    bool in_failed_transaction() const { return PQtransactionStatus(handle_) == PQTRANS_INERROR; }
    bool in_transaction() const { return PQtransactionStatus(handle_) != PQTRANS_IDLE; }

private:
    friend class Query;
    struct Prepared {
        std::string name, sql;
    };
    // An answer that is still to come.
    struct Expected {
        enum class Kind : unsigned char { prepared, any, one_row } kind;
        std::string sql;
    };
    const Prepared& prepared(const std::string& sql);
    void send(const std::string& sql, std::span<const Query::Parameter> parameters, Expected::Kind kind);
    // The answer of what was sent last.
    Answer collect();
    void forget_statements();
    [[noreturn]] void lose(std::string_view what);
    [[noreturn]] void fail(const PGresult* result, std::string_view sql);

    PGconn* handle_ = nullptr;
    bool lost_ = false;
    std::vector<Expected> expected_;
    std::unordered_map<std::string, Prepared> prepared_;
    std::int64_t names_ = 0;
};

}  // namespace shangdao::store::postgres
