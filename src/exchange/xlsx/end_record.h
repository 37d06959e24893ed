// End record – how many entries a zip file says it has, read before a library allocates for them.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "exchange/source.h"

namespace shangdao::exchange::xlsx {

// Looks at every end-of-directory record a reader might choose, the 64-bit form included. Refuses xlsx_too_many_entries
// when one of them declares more entries or a larger directory than allowed, file_damaged when there is none.
Result<void> check_end_record(const SheetSource& source, std::uint64_t entries_max, std::uint64_t directory_bytes_max);

}  // namespace shangdao::exchange::xlsx
