// forwarded – who the client is when a proxy of ours stands in between.
#pragma once

#include <span>
#include <string>

#include "serve/http.h"

namespace shangdao::serve {

// Replaces `peer` and `secure` by what X-Forwarded-For and X-Forwarded-Proto say – only when `peer` is a trusted proxy.
// The last address of the list counts: our own proxy wrote it; what stands before it anybody may have written.
void believe_proxy(Request& request, std::span<const std::string> trusted_proxies);

}  // namespace shangdao::serve
