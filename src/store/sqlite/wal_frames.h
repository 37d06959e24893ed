// WAL frames – pages as SQLite's WAL holds them (its file format, sqlite.org/fileformat2.html#walformat): read beside the writer, and put into a copy of
// the database, which then is what the store was after the commit they end with.
//
// A frame holds a whole page, so frames may be put into a copy that has some of them already: what counts is the last one.
#pragma once

#include <bit>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace shangdao::store {

// A WAL has other salts each time it begins anew.
struct WalHead {
    std::int64_t page_bytes = 0;
    std::uint64_t salts = 0;

    bool operator==(const WalHead&) const = default;
};

constexpr std::int64_t wal_frame_head_bytes = 24;

// Whether SQLite has pages of this size.
constexpr bool is_page_size(std::int64_t bytes)
{
    return bytes >= 512 && bytes <= 65'536 && std::has_single_bit(static_cast<std::uint64_t>(bytes));
}

// nullopt: there is none, or nothing in it. Throws Fault when what is there is no WAL. Opens the WAL beside SQLite, which holds no lock on this file that closing it would give up.
std::optional<WalHead> wal_head(const std::filesystem::path& wal);
// Frames `after` + 1 to `last`, as they lie; the caller knows that they are committed and stay. Throws Fault when they are not this WAL's or damaged.
std::string read_wal_frames(const std::filesystem::path& wal, const WalHead& head, std::int64_t after, std::int64_t last);

// Puts frames into a database that nobody has open, in their order, and is done when it is destroyed. Throws Fault.
class FrameWriting {
public:
    FrameWriting(const std::filesystem::path& database, std::int64_t page_bytes);
    ~FrameWriting();
    FrameWriting(const FrameWriting&) = delete;

    void put(std::string_view frames);
    // The last frame put was a commit's: cuts the file to the size that it gives, and syncs.
    void finish();

private:
    int file_;
    std::int64_t page_bytes_;
    std::int64_t pages_ = 0;    // of the database after the last commit
};

}  // namespace shangdao::store
