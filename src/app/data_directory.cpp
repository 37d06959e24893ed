#include "app/data_directory.h"

#include <boost/json.hpp>
#include <sys/stat.h>

#include "app/durable.h"
#include "base/bytes.h"
#include "base/secret.h"
#include "sales/rooms.h"

namespace shangdao::app {

namespace json = boost::json;

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
    write_durably(path / "server.json", json::serialize(keys) + "\n");
    return find(path);
}

store::SqliteOptions looking_at(const std::filesystem::path& store, const Keys& keys, const Clock& clock, store::SqliteOptions::Standing standing)
{
    return {.file = store, .standing = standing, .readers = 1, .clock = &clock, .chain_key = keys.chain};
}

Result<std::unique_ptr<Opened>> open_for_writing(DataDirectory directory, const Clock& clock, int readers, StoreWatch watch)
{
    auto lock = directory.lock();
    if (!lock) return refuse("data_directory_in_use", directory.path().string(), {{"path", directory.path().string()}, {"pid", directory.lock_holder()}});
    auto opened = std::make_unique<Opened>(Opened{std::move(directory), std::move(lock), nullptr, nullptr});
    const engine::EngineOptions options{.directory = opened->directory.store_directory(), .clock = &clock, .readers = readers,
                                        .chain_key = opened->directory.keys().chain, .seal_key = opened->directory.keys().seal,
                                        .on_fail_stop = std::move(watch.on_fail_stop), .follower = watch.follower};
    TRY(opened->engine, engine::Engine::open(options, sales::all_rooms()));
    opened->access = std::make_unique<engine::Access>(*opened->engine);
    return opened;
}

}  // namespace shangdao::app
