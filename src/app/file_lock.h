// FileLock – a file that one process holds, with its pid written in it; given up when the object or the process ends.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace shangdao::app {

class FileLock {
public:
    // Makes the file where there is none; nullopt when another process holds it. Throws Fault.
    static std::optional<FileLock> take(const std::filesystem::path& path);
    // The pid of the process that holds it, as it wrote it.
    static std::string holder(const std::filesystem::path& path);

    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace shangdao::app
