#include "store/postgres/session.h"

#include <fmt/format.h>

#include "store/sql/layout.h"

namespace shangdao::store::postgres {

std::unique_ptr<Connection> connect(const PostgresOptions& options, Role role)
{
    const auto schema = sql::in_quotes(options.schema);
    std::vector<std::string> settings{
        fmt::format("SET search_path TO {}", schema),
        fmt::format("SET application_name TO {}", schema),
        "SET client_min_messages TO warning",
        "SET client_encoding TO 'UTF8'",
        "SET standard_conforming_strings TO on",
        "SET jit TO off",                                // costs more than our statements take
        "SET max_parallel_workers_per_gather TO 0",      // the pages of a union come in its order
    };
    if (role == Role::writer) {
        settings.emplace_back("SET synchronous_commit TO on");
    } else {
        settings.emplace_back("SET default_transaction_read_only TO on");
        settings.push_back(fmt::format("SET statement_timeout TO {}", options.statement_seconds_max * 1000));
    }
    auto connection = std::make_unique<Connection>(options.address, settings);
    // Asked first: a login that owns its schema need not be allowed to make others.
    if (role == Role::writer && connection->integer("SELECT count(current_schema())") == 0)
        connection->execute(fmt::format("CREATE SCHEMA IF NOT EXISTS {}", schema));
    return connection;
}

std::unique_ptr<Connection> Readers::lend()
{
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !free_.empty(); });
    auto connection = std::move(free_.back());
    free_.pop_back();
    lock.unlock();
    if (connection && !connection->is_lost()) return connection;
    try {
        return connect(options_, Role::reader);
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

void Readers::give_back(std::unique_ptr<Connection> connection)
{
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(connection));
    }
    returned_.notify_one();
}

}  // namespace shangdao::store::postgres
