#include "engine/persons/erased_list.h"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include "base/fault.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

std::optional<ErasedPerson> person_in(const std::string& line)
{
    boost::system::error_code error;
    const auto said = json::parse(line, error);
    const auto* map = error ? nullptr : said.if_object();
    const auto text = [&](const char* key) -> const json::string* {
        const auto* value = map == nullptr ? nullptr : map->if_contains(key);
        return value == nullptr ? nullptr : value->if_string();
    };
    const auto *object = text("object"), *id = text("id"), *at = text("at");
    if (object == nullptr || id == nullptr || at == nullptr) return std::nullopt;
    const auto number = parse_id(std::string_view{*id});
    const auto moment = parse_instant(std::string_view{*at});
    if (!number || !moment) return std::nullopt;
    return ErasedPerson{std::string{*object}, *number, *moment};
}

[[noreturn]] void fail()
{
    const int error = errno;
    throw Fault(error == ENOSPC || error == EDQUOT ? FaultKind::disk_full : FaultKind::storage, std::string{"the list of the erased is not safe: "} + std::strerror(error));
}

class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags) : value_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600))
    {
        if (value_ < 0) fail();
    }
    ~Descriptor() { ::close(value_); }
    Descriptor(const Descriptor&) = delete;
    void write(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            const auto n = ::write(value_, bytes.data(), bytes.size());
            if (n < 0 && errno != EINTR) fail();
            if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
        }
    }
    void sync() const
    {
        if (::fsync(value_) != 0) fail();
    }

private:
    int value_;
};

}  // namespace

std::filesystem::path erased_list(const std::filesystem::path& directory) { return directory / "erased.jsonl"; }

std::vector<ErasedPerson> read_erased(const std::filesystem::path& list)
{
    std::vector<ErasedPerson> persons;
    std::ifstream file(list);
    for (std::string line; std::getline(file, line);)
        if (auto person = person_in(line)) persons.push_back(std::move(*person));
    return persons;
}

void add_erased(const std::filesystem::path& list, std::span<const ErasedPerson> persons)
{
    const auto known = read_erased(list);
    std::string lines;
    for (const auto& person : persons)
        if (std::ranges::find(known, person) == known.end())
            lines += json::serialize(json::object{{"object", person.object}, {"id", to_string(person.id)}, {"at", to_string(person.at)}}) + "\n";
    if (lines.empty()) return;
    const Descriptor file(list, O_WRONLY | O_CREAT | O_APPEND);
    // Behind a line that was cut short a new one begins.
    std::ifstream before(list, std::ios::ate);
    if (before.tellg() > 0 && (before.seekg(-1, std::ios::end), before.peek()) != '\n') lines.insert(lines.begin(), '\n');
    file.write(lines);
    file.sync();
    Descriptor(list.parent_path(), O_RDONLY | O_DIRECTORY).sync();
}

}  // namespace shangdao::engine
