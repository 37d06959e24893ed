// Plain POSIX: flock for the lock, 0600 for what is secret.
#include "app/data_directory.h"

#include <boost/json.hpp>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/secret.h"
#include "sales/rooms.h"

namespace shangdao::app {

namespace {

namespace json = boost::json;

std::string read_text(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Durable before its name exists: written beside, synced, renamed.
void write_secret(const std::filesystem::path& path, std::string_view text)
{
    const auto beside = path.string() + ".new";
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) throw Fault(FaultKind::storage, "cannot write " + beside);
    const bool whole = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!whole || ::rename(beside.c_str(), path.c_str()) != 0) throw Fault(FaultKind::storage, "cannot write " + path.string());
}

}  // namespace

DataDirectory::Lock::~Lock()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<DataDirectory> DataDirectory::find(const std::filesystem::path& path)
{
    const auto file = path / "server.json";
    if (!std::filesystem::exists(file)) return refuse("no_data_directory", path.string(), {{"path", path.string()}});
    boost::system::error_code error;
    const auto value = json::parse(read_text(file), error);
    const auto key = [&](const char* name) -> std::optional<std::string> {
        const auto* object = error ? nullptr : value.if_object();
        const auto* text = object == nullptr ? nullptr : object->if_contains(name);
        return text == nullptr || !text->is_string() ? std::nullopt : parse_base64url(text->as_string());
    };
    const auto chain = key("chain_key"), seal = key("seal_key");
    if (!chain || !seal) return refuse("data_directory_broken", file.string(), {{"path", file.string()}});
    DataDirectory directory;
    directory.path_ = std::filesystem::absolute(path);
    directory.keys_ = {*chain, *seal};
    return directory;
}

Result<DataDirectory> DataDirectory::create(const std::filesystem::path& path)
{
    if (std::filesystem::exists(path / "server.json")) return refuse("data_directory_exists", path.string(), {{"path", path.string()}});
    std::filesystem::create_directories(path / "orgs" / "main" / "files");
    ::chmod(path.c_str(), 0700);
    const json::object keys{{"format", 1}, {"chain_key", base64url(bytes_of(random_bytes(32)))}, {"seal_key", base64url(bytes_of(random_bytes(32)))}};
    write_secret(path / "server.json", json::serialize(keys) + "\n");
    return find(path);
}

std::optional<DataDirectory::Lock> DataDirectory::lock() const
{
    const auto path = path_ / "lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) throw Fault(FaultKind::storage, "cannot open " + path.string());
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        ::close(file);
        return std::nullopt;
    }
    const auto pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(file, 0) != 0 || ::write(file, pid.data(), pid.size()) < 0) throw Fault(FaultKind::storage, "cannot write " + path.string());
    return Lock(file);
}

std::string DataDirectory::lock_holder() const
{
    auto text = read_text(path_ / "lock");
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

Result<std::unique_ptr<Opened>> open_for_writing(DataDirectory directory, const Clock& clock, int readers)
{
    auto lock = directory.lock();
    if (!lock) return refuse("data_directory_in_use", directory.path().string(), {{"path", directory.path().string()}, {"pid", directory.lock_holder()}});
    auto opened = std::make_unique<Opened>(Opened{std::move(directory), std::move(lock), nullptr, nullptr});
    const engine::EngineOptions options{.directory = opened->directory.store_directory(), .clock = &clock, .readers = readers,
                                        .chain_key = opened->directory.keys().chain, .seal_key = opened->directory.keys().seal};
    TRY(opened->engine, engine::Engine::open(options, sales::all_rooms()));
    opened->access = std::make_unique<engine::Access>(*opened->engine);
    return opened;
}

}  // namespace shangdao::app
