// Purging – what nobody can get back any more leaves the disk: attachments that lie in the bin for 30 days (D21), files that no
// attachment knows – their row was refused, or the process died before it was written – once they are a day old, and uploads that a
// dead process left half way. Nothing here is urgent; it may stop anywhere and begins anew.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace shangdao::customer {

inline constexpr std::int64_t bin_days = 30;
inline constexpr std::int64_t unknown_file_hours = 24;

struct Purged {
    std::int64_t attachments = 0, files = 0;
    bool operator==(const Purged&) const = default;
};
// The files that attachments know, those in the bin too: their hashes, each once, in order.
std::vector<std::string> attachment_hashes(store::Store& store);

// Of these hashes the files that no attachment knows go at once; gives how many. Who brings the same bytes at this very moment may have to bring
// them again.
std::int64_t drop_unattached(engine::Engine& engine, std::span<const std::string> hashes);

// On a thread that may wait: reads page by page and writes in background units. Throws faults.
Purged purge_attachments(engine::Engine& engine);

}  // namespace shangdao::customer
