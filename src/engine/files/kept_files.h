// Kept files – bytes that people brought, named by their content (D24). A name is made from the hash and nothing else, so no
// input ever becomes a path; equal bytes are kept once; the bytes are durable before a row speaks of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace shangdao::engine {

struct KeptFile {
    std::string hash;         // SHA-256, 64 hex digits
    std::uint64_t bytes = 0;
    std::string head;         // the first bytes, for media_type_of
};

// Moves `arrived` (a file on the same file system) in among the files below `directory`. Throws Fault.
// Bytes that are there already are touched.
KeptFile keep_file(const std::filesystem::path& directory, const std::filesystem::path& arrived);
// Where the bytes of `hash` lie; nullopt for what is no hash or is not there.
std::optional<std::filesystem::path> find_kept_file(const std::filesystem::path& directory, std::string_view hash);

// Removes files last touched before `before` whose hash is not `known`; gives how many. May run beside keep_file. What cannot be removed
// stays for the next time.
std::int64_t drop_kept_files(const std::filesystem::path& directory, std::filesystem::file_time_type before, const std::function<bool(const std::string&)>& known);

// What the bytes are by their own beginning, else by the name's ending; application/octet-stream for the rest. The sender's
// word counts for nothing.
std::string media_type_of(std::string_view head, std::string_view name);
// Whether a browser may show it in place: pictures without script and PDF, known by their bytes.
bool may_be_shown(std::string_view media_type);

// A file name without path, control and direction characters, at most 200 bytes; empty when nothing is left. Needs valid UTF-8.
std::string clean_file_name(std::string_view name);

}  // namespace shangdao::engine
