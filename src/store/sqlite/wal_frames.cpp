#include "store/sqlite/wal_frames.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/fault.h"
#include "base/require.h"

namespace shangdao::store {

namespace {

constexpr std::int64_t head_bytes = 32;
constexpr std::uint32_t magic = 0x377f0682;    // its last bit: checksums read the words big-endian

[[noreturn]] void fail(const std::string& what)
{
    const int error = errno;
    throw Fault(error == ENOSPC || error == EDQUOT ? FaultKind::disk_full : FaultKind::storage, what + ": " + std::strerror(error));
}

[[noreturn]] void damaged(const std::filesystem::path& wal)
{
    throw Fault(FaultKind::storage, wal.string() + " does not hold the frames it should");
}

std::uint32_t word(const char* bytes, bool big_endian = true)
{
    const auto at = [&](int i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[big_endian ? i : 3 - i])); };
    return at(0) << 24 | at(1) << 16 | at(2) << 8 | at(3);
}

std::uint64_t salts_at(const char* bytes) { return std::uint64_t{word(bytes)} << 32 | word(bytes + 4); }

class WalFile {
public:
    explicit WalFile(const std::filesystem::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~WalFile()
    {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    WalFile(const WalFile&) = delete;

    // Fewer bytes than asked for: the file ends there, or is not there.
    std::string read(std::int64_t at, std::int64_t count) const
    {
        std::string bytes(static_cast<std::size_t>(count), '\0');
        std::size_t got = 0;
        while (descriptor_ >= 0 && got < bytes.size()) {
            const auto n = ::pread(descriptor_, bytes.data() + got, bytes.size() - got, at + static_cast<std::int64_t>(got));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) fail("the WAL cannot be read");
            if (n == 0) break;
            got += static_cast<std::size_t>(n);
        }
        bytes.resize(got);
        return bytes;
    }

private:
    int descriptor_;
};

// SQLite's checksum, which goes on from frame to frame.
struct Checksum {
    std::uint32_t first = 0, second = 0;

    void add(std::string_view bytes, bool big_endian)
    {
        for (std::size_t i = 0; i < bytes.size(); i += 8) {
            first += word(bytes.data() + i, big_endian) + second;
            second += word(bytes.data() + i + 4, big_endian) + first;
        }
    }
    bool operator==(const Checksum&) const = default;
};

Checksum checksum_at(const char* bytes) { return {word(bytes), word(bytes + 4)}; }

}  // namespace

std::optional<WalHead> wal_head(const std::filesystem::path& wal)
{
    const auto head = WalFile(wal).read(0, head_bytes);
    if (std::ssize(head) < head_bytes) return std::nullopt;
    if ((word(head.data()) & ~1U) != magic || !is_page_size(word(head.data() + 8))) damaged(wal);
    return WalHead{.page_bytes = word(head.data() + 8), .salts = salts_at(head.data() + 16)};
}

std::string read_wal_frames(const std::filesystem::path& wal, const WalHead& head, std::int64_t after, std::int64_t last)
{
    const WalFile file(wal);
    const auto frame_bytes = wal_frame_head_bytes + head.page_bytes;
    const auto count = last - after;
    auto frames = file.read(head_bytes + after * frame_bytes, count * frame_bytes);
    const auto start = file.read(0, head_bytes);
    const auto before = after == 0 ? start.substr(24) : file.read(head_bytes + (after - 1) * frame_bytes + 16, 8);
    if (std::ssize(frames) != count * frame_bytes || before.size() != 8 || wal_head(wal) != head) damaged(wal);
    const bool big_endian = (word(start.data()) & 1U) != 0;
    auto sum = checksum_at(before.data());
    for (std::int64_t i = 0; i < count; ++i) {
        const std::string_view frame{frames.data() + i * frame_bytes, static_cast<std::size_t>(frame_bytes)};
        sum.add(frame.substr(0, 8), big_endian);
        sum.add(frame.substr(wal_frame_head_bytes), big_endian);
        if (salts_at(frame.data() + 8) != head.salts || checksum_at(frame.data() + 16) != sum) damaged(wal);
    }
    return frames;
}

FrameWriting::FrameWriting(const std::filesystem::path& database, std::int64_t page_bytes) : file_(::open(database.c_str(), O_WRONLY | O_CLOEXEC)), page_bytes_(page_bytes)
{
    if (file_ < 0) fail(database.string());
}

FrameWriting::~FrameWriting() { ::close(file_); }

void FrameWriting::put(std::string_view frames)
{
    const auto frame_bytes = static_cast<std::size_t>(wal_frame_head_bytes + page_bytes_);
    require(frames.size() % frame_bytes == 0, "frames are whole");
    for (std::size_t at = 0; at < frames.size(); at += frame_bytes) {
        const auto* frame = frames.data() + at;
        const auto page = std::int64_t{word(frame)};
        if (::pwrite(file_, frame + wal_frame_head_bytes, static_cast<std::size_t>(page_bytes_), (page - 1) * page_bytes_) != page_bytes_) fail("a page cannot be written");
        if (const auto pages = word(frame + 4); pages != 0) pages_ = pages;
    }
}

void FrameWriting::finish()
{
    if (pages_ != 0 && ::ftruncate(file_, pages_ * page_bytes_) != 0) fail("a database cannot be cut to its size");
    if (::fsync(file_) != 0) fail("a database cannot be synced");
}

}  // namespace shangdao::store
