// Cursor – a place in a list, sealed over everything that made it (D9): another member, filter or sort refuses it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/lists.h"

namespace shangdao::engine {

// What a cursor belongs to; any difference makes it stale.
std::string cursor_context(const Desk& desk, const Object& object, const ListRequest& request);

std::string seal_cursor(const Seal& seal, std::string_view context, const std::vector<record::Value>& place);
Result<std::vector<record::Value>> open_cursor(const Seal& seal, std::string_view context, std::string_view cursor);

}  // namespace shangdao::engine
