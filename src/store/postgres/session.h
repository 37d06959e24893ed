// Sessions – how the connections of a store begin: each belongs to one schema for its whole life, so statements are unqualified and nothing
// crosses (D14).
#pragma once

#include <condition_variable>
#include <mutex>
#include <vector>

#include "store/postgres/connection.h"
#include "store/postgres/postgres_store.h"

namespace shangdao::store::postgres {

enum class Role : unsigned char { writer, reader };

std::unique_ptr<Connection> connect(const PostgresOptions& options, Role role);

// Connections that only read, each lent to one View at a time; made when they are first needed, and anew when one was lost.
class Readers {
public:
    explicit Readers(const PostgresOptions& options) : options_(options), free_(static_cast<std::size_t>(std::max(options.readers, 1))) {}

    std::unique_ptr<Connection> lend();    // blocks while all are out
    void give_back(std::unique_ptr<Connection> connection);

private:
    const PostgresOptions options_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> free_;
};

}  // namespace shangdao::store::postgres
