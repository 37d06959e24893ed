// Any bytes as what lies on a disk or comes from a reader of files in its process: what the store packed, SQLite's write-ahead log, what a backup says of itself, rows. Packed texts and ids come back as
// they were; what was not packed by us is a fault or unpacks to what packs again. A log as SQLite writes it is read whole, and none of it once
// a byte has changed. The seal of a backup's texts proves that they are whole, not who made them, so what is sealed may still be anything: it
// prints as it was read, or is refused as damaged.
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>

#include "app/backup/manifest.h"
#include "app/backup/wal_log.h"
#include "base/fault.h"
#include "base/text.h"
#include "exchange/apart/frames.h"
#include "laws.h"
#include "store/packing.h"
#include "store/sqlite/wal_frames.h"

using namespace shangdao;
using namespace shangdao::app;
using fuzz::law;

namespace {

void packing(std::string_view bytes)
{
    using namespace store;
    law(inflated(deflated(bytes)) == bytes);
    try {
        const auto text = inflated(bytes);
        law(inflated(deflated(text)) == text);
    } catch (const Fault&) {
    }
    try {
        const auto ids = unpacked_ids(bytes);
        law(unpacked_ids(packed_ids(ids)) == ids);
    } catch (const Fault&) {
    }
}

// A file that has a path and no place on a disk.
class MemoryFile {
public:
    MemoryFile() : descriptor_(::memfd_create("wal", MFD_CLOEXEC)) {}
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;

    void hold(std::string_view bytes) const
    {
        law(::ftruncate(descriptor_, 0) == 0);
        law(::pwrite(descriptor_, bytes.data(), bytes.size(), 0) == std::ssize(bytes));
    }
    std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

std::string word(std::uint32_t value)
{
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xFF);
    return bytes;
}

// sqlite.org/fileformat2.html#walformat, with big-endian checksums.
class Log {
public:
    Log() : text_(head()) {}

    void add(std::uint32_t page, std::string content)
    {
        content.resize(page_bytes);
        const auto numbers = word(page) + word(page);
        sum(numbers);
        sum(content);
        text_ += numbers + salts_ + word(first_) + word(second_) + content;
        ++frames_;
    }
    const std::string& text() const { return text_; }
    std::int64_t frames() const { return frames_; }

    static constexpr std::size_t page_bytes = 512;

private:
    std::string head()
    {
        const auto start = word(0x377f0683) + word(3'007'000) + word(page_bytes) + word(0) + salts_;
        sum(start);
        return start + word(first_) + word(second_);
    }
    void sum(std::string_view bytes)
    {
        const auto at = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
        for (std::size_t i = 0; i < bytes.size(); i += 8) {
            first_ += (at(i) << 24 | at(i + 1) << 16 | at(i + 2) << 8 | at(i + 3)) + second_;
            second_ += (at(i + 4) << 24 | at(i + 5) << 16 | at(i + 6) << 8 | at(i + 7)) + first_;
        }
    }

    const std::string salts_ = "saltpans";
    std::uint32_t first_ = 0, second_ = 0;
    std::string text_;
    std::int64_t frames_ = 0;
};

// Whether the first frames are read; a fault is no.
bool reads(const MemoryFile& file, std::int64_t frames)
{
    try {
        const auto head = store::wal_head(file.path());
        if (!head) return false;
        const auto bytes = store::read_wal_frames(file.path(), *head, 0, frames);
        law(std::ssize(bytes) == frames * (store::wal_frame_head_bytes + head->page_bytes));
        return true;
    } catch (const Fault&) {
        return false;
    }
}

void wal(std::string_view input)
{
    static const MemoryFile file;
    file.hold(input);
    reads(file, 1);

    const auto where = static_cast<std::size_t>(fuzz::take_byte(input)) << 8 | fuzz::take_byte(input);
    const auto change = fuzz::take_byte(input);
    Log log;
    for (std::uint32_t page = 1; !input.empty() && page <= 4; ++page) {
        const auto content = input.substr(0, Log::page_bytes);
        log.add(page, std::string{content});
        input.remove_prefix(content.size());
    }
    if (log.frames() == 0) return;
    auto text = log.text();
    file.hold(text);
    law(reads(file, log.frames()));
    // Nothing vouches for the version and the number of the log in its head.
    const auto at = where % text.size();
    if (change == 0 || (at >= 4 && at < 8) || (at >= 12 && at < 16)) return;
    text[at] = static_cast<char>(text[at] ^ change);
    file.hold(text);
    law(!reads(file, log.frames()));
}

template <typename T>
void refused(const Result<T>& read)
{
    const auto& code = read.error().front().code;
    law(code == "backup_damaged" || code == "backup_too_new");
}

void manifest(std::string_view text)
{
    const auto read = Manifest::read(text, "B");
    if (!read) return refused(read);
    const auto printed = read->text();
    const auto again = Manifest::read(printed, "B");
    law(again.has_value() && again->text() == printed);
}

void segment(std::string_view text)
{
    static const fuzz::Directory directory;
    const WalLog log(directory.path());
    for (const auto& path : {log.path(1), directory / "run"}) std::ofstream(path, std::ios::binary) << text;
    law(log.place().from == 2);
    const auto head = log.head(1);
    if (!head) return refused(head);
    law(head->number == 1);
}

void backup(std::string_view text)
{
    const auto whole = sealed(text);
    if (text.contains('\n')) law(!unsealed(whole));
    else law(unsealed(whole) == text);
    if (const auto inner = unsealed(text)) law(sealed(*inner) == text);
    for (const std::string_view one : {text, std::string_view{whole}}) {
        manifest(one);
        segment(one);
    }
}

void rows_from_apart(std::string_view bytes)
{
    using namespace exchange;
    try {
        const auto read = apart::read_rows(std::string{bytes});
        apart::FrameWriter frame(apart::FrameKind::rows);
        for (const auto& row : read.rows) {
            const auto cells = std::span(read.cells).subspan(row.first, row.cells);
            for (const auto& cell : cells) law(valid_utf8(cell.text));
            law(cells.size() >= read.columns);
            apart::write_row(frame, {.row = row.row, .line = row.line, .cells = cells, .flaw = row.flaw}, row.position);
        }
        const auto written = frame.finished().substr(5);
        law(bytes.starts_with(written));
    } catch (const apart::Malformed&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = fuzz::text_of(data, size);
    packing(bytes);
    wal(bytes);
    backup(bytes);
    rows_from_apart(bytes);
    return 0;
}
