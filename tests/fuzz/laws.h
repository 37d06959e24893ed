// Laws – what a fuzz target says of the code it feeds; a broken one stops the fuzzer and names its line.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <source_location>
#include <string>
#include <string_view>

namespace shangdao::fuzz {

inline void law(bool holds, std::source_location where = std::source_location::current())
{
    if (holds) return;
    std::fprintf(stderr, "%s:%u: a law is broken\n", where.file_name(), where.line());
    std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

// What a target may choose from comes in the first bytes; 0 when there are no more.
inline std::uint8_t take_byte(std::string_view& input)
{
    if (input.empty()) return 0;
    const auto byte = static_cast<std::uint8_t>(input.front());
    input.remove_prefix(1);
    return byte;
}

// The input up to `cut`, which no text of the target holds; all of it when there is none. The input goes on behind it.
inline std::string_view take_part(std::string_view& input, char cut = '\xFF')
{
    const auto end = std::min(input.find(cut), input.size());
    const auto part = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
    return part;
}

// A directory for what must be a file; in memory, since a disk would be most of an execution's time.
class Directory {
public:
    Directory() : path_((std::filesystem::is_directory("/dev/shm") ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path()) / ("fuzz-" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(path_);
    }
    ~Directory() { std::filesystem::remove_all(path_); }
    Directory(const Directory&) = delete;
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace shangdao::fuzz
