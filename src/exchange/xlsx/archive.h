// Archive – a zip file from a stranger, read under caps.
//
// A bomb is refused before it costs anything: the end record is looked at before libzip allocates, declared sizes before
// an entry is opened, and what is really inflated is counted while it is read. Nothing is ever written to disk, so names
// of entries are keys and never paths.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "exchange/source.h"

struct zip;
struct zip_file;

namespace shangdao::exchange::xlsx {

struct ArchiveLimits {
    std::int64_t entries = 10'000;
    std::uint64_t directory_bytes = 4ULL << 20;
    std::uint64_t inflated_bytes = 1ULL << 30;      // of all entries together
    std::uint64_t ratio = 100;                      // inflated : stored, of one entry,
    std::uint64_t ratio_from_bytes = 10ULL << 20;   // once it is larger than this
};

// One entry, inflated piece by piece. Lives no longer than its archive.
class ArchiveEntry {
public:
    // Fills `into` as far as the entry goes; 0 at its end. Refuses xlsx_too_large and file_damaged.
    Result<std::size_t> read(std::span<char> into);

    std::uint64_t size() const { return size_; }  // as declared
    std::uint64_t bytes_read() const { return read_; }

private:
    friend class Archive;
    ArchiveEntry(zip_file* file, std::uint64_t size, std::uint64_t stored, const ArchiveLimits& limits, const std::exception_ptr* fault);

    std::unique_ptr<zip_file, void (*)(zip_file*)> file_;
    std::uint64_t size_;
    std::uint64_t stored_;
    std::uint64_t read_ = 0;
    ArchiveLimits limits_;
    const std::exception_ptr* fault_;  // set by the source when the disk failed
};

class Archive {
public:
    // Refuses xlsx_too_many_entries, xlsx_too_large (a bomb), file_damaged.
    static Result<Archive> open(const SheetSource& source, const ArchiveLimits& limits = {});

    Archive(Archive&& other) noexcept;
    ~Archive();

    // Whether there is such an entry, letter case ignored.
    bool has(const std::string& name) const;

    // By name, letter case ignored. Refuses file_damaged when it is absent, xlsx_encrypted when it is locked.
    Result<ArchiveEntry> entry(const std::string& name) const;

private:
    struct Bytes;
    Archive(std::unique_ptr<Bytes> bytes, zip* opened, const ArchiveLimits& limits);

    struct Discard {
        void operator()(zip* archive) const;
    };
    std::unique_ptr<Bytes> bytes_;  // outlives the zip that reads it
    std::unique_ptr<zip, Discard> zip_;
    ArchiveLimits limits_;
};

}  // namespace shangdao::exchange::xlsx
