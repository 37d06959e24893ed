// SheetSource – the bytes of a file to be read, on disk or in memory.
//
// Reads by offset only, so several readers share one source without a common file position. Cheap to copy, thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace shangdao::exchange {

class SheetSource {
public:
    // Refuses `file_unreadable` when there is no such regular file or it may not be read.
    static Result<SheetSource> file(const std::filesystem::path& path);
    static SheetSource bytes(std::string content);
    // What an open descriptor of a regular file reads; it is the source's from now on.
    static SheetSource descriptor(int number);

    std::uint64_t size() const;

    // Bytes from `offset` on; fewer than into.size() only at the end. A failing disk is a Fault.
    std::size_t read(std::uint64_t offset, std::span<char> into) const;

    // A descriptor that reads the same, for another process; whoever asks closes it.
    int pass_on() const;

    // The first `count` bytes, or all of them.
    std::string head(std::size_t count) const;

private:
    struct Bytes;
    explicit SheetSource(std::shared_ptr<const Bytes> bytes) : bytes_(std::move(bytes)) {}
    std::shared_ptr<const Bytes> bytes_;
};

}  // namespace shangdao::exchange
