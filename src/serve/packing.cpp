#include "serve/packing.h"

#include <zlib.h>

#include <algorithm>

#include "base/require.h"

namespace shangdao::serve {

namespace {

constexpr std::size_t answer_bytes_min = 4'096;   // less is three packets or fewer

}  // namespace

bool accepts(const Request& request, std::string_view coding)
{
    std::string_view rest = request.headers.find("Accept-Encoding").value_or("");
    while (!rest.empty()) {
        std::string_view item = rest.substr(0, std::min(rest.find(','), rest.size()));
        rest.remove_prefix(std::min(item.size() + 1, rest.size()));
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        const std::size_t end = std::min(item.find_first_of("; "), item.size());
        if (!equal_ignoring_case(item.substr(0, end), coding)) continue;
        const std::string_view parameters = item.substr(end);
        return parameters.find("q=0") == std::string_view::npos || parameters.find("q=0.") != std::string_view::npos;
    }
    return false;
}

std::string gzipped(std::string_view bytes, Effort effort)
{
    z_stream stream{};
    constexpr int gzip_window = 15 + 16;
    const int level = effort == Effort::best ? Z_BEST_COMPRESSION : Z_BEST_SPEED;
    require(deflateInit2(&stream, level, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) == Z_OK, "zlib starts");
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib's interface lacks const
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    require(result == Z_STREAM_END, "zlib's bound holds");
    return out;
}

Response packed(Response response, const Request& request)
{
    if (response.content_type != "application/json" || response.body.size() < answer_bytes_min) return response;
    response.add("Vary", "Accept-Encoding");
    if (!accepts(request, "gzip")) return response;
    response.body = gzipped(response.body, Effort::quick);
    response.add("Content-Encoding", "gzip");
    return response;
}

}  // namespace shangdao::serve
