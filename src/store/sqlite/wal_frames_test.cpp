#include "store/sqlite/wal_frames.h"

#include <fstream>

#include "base/fault.h"
#include "base/testing.h"
#include "store/store_testing.h"

namespace shangdao::store {

TEST("a log whose pages have a size that SQLite does not know is damaged")
{
    const contract::Directory directory;
    const auto wal = directory.path() / "wal";
    const auto write = [&](std::uint32_t page_bytes) {
        std::string head("\x37\x7f\x06\x82\0\x2d\xe2\x18", 8);
        for (const int shift : {24, 16, 8, 0}) head += static_cast<char>(page_bytes >> shift & 0xff);
        std::ofstream(wal, std::ios::binary) << head << std::string(20, '\0');
    };
    for (const std::uint32_t page_bytes : {0U, 4U, 256U, 513U, 131'072U, 0xffffffffU}) {
        write(page_bytes);
        EXPECT_THROW(wal_head(wal), Fault) << page_bytes;
    }
    for (const std::uint32_t page_bytes : {512U, 4096U, 65'536U}) {
        write(page_bytes);
        EXPECT_EQ(wal_head(wal)->page_bytes, page_bytes);
    }
}

}  // namespace shangdao::store
