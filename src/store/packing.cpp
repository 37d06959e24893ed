#include "store/packing.h"

#include <zlib.h>

#include "base/fault.h"
#include "base/require.h"

namespace shangdao::store {
namespace {

constexpr std::size_t unpacked_bytes_max = std::size_t{256} << 20;

[[noreturn]] void damaged()
{
    throw Fault(FaultKind::storage, "packed bytes of the ledger are damaged");
}

}  // namespace

// The size stands before zlib's stream as 8 bytes, lowest first.
std::string deflated(std::string_view text)
{
    uLongf size = compressBound(static_cast<uLong>(text.size()));
    std::string out(8 + size, '\0');
    for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<char>(text.size() >> (8 * i) & 0xff);
    const int code = compress2(reinterpret_cast<Bytef*>(out.data() + 8), &size, reinterpret_cast<const Bytef*>(text.data()),
                               static_cast<uLong>(text.size()), Z_BEST_SPEED);
    require(code == Z_OK, "zlib packs into the size it asked for");
    out.resize(8 + size);
    return out;
}

std::string inflated(std::string_view bytes)
{
    if (bytes.size() < 8) damaged();
    std::size_t size = 0;
    for (std::size_t i = 0; i < 8; ++i) size |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    if (size > unpacked_bytes_max) damaged();
    std::string out(size, '\0');
    uLongf length = static_cast<uLongf>(size);
    const int code = uncompress(reinterpret_cast<Bytef*>(out.data()), &length, reinterpret_cast<const Bytef*>(bytes.data() + 8),
                                static_cast<uLong>(bytes.size() - 8));
    if (code != Z_OK || length != size) damaged();
    return out;
}

std::string packed_ids(std::span<const Id> ids)
{
    std::string out;
    std::uint64_t before = 0;
    for (const auto id : ids) {
        const auto value = static_cast<std::uint64_t>(id.value);
        auto step = value - before;    // wraps for a list that falls, and wraps back
        before = value;
        for (; step >= 0x80; step >>= 7) out += static_cast<char>(step | 0x80);
        out += static_cast<char>(step);
    }
    return out;
}

std::vector<Id> unpacked_ids(std::string_view bytes)
{
    std::vector<Id> ids;
    std::uint64_t value = 0, step = 0;
    unsigned shift = 0;
    for (const char byte : bytes) {
        if (shift > 63) damaged();
        step |= (static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) & 0x7f) << shift;
        shift += 7;
        if ((static_cast<unsigned char>(byte) & 0x80) != 0) continue;
        value += step;
        ids.push_back(Id{static_cast<std::int64_t>(value)});
        step = shift = 0;
    }
    if (shift != 0) damaged();
    return ids;
}

}  // namespace shangdao::store
