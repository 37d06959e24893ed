// reach – which addresses the server may be sent to by what others wrote: those of the public internet. Judged is the binary address that
// is about to be connected to, after every name and every spelling has been resolved; what is not known to be public is not.
#pragma once

#include <sys/socket.h>

namespace shangdao::serve::out {

// IANA's special-purpose registries: nothing private, shared, local, reserved, for documentation, multicast, or an address that carries
// another one inside (mapped, 6to4, Teredo, NAT64).
bool is_public(const sockaddr& address);

}  // namespace shangdao::serve::out
