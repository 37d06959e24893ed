// TextStream – the bytes of a text file, as UTF-8, piece by piece.
//
// A piece ends at a whole character, and no state is carried between pieces, so decoding may restart at the source
// offset of any piece. That is what makes a resumed import cheap. Everything given out is valid UTF-8 without NUL.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/icu_converter.h"

namespace shangdao::exchange {

class TextStream {
public:
    static constexpr std::size_t piece_bytes = 128 * 1024;      // of the source
    static constexpr std::size_t room_needed = 3 * piece_bytes;  // of UTF-8, at most

    TextStream(SheetSource source, const Encoding& encoding, std::uint64_t start);

    // Writes one piece into `into` (at least room_needed); 0 at the end. Refuses `invalid_bytes` or `nul_byte` once all
    // before it was given; the caller, who counts lines, adds the line.
    Result<std::size_t> read(std::span<char> into);

    // A place from which decoding can restart, and how many UTF-8 bytes lie between it and the place asked for.
    struct Restart {
        std::uint64_t source = 0;
        std::uint64_t skip = 0;
    };
    // `decoded` counts UTF-8 bytes given since construction; places before the last forget_before() are unknown.
    Restart restart_at(std::uint64_t decoded) const;
    void forget_before(std::uint64_t decoded);

    std::uint64_t source_offset() const { return source_offset_; }

private:
    std::size_t read_utf8(std::span<char> into);
    std::size_t read_converted(std::span<char> into);

    struct Mark {
        std::uint64_t decoded;
        std::uint64_t source;
    };

    SheetSource source_;
    IcuConverter converter_{nullptr, nullptr};
    std::vector<char> raw_;
    std::vector<char16_t> wide_;
    std::uint64_t source_offset_;
    std::uint64_t decoded_ = 0;
    std::deque<Mark> marks_;
    std::string failure_;  // code of the refusal that comes next
};

}  // namespace shangdao::exchange
