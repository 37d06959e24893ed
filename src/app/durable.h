// Durable – files that are on the disk when a call returns, and what their bytes hash to. All of it throws Fault: disk_full when there is no room.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace shangdao::app {

struct FileProof {
    std::string sha256;        // 64 hex digits
    std::int64_t bytes = 0;

    bool operator==(const FileProof&) const = default;
};

// What a long work calls now and then, with the bytes it has done since.
using Beat = std::function<void(std::int64_t bytes)>;

// The bytes of a small file; empty when it cannot be read.
std::string read_text(const std::filesystem::path& path);
// Makes or replaces `path`, readable by its owner alone: written beside it, synced, renamed.
void write_durably(const std::filesystem::path& path, std::string_view text);
// Makes or replaces `to` with the bytes of `from`, the same way; gives what they hashed to on their way. With `wanted`, other bytes are not named:
// `to` is as it was.
FileProof copy_durably(const std::filesystem::path& from, const std::filesystem::path& to, const Beat& beat = {}, const std::optional<std::string>& wanted = std::nullopt);
FileProof prove_file(const std::filesystem::path& path, const Beat& beat = {});
void sync_file(const std::filesystem::path& path);
// The names in a directory are safe after this.
void sync_directory(const std::filesystem::path& path);
// Makes it and its parents, for its owner alone.
void make_directory(const std::filesystem::path& path);
// Gives `from` the name `to` and makes it safe; `to` must not be there, or be an empty directory.
void name_durably(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace shangdao::app
