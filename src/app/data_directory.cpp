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
    const auto word = [&](const char* name) -> const json::string* {
        const auto* text = value.as_object().if_contains(name);
        return text == nullptr ? nullptr : text->if_string();
    };
    if (const auto* address = word("database")) directory.database_.address = *address;
    if (const auto* schema = word("schema")) directory.database_.schema = *schema;
    if (const auto* hosts = value.as_object().if_contains("hosts"); hosts != nullptr && hosts->is_array())
        for (const auto& host : hosts->as_array())
            if (host.is_string()) directory.hosts_.emplace_back(host.as_string());
    directory.kept_ = directory.text();
    return directory;
}

Result<DataDirectory> DataDirectory::create(const std::filesystem::path& path, const Database& database)
{
    if (std::filesystem::exists(path / "server.json")) return refuse("data_directory_exists", path.string(), {{"path", path.string()}});
    std::filesystem::create_directories(path / "orgs" / "main" / "files");
    ::chmod(path.c_str(), 0700);
    DataDirectory directory;
    directory.path_ = std::filesystem::absolute(path);
    directory.keys_ = {.chain = random_bytes(32), .seal = random_bytes(32)};
    directory.database_ = database;
    directory.keep();
    return directory;
}

void DataDirectory::unmake(const std::filesystem::path& path)
{
    std::error_code ignored;
    for (const auto* part : {"orgs", "server.json", "lock"}) std::filesystem::remove_all(path / part, ignored);
}

void DataDirectory::keep()
{
    auto now = text();
    if (now == kept_) return;
    write_durably(key_file(), now);
    kept_ = std::move(now);
}

std::string DataDirectory::text() const
{
    json::object kept{{"format", 1}, {"chain_key", base64url(bytes_of(keys_.chain))}, {"seal_key", base64url(bytes_of(keys_.seal))}};
    if (database_.is_used()) {
        kept["database"] = database_.address;
        kept["schema"] = database_.schema;
    }
    if (!hosts_.empty()) kept["hosts"] = json::array(hosts_.begin(), hosts_.end());
    return json::serialize(kept) + "\n";
}

Result<void> DataDirectory::use_database(const Database& database)
{
    if (database != database_ && std::filesystem::exists(store_file())) return refuse("records_elsewhere", "db", {{"path", store_file().string()}});
    set_database(database);
    return {};
}

store::StoreOptions looking_at(const DataDirectory& directory, const Clock& clock)
{
    const auto& database = directory.database();
    if (!database.is_used()) return looking_at(directory.store_file(), directory.keys(), clock);
    return store::PostgresOptions{.address = database.address, .schema = database.schema, .readers = 1, .clock = &clock, .chain_key = directory.keys().chain};
}

Result<void> check_is_in_file(const DataDirectory& directory)
{
    if (!directory.database().is_used()) return {};
    return refuse("backup_of_database", "data", {{"path", directory.path().string()}});
}

store::SqliteOptions looking_at(const std::filesystem::path& store, const Keys& keys, const Clock& clock, store::SqliteOptions::Standing standing)
{
    return {.file = store, .standing = standing, .readers = 1, .clock = &clock, .chain_key = keys.chain};
}

Result<std::unique_ptr<Opened>> open_for_writing(DataDirectory directory, const Clock& clock, int readers, std::optional<StoreWatch> watch)
{
    auto lock = directory.lock();
    if (!lock) return refuse("data_directory_in_use", directory.path().string(), {{"path", directory.path().string()}, {"pid", directory.lock_holder()}});
    auto opened = std::make_unique<Opened>(Opened{std::move(directory), std::move(lock), nullptr, nullptr});
    const engine::EngineOptions options{.directory = opened->directory.store_directory(), .database = opened->directory.database().address, .schema = opened->directory.database().schema, .clock = &clock, .readers = readers,
                                        .chain_key = opened->directory.keys().chain, .seal_key = opened->directory.keys().seal,
                                        .on_fail_stop = watch ? watch->on_fail_stop : nullptr, .follower = watch ? watch->follower : nullptr,
                                        .company = watch ? engine::EngineOptions::Company::others : engine::EngineOptions::Company::alone};
    TRY(opened->engine, engine::Engine::open(options, sales::all_rooms()));
    opened->directory.keep();    // only now is it known that the records are there
    opened->access = std::make_unique<engine::Access>(*opened->engine);
    return opened;
}

}  // namespace shangdao::app
