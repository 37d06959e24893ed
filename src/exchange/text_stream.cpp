#include "exchange/text_stream.h"

#include <unicode/ustring.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace shangdao::exchange {

TextStream::TextStream(SheetSource source, const Encoding& encoding, std::uint64_t start)
    : source_(std::move(source)), source_offset_(start)
{
    if (encoding.icu_name.empty()) return;
    converter_ = open_converter(encoding);
    raw_.resize(piece_bytes);
    wide_.resize(piece_bytes + 1);
}

Result<std::size_t> TextStream::read(std::span<char> into)
{
    require(into.size() >= room_needed, "a piece needs room_needed bytes");
    if (!failure_.empty()) return refuse(failure_);
    const Mark mark{decoded_, source_offset_};
    std::size_t count = converter_ ? read_converted(into) : read_utf8(into.first(piece_bytes));
    if (const void* const nul = std::memchr(into.data(), 0, count); nul != nullptr) {
        count = static_cast<std::size_t>(static_cast<const char*>(nul) - into.data());
        failure_ = "nul_byte";
    }
    if (count == 0 && !failure_.empty()) return refuse(failure_);
    if (count > 0) marks_.push_back(mark);
    decoded_ += count;
    return count;
}

std::size_t TextStream::read_utf8(std::span<char> into)
{
    const std::size_t count = source_.read(source_offset_, into);
    const std::string_view text(into.data(), count);
    const std::size_t valid = valid_utf8_prefix(text);
    const bool at_end = source_offset_ + count >= source_.size();
    if (valid < count && (at_end || !begins_utf8_character(text.substr(valid)))) failure_ = "invalid_bytes";
    source_offset_ += valid;
    return valid;
}

std::size_t TextStream::read_converted(std::span<char> into)
{
    const std::size_t count = source_.read(source_offset_, raw_);
    const bool at_end = source_offset_ + count >= source_.size();
    const char* from = raw_.data();
    UChar* wide = wide_.data();
    UErrorCode error = U_ZERO_ERROR;
    ucnv_toUnicode(converter_.get(), &wide, wide_.data() + wide_.size(), &from, raw_.data() + count, nullptr, at_end, &error);
    require(error != U_BUFFER_OVERFLOW_ERROR, "an encoding gave more characters than bytes");

    auto consumed = static_cast<std::size_t>(from - raw_.data());
    if (U_FAILURE(error)) {
        failure_ = "invalid_bytes";
    } else if (!at_end) {
        UErrorCode pending_error = U_ZERO_ERROR;
        consumed -= static_cast<std::size_t>(ucnv_toUCountPending(converter_.get(), &pending_error));
        if (consumed == 0) failure_ = "invalid_bytes";
    }
    ucnv_resetToUnicode(converter_.get());
    source_offset_ += consumed;

    std::int32_t written = 0;
    UErrorCode narrow_error = U_ZERO_ERROR;
    u_strToUTF8(into.data(), static_cast<std::int32_t>(std::min<std::size_t>(into.size(), std::numeric_limits<std::int32_t>::max())), &written,
                wide_.data(), static_cast<std::int32_t>(wide - wide_.data()), &narrow_error);
    if (U_FAILURE(narrow_error)) {  // a lone surrogate, which some tables let through
        failure_ = "invalid_bytes";
        return 0;
    }
    return static_cast<std::size_t>(written);
}

TextStream::Restart TextStream::restart_at(std::uint64_t decoded) const
{
    const auto after = std::upper_bound(marks_.begin(), marks_.end(), decoded, [](std::uint64_t place, const Mark& mark) { return place < mark.decoded; });
    if (decoded >= decoded_ || after == marks_.begin()) return {source_offset_, 0};
    const Mark& mark = *std::prev(after);
    const std::uint64_t skip = decoded - mark.decoded;
    return converter_ ? Restart{mark.source, skip} : Restart{mark.source + skip, 0};
}

void TextStream::forget_before(std::uint64_t decoded)
{
    while (marks_.size() > 1 && marks_[1].decoded <= decoded) marks_.pop_front();
}

}  // namespace shangdao::exchange
