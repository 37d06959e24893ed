// forwarded – who the client is: when a proxy of ours stands in between, and when one has many addresses.
#pragma once

#include <span>
#include <string>

#include "serve/http.h"

namespace shangdao::serve {

// IPv4 or IPv6, without port or network.
bool is_address(const std::string& text);

// Replaces `peer` and `secure` by what X-Forwarded-For and X-Forwarded-Proto say – only when `peer` is a trusted proxy,
// however its address is written.
// The last address of the list counts: our own proxy wrote it; what stands before it anybody may have written.
void believe_proxy(Request& request, std::span<const std::string> trusted_proxies);

// Whom a limit by address counts as one: an IPv4 address, however it is written, or the 64 bits of an IPv6 network – whoever has
// one address in it has them all. What is no address stays what it is.
std::string network_of(const std::string& address);

// What the ledger is told of an address: the network around it, "203.0.113.0/24" or the first 48 bits of an IPv6 one; nothing of what is no address.
std::string told_network_of(const std::string& address);

}  // namespace shangdao::serve
