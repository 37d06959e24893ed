#include "store/sqlite/free_pages.h"

#include <algorithm>

namespace shangdao::store::sqlite {
namespace {

constexpr std::int64_t blob_bytes_max = 1 << 20, blobs_at_once = 8;
constexpr std::int64_t link_bytes = 4;    // of an overflow page: where the next one is

}  // namespace

bool fill_free_pages(Connection& connection)
{
    connection.execute("CREATE TABLE IF NOT EXISTS free_page (zeros BLOB)");
    const auto page_bytes = connection.integer("PRAGMA page_size");
    for (std::int64_t i = 0; i < blobs_at_once; ++i) {
        const auto free = connection.integer("PRAGMA freelist_count");
        if (free == 0) return false;
        connection.prepare("INSERT INTO free_page (zeros) VALUES (zeroblob(?1))").bind(1, std::min(blob_bytes_max, free * (page_bytes - link_bytes))).run();
    }
    return true;
}

// The last page of a blob is not filled to its end, so what is freed is overwritten whole.
bool give_back_pages(Connection& connection)
{
    connection.execute("PRAGMA secure_delete = ON");
    connection.prepare("DELETE FROM free_page WHERE rowid IN (SELECT rowid FROM free_page LIMIT ?1)").bind(1, blobs_at_once).run();
    const bool more = connection.integer("SELECT EXISTS (SELECT 1 FROM free_page)") != 0;
    if (!more) connection.execute("DROP TABLE free_page");
    connection.execute("PRAGMA secure_delete = FAST");
    return more;
}

}  // namespace shangdao::store::sqlite
