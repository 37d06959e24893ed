// Eight bytes an id, as the machine has them: the file never leaves it.
#include "engine/bulk/matched.h"

#include <chrono>
#include <fstream>

#include "base/fault.h"

namespace shangdao::engine {

namespace {

constexpr auto kept = std::chrono::hours{24 * 7};

void drop_old(const std::filesystem::path& directory)
{
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(directory, ignored))
        if (std::filesystem::file_time_type::clock::now() - entry.last_write_time(ignored) > kept) std::filesystem::remove(entry.path(), ignored);
}

}  // namespace

void write_matched(const std::filesystem::path& file, std::span<const Id> ids)
{
    std::filesystem::create_directories(file.parent_path());
    drop_old(file.parent_path());
    auto next = file;
    next += ".next";
    {
        std::ofstream out(next, std::ios::binary | std::ios::trunc);
        for (const auto id : ids) out.write(reinterpret_cast<const char*>(&id.value), sizeof id.value);
        out.flush();
        if (!out) throw Fault(FaultKind::storage, "the records of a job cannot be written down");
    }
    std::filesystem::rename(next, file);
}

std::optional<std::vector<Id>> read_matched(const std::filesystem::path& file, std::int64_t from, std::int64_t most)
{
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    in.seekg(from * static_cast<std::int64_t>(sizeof(std::int64_t)));
    std::vector<Id> ids;
    std::int64_t value = 0;
    while (std::ssize(ids) < most && in.read(reinterpret_cast<char*>(&value), sizeof value)) ids.push_back(Id{value});
    return ids;
}

}  // namespace shangdao::engine
