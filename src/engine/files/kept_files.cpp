// Two levels of directories keep any of them small: ab/cdef….
#include "engine/files/kept_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"

namespace shangdao::engine {

namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 18;
constexpr std::size_t head_bytes = 64;
constexpr std::size_t name_bytes_max = 200;

[[noreturn]] void fail(const char* what)
{
    const int error = errno;
    throw Fault(error == ENOSPC || error == EDQUOT ? FaultKind::disk_full : FaultKind::storage, std::string{what} + ": " + std::strerror(error));
}

class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags) : value_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW))
    {
        if (value_ < 0) fail("a kept file does not open");
    }
    ~Descriptor() { ::close(value_); }
    Descriptor(const Descriptor&) = delete;
    int get() const { return value_; }
    void sync() const
    {
        if (::fsync(value_) != 0) fail("a kept file is not durable");
    }

private:
    int value_;
};

std::filesystem::path path_of(const std::filesystem::path& directory, std::string_view hash)
{
    return directory / std::string{hash.substr(0, 2)} / std::string{hash.substr(2)};
}

bool is_hash(std::string_view text)
{
    return text.size() == 64 && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

struct Beginning {
    std::string_view bytes, media_type;
};
constexpr std::array<Beginning, 6> beginnings{{{"\x89PNG\r\n\x1a\n", "image/png"}, {"\xff\xd8\xff", "image/jpeg"}, {"GIF87a", "image/gif"}, {"GIF89a", "image/gif"}, {"%PDF-", "application/pdf"}, {"{\\rtf", "application/rtf"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> endings{{
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {".doc", "application/msword"},
    {".xls", "application/vnd.ms-excel"},
    {".ppt", "application/vnd.ms-powerpoint"},
    {".csv", "text/csv"},
    {".txt", "text/plain"},
    {".zip", "application/zip"},
    {".eml", "message/rfc822"},
    {".mp4", "video/mp4"},
    {".mp3", "audio/mpeg"},
}};

}  // namespace

KeptFile keep_file(const std::filesystem::path& directory, const std::filesystem::path& arrived)
{
    KeptFile kept;
    const Descriptor file(arrived, O_RDONLY);
    Sha256 hash;
    std::vector<char> piece(piece_bytes);
    while (true) {
        const auto n = ::read(file.get(), piece.data(), piece.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fail("an arrived file does not read");
        if (n == 0) break;
        const std::string_view bytes{piece.data(), static_cast<std::size_t>(n)};
        if (kept.head.size() < head_bytes) kept.head += bytes.substr(0, head_bytes - kept.head.size());
        hash.update(bytes);
        kept.bytes += bytes.size();
    }
    kept.hash = hex(hash.finish());
    const auto path = path_of(directory, kept.hash);
    // Touched, so that it is young for drop_kept_files; when that has just taken it away, this one takes its place.
    if (::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0) {
        std::filesystem::remove(arrived);
        return kept;
    }
    if (errno != ENOENT && errno != ENOTDIR) fail("a kept file cannot be touched");
    file.sync();
    std::filesystem::create_directories(path.parent_path());
    std::filesystem::rename(arrived, path);
    for (const auto& parent : {path.parent_path(), directory, directory.parent_path()}) Descriptor(parent, O_RDONLY | O_DIRECTORY).sync();
    return kept;
}

std::optional<std::filesystem::path> find_kept_file(const std::filesystem::path& directory, std::string_view hash)
{
    if (!is_hash(hash)) return std::nullopt;
    auto path = path_of(directory, hash);
    if (!std::filesystem::is_regular_file(path)) return std::nullopt;
    return path;
}

// A file is first put aside: who brings the same bytes meanwhile finds none and keeps his own; whom it was too late to see has touched it.
std::int64_t drop_kept_files(const std::filesystem::path& directory, std::filesystem::file_time_type before, const std::function<bool(const std::string&)>& known)
{
    namespace fs = std::filesystem;
    constexpr std::string_view aside = ".aside";
    std::int64_t dropped = 0;
    std::error_code ignored;
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(directory, ignored))
        if (entry.is_regular_file(ignored)) files.push_back(entry.path());
    for (auto path : files) {
        if (path.extension() == aside) {   // of a process that was killed here
            const auto back = fs::path{path}.replace_extension();
            fs::rename(path, back, ignored);
            path = back;
        }
        const auto hash = path.parent_path().filename().string() + path.filename().string();
        std::error_code gone;
        if (!is_hash(hash) || fs::last_write_time(path, gone) >= before || gone || known(hash)) continue;
        auto put_aside = path;
        put_aside += aside;
        fs::rename(path, put_aside, gone);
        if (gone) continue;
        if (fs::last_write_time(put_aside, gone) >= before || gone) {
            fs::rename(put_aside, path, ignored);
            continue;
        }
        dropped += fs::remove(put_aside, gone) ? 1 : 0;
    }
    return dropped;
}

std::string media_type_of(std::string_view head, std::string_view name)
{
    for (const auto& [bytes, media_type] : beginnings)
        if (head.starts_with(bytes)) return std::string{media_type};
    if (head.starts_with("RIFF") && head.substr(std::min<std::size_t>(8, head.size())).starts_with("WEBP")) return "image/webp";
    const auto key = match_key(name);
    for (const auto& [ending, media_type] : endings)
        if (key.ends_with(ending)) return std::string{media_type};
    return "application/octet-stream";
}

bool may_be_shown(std::string_view media_type)
{
    static constexpr std::array<std::string_view, 5> shown{"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"};
    return std::ranges::find(shown, media_type) != shown.end();
}

std::string clean_file_name(std::string_view name)
{
    const auto slash = name.find_last_of("/\\");
    const auto last = nfc(slash == std::string_view::npos ? name : name.substr(slash + 1));
    std::string out;
    const auto size = static_cast<std::int32_t>(last.size());
    for (std::int32_t at = 0; at < size;) {
        const auto from = at;
        UChar32 c = 0;
        U8_NEXT(last.data(), at, size, c);
        const auto kind = u_charType(c);
        if (kind == U_CONTROL_CHAR || kind == U_FORMAT_CHAR || kind == U_LINE_SEPARATOR || kind == U_PARAGRAPH_SEPARATOR) continue;
        if (std::string_view{"\"<>|:*?"}.contains(static_cast<char>(c)) && c < 128) {
            out += '_';
            continue;
        }
        if (out.size() + static_cast<std::size_t>(at - from) > name_bytes_max) break;
        out.append(last, static_cast<std::size_t>(from), static_cast<std::size_t>(at - from));
    }
    auto clean = trimmed(out);
    while (clean.starts_with('.')) clean = trimmed(clean.substr(1));
    return std::string{clean};
}

}  // namespace shangdao::engine
