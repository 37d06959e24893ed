// Integers of JSON here are counts and sizes; a seq is a text, as on the wire.
#include "app/backup/manifest.h"

#include <boost/json.hpp>

#include "base/bytes.h"
#include "base/secret.h"

namespace shangdao::app {

namespace {

namespace json = boost::json;

json::object told(const FileProof& file) { return {{"sha256", file.sha256}, {"bytes", file.bytes}}; }

FileProof file_of(const json::value& value)
{
    return {.sha256 = std::string{value.at("sha256").as_string()}, .bytes = value.at("bytes").as_int64()};
}

std::vector<std::string> texts_of(const json::value& list)
{
    std::vector<std::string> texts;
    for (const auto& text : list.as_array()) texts.emplace_back(text.as_string());
    return texts;
}

json::array told(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }

Manifest manifest_of(const json::value& value)
{
    const auto word = [&](const char* key) { return std::string{value.at(key).as_string()}; };
    Manifest manifest{.version = word("version"),
                      .organisation = std::string{value.at("organisation").at("id").as_string()},
                      .name = std::string{value.at("organisation").at("name").as_string()},
                      .at = parse_instant(word("at")).value(),
                      .log = {.run = std::string{value.at("log").at("run").as_string()}, .from = value.at("log").at("from").as_int64()},
                      .database = file_of(value.at("database")),
                      .keys = file_of(value.at("keys")),
                      .store = {.tables = {}, .seq = std::stoll(word("seq")), .sealed_seq = std::stoll(word("sealed_seq")), .chain_hash = word("chain_hash")},
                      .files = {},
                      .missing = texts_of(value.at("missing")),
                      .findings = texts_of(value.at("findings"))};
    for (const auto& table : value.at("tables").as_array())
        manifest.store.tables.push_back({.name = std::string{table.at("name").as_string()}, .hash = std::string{table.at("blake2b").as_string()}, .rows = table.at("rows").as_int64()});
    for (const auto& file : value.at("files").as_array()) manifest.files.push_back(file_of(file));
    return manifest;
}

}  // namespace

std::string sealed(std::string_view json)
{
    return std::string{json} + "\n" + hex(sha256(json)) + "\n";
}

std::optional<std::string> unsealed(std::string_view text)
{
    const auto end = text.find('\n');
    if (end == std::string_view::npos || sealed(text.substr(0, end)) != text) return std::nullopt;
    return std::string{text.substr(0, end)};
}

Result<void> read_sealed(std::string_view text, const std::filesystem::path& path, const std::function<void(const json::value&)>& read)
{
    if (const auto line = unsealed(text)) {
        try {
            read(json::parse(*line));
            return {};
        } catch (const std::exception&) {   // of whatever kind: JSON that is another's
        }
    }
    return refuse("backup_damaged", path.string(), {{"path", path.string()}});
}

std::string Manifest::text() const
{
    json::array tables, kept;
    for (const auto& table : store.tables) tables.push_back(json::object{{"name", table.name}, {"rows", table.rows}, {"blake2b", table.hash}});
    for (const auto& file : files) kept.push_back(told(file));
    return sealed(json::serialize(json::object{{"format", backup_format},
                                               {"version", version},
                                               {"organisation", {{"id", organisation}, {"name", name}}},
                                               {"at", to_string(at)},
                                               {"log", {{"run", log.run}, {"from", log.from}}},
                                               {"seq", std::to_string(store.seq)},
                                               {"sealed_seq", std::to_string(store.sealed_seq)},
                                               {"chain_hash", store.chain_hash},
                                               {"database", told(database)},
                                               {"keys", told(keys)},
                                               {"tables", std::move(tables)},
                                               {"files", std::move(kept)},
                                               {"missing", told(missing)},
                                               {"findings", told(findings)}}));
}

Result<Manifest> Manifest::read(std::string_view text, const std::string& path)
{
    Manifest manifest;
    bool too_new = false;
    CHECK_OK(read_sealed(text, path, [&](const json::value& value) {
        too_new = value.at("format").as_int64() > backup_format;
        if (too_new) manifest.version = value.at("version").as_string();
        else manifest = manifest_of(value);
    }));
    if (too_new) return refuse("backup_too_new", path, {{"path", path}, {"version", manifest.version}});
    return manifest;
}

}  // namespace shangdao::app
