#include "serve/assets.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <openssl/sha.h>

#include "base/fault.h"
#include "serve/packing.h"

namespace shangdao::serve {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t gzip_bytes_min = 1024;
constexpr std::string_view brotli_extension = ".br";

struct TypeRow {
    std::string_view extension, type;
    bool compressible;
};
constexpr std::array<TypeRow, 19> types{{
    {".html", "text/html; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".mjs", "text/javascript; charset=utf-8", true},
    {".css", "text/css; charset=utf-8", true},
    {".json", "application/json", true},
    {".map", "application/json", true},
    {".webmanifest", "application/manifest+json", true},
    {".svg", "image/svg+xml", true},
    {".txt", "text/plain; charset=utf-8", true},
    {".xml", "application/xml", true},
    {".wasm", "application/wasm", true},
    {".ico", "image/x-icon", true},
    {".png", "image/png", false},
    {".jpg", "image/jpeg", false},
    {".webp", "image/webp", false},
    {".gif", "image/gif", false},
    {".woff2", "font/woff2", false},
    {".woff", "font/woff", false},
    {".pdf", "application/pdf", false},
}};

std::string_view extension_of(std::string_view name)
{
    const std::size_t slash = name.rfind('/');
    const std::string_view last = slash == std::string_view::npos ? name : name.substr(slash + 1);
    const std::size_t dot = last.rfind('.');
    return dot == std::string_view::npos ? std::string_view{} : last.substr(dot);
}

bool is_compressible(std::string_view name)
{
    const auto found = std::ranges::find(types, extension_of(name), &TypeRow::extension);
    return found != types.end() && found->compressible;
}

std::string read_whole(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in) throw Fault(FaultKind::storage, fmt::format("cannot read {}", path.string()));
    return bytes;
}

using Shared = std::shared_ptr<const std::string>;

Shared when_smaller(std::string packed, const Shared& plain)
{
    return packed.size() < plain->size() ? std::make_shared<const std::string>(std::move(packed)) : nullptr;
}

std::string etag_of(std::string_view bytes)
{
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::string out = "\"";
    for (std::size_t i = 0; i < 12; ++i) out += fmt::format("{:02x}", digest[i]);
    return out + "\"";
}

// If-None-Match is a list; a weak prefix does not matter for GET.
bool names_etag(std::string_view list, std::string_view etag)
{
    return list == "*" || list.find(etag) != std::string_view::npos;
}

}  // namespace

std::string_view content_type_of(std::string_view file_name)
{
    const auto found = std::ranges::find(types, extension_of(file_name), &TypeRow::extension);
    return found == types.end() ? "application/octet-stream" : found->type;
}

Assets::File Assets::load(const fs::path& path, std::string_view name)
{
    File file;
    file.plain = std::make_shared<const std::string>(read_whole(path));
    file.type = content_type_of(name);
    file.etag = etag_of(*file.plain);
    file.cache_control = name.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    if (is_compressible(name) && file.plain->size() >= gzip_bytes_min)
        file.gzip = when_smaller(gzipped(*file.plain, Effort::best), file.plain);
    fs::path beside = path;
    if (beside += brotli_extension; fs::is_regular_file(fs::symlink_status(beside)))
        file.brotli = when_smaller(read_whole(beside), file.plain);
    return file;
}

Assets::Assets(const fs::path& directory)
{
    std::error_code error;
    fs::recursive_directory_iterator at(directory, error);
    if (error)
        throw Fault(FaultKind::storage,
                    fmt::format("cannot read the web app in {}: {}", directory.string(), error.message()));
    for (; at != fs::recursive_directory_iterator(); ++at) {
        const bool hidden = at->path().filename().string().starts_with('.');
        if (hidden && at->is_directory()) at.disable_recursion_pending();
        if (hidden || at->is_symlink() || !at->is_regular_file()) continue;
        if (at->path().extension() == brotli_extension) continue;
        const std::string name = "/" + fs::relative(at->path(), directory).generic_string();
        files_.emplace(name, load(at->path(), name));
    }
}

Response Assets::answer(const File& file, const Request& request)
{
    Response response;
    response.cache_control = file.cache_control;
    response.add("ETag", file.etag);
    response.add("Vary", "Accept-Encoding");
    if (const auto known = request.headers.find("If-None-Match"); known && names_etag(*known, file.etag)) {
        response.status = 304;
        return response;
    }
    response.content_type = file.type;
    response.shared_body = file.plain;
    for (const auto& [coding, bytes] : {std::pair{"br", &file.brotli}, std::pair{"gzip", &file.gzip}})
        if (*bytes && accepts(request, coding)) {
            response.shared_body = *bytes;
            response.add("Content-Encoding", coding);
            break;
        }
    return response;
}

Response Assets::find(const Request& request) const
{
    if (const auto found = files_.find(request.path); found != files_.end()) return answer(found->second, request);
    const bool names_a_file = request.path.starts_with("/assets/") || !extension_of(request.path).empty();
    const auto index = files_.find("/index.html");
    if (!names_a_file && index != files_.end()) return answer(index->second, request);
    return text_response(404, "404\n");
}

}  // namespace shangdao::serve
