// Attaching – a file joined to the record it is about, and read again by whoever may see that record.
#pragma once

#include <filesystem>

#include "engine/engine.h"
#include "engine/files/kept_files.h"
#include "engine/records.h"

namespace shangdao::customer {

// Where the files of attachments lie, in the directory of an organisation.
std::filesystem::path attachment_shelf(const std::filesystem::path& directory);
std::filesystem::path attachment_shelf(const engine::Engine& engine);

// To which record a file shall belong, as the sender named it.
struct AttachedTo {
    std::string object;       // "deal"
    Id id{};
};

// Refusals: unknown_object for what has no attachments, not_found for a record the desk's member does not see, forbidden.
Result<void> may_attach(store::View& view, const engine::Desk& desk, const engine::Records& records, const AttachedTo& to);
// Inside a unit; `kept` lies among the files already. `name` is clean. Refusals as may_attach and those of every creation.
Result<record::Record> attach(engine::Work& work, const engine::Records& records, const AttachedTo& to, const std::string& name, const engine::KeptFile& kept);

// What is to be sent: the bytes of `kept`, under this name.
struct AttachedFile {
    std::string hash, name, media_type;
};
// Needs sight of the attachment and, where it belongs to records, of one of them: who only brought it does not keep it.
// Refusal not_found.
Result<AttachedFile> attached_file(store::View& view, const engine::Desk& desk, const engine::Records& records, Id attachment);

}  // namespace shangdao::customer
