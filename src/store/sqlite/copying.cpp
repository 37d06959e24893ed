#include "store/sqlite/copying.h"

#include <fmt/format.h>
#include <sodium.h>

#include <bit>
#include <memory>

#include "base/bytes.h"
#include "base/require.h"
#include "store/sqlite/layout.h"

namespace shangdao::store {
namespace sqlite {
namespace {

constexpr int cache_mib = 4;
constexpr int pages_a_step = 2048;
constexpr std::size_t hashed_at_once = std::size_t{64} << 10;

// The values of a table, one after another: kind, length, bytes.
class ValueHash {
public:
    ValueHash() { crypto_generichash_init(&state_, nullptr, 0, size_); }

    void add(const Query& row)
    {
        for (int column = 0; column < row.columns(); ++column) add(row, column);
        if (waiting_.size() >= hashed_at_once) update();
    }

    std::string hex()
    {
        update();
        std::string hash(size_, '\0');
        crypto_generichash_final(&state_, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
        return shangdao::hex(shangdao::bytes_of(hash));
    }

private:
    void add(const Query& row, int column)
    {
        const int type = row.type(column);
        waiting_ += static_cast<char>(type);
        switch (type) {
        case SQLITE_INTEGER: number(static_cast<std::uint64_t>(row.integer(column))); break;
        case SQLITE_FLOAT: number(std::bit_cast<std::uint64_t>(row.real(column))); break;
        case SQLITE_TEXT: bytes(row.text(column)); break;
        case SQLITE_BLOB: bytes(row.blob(column)); break;
        default: break;    // null: its kind says all
        }
    }

    void number(std::uint64_t value)
    {
        for (int shift = 0; shift < 64; shift += 8) waiting_ += static_cast<char>(value >> shift & 0xff);
    }

    void bytes(std::string_view value)
    {
        number(value.size());
        waiting_ += value;
    }

    void update()
    {
        crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(waiting_.data()), waiting_.size());
        waiting_.clear();
    }

    static constexpr std::size_t size_ = 32;
    crypto_generichash_state state_;
    std::string waiting_;
};

// NOT INDEXED: the order is that of the table itself, whichever indexes a version of the program makes.
TableProof prove_table(Connection& connection, const std::string& name, const std::string& sql, const std::function<void()>& beat)
{
    constexpr std::int64_t rows_a_beat = 10'000;
    TableProof proof{.name = name, .hash = {}};
    ValueHash hash;
    auto query = connection.prepare(sql);
    while (query.step()) {
        hash.add(query);
        if (++proof.rows % rows_a_beat == 0 && beat) beat();
    }
    proof.hash = hash.hex();
    return proof;
}

std::vector<std::string> tables_of(Connection& connection)
{
    std::vector<std::string> names;
    auto query = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name");
    while (query.step()) names.emplace_back(query.text(0));
    return names;
}

}  // namespace
}  // namespace sqlite

void copy_sqlite(const std::filesystem::path& from, const std::filesystem::path& to, const std::function<void()>& snapshot_taken, const CopyProgress& progress)
{
    require(!std::filesystem::exists(to), "a copy is a new file");
    sqlite::Connection source(from, sqlite::Role::reader, sqlite::cache_mib);
    source.prepare("BEGIN").run();
    const auto page_bytes = source.integer("PRAGMA page_size");
    source.integer("SELECT count(*) FROM sqlite_schema");    // a snapshot begins with its first read
    if (snapshot_taken) snapshot_taken();
    sqlite::Connection copy(to, sqlite::Role::copying, sqlite::cache_mib);
    const std::unique_ptr<sqlite3_backup, decltype(&sqlite3_backup_finish)> backup{sqlite3_backup_init(copy.handle(), "main", source.handle(), "main"), &sqlite3_backup_finish};
    if (!backup) copy.fail(sqlite3_errcode(copy.handle()), "a copy cannot be begun");
    for (;;) {
        const int code = sqlite3_backup_step(backup.get(), sqlite::pages_a_step);
        if (code != SQLITE_OK && code != SQLITE_DONE) copy.fail(code, "copying");
        const std::int64_t total = sqlite3_backup_pagecount(backup.get());
        if (progress) progress((total - sqlite3_backup_remaining(backup.get())) * page_bytes, total * page_bytes);
        if (code == SQLITE_DONE) return;
    }
}

StoreProof prove_sqlite(const std::filesystem::path& still, const std::function<void()>& beat)
{
    require(sodium_init() >= 0, "libsodium starts");
    sqlite::Connection connection(still, sqlite::Role::still, sqlite::cache_mib);
    StoreProof proof;
    proof.tables.push_back(sqlite::prove_table(connection, "sqlite_schema", "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name", beat));
    for (const auto& name : sqlite::tables_of(connection))
        proof.tables.push_back(sqlite::prove_table(connection, name, fmt::format("SELECT * FROM {} NOT INDEXED", sqlite::in_quotes(name)), beat));
    auto head = connection.prepare("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1");
    if (head.step()) {
        proof.seq = head.integer(0);
        proof.chain_hash = hex(bytes_of(head.blob(1)));
    }
    proof.sealed_seq = connection.integer("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'head'");
    return proof;
}

}  // namespace shangdao::store
