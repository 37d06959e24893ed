// Manifest – what a backup says of itself, so that it can be proved without the data it was made of.
//
// A sealed text is one line of JSON and one with its SHA-256: whichever byte of it was changed or is missing, it is no sealed text.
#pragma once

#include <boost/json/value.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/backup/wal_log.h"
#include "app/durable.h"
#include "base/result.h"
#include "base/time.h"
#include "store/sqlite/copying.h"

namespace shangdao::app {

inline constexpr int backup_format = 1;

std::string sealed(std::string_view json);
// The JSON of a sealed text; nullopt when it is none.
std::optional<std::string> unsealed(std::string_view text);
// Hands the JSON of a sealed text to `read`, which takes it for what it should be and throws where it is not: the seal proves that a text is whole,
// not who made it. Refusal backup_damaged, which names the path, for that and for what is no sealed text.
Result<void> read_sealed(std::string_view text, const std::filesystem::path& path, const std::function<void(const boost::json::value&)>& read);

struct Manifest {
    std::string version;                    // of the program that made it
    std::string organisation, name;         // its mark (Place) and its name
    Instant at;                             // of the snapshot: what was committed before is in it
    LogPlace log;                           // where what came after may be
    FileProof database, keys;
    store::StoreProof store;
    std::vector<FileProof> files;           // attachments, each once
    std::vector<std::string> missing;       // files that attachments know and nobody had, by hash
    std::vector<std::string> findings;      // of the check of the copy

    std::string text() const;               // sealed
    // Refusals backup_damaged, backup_too_new; `path` is named in them.
    static Result<Manifest> read(std::string_view text, const std::string& path);
};

}  // namespace shangdao::app
