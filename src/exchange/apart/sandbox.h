// Sandbox – what a process gives up before it reads a file of others: opening anything, the network, other processes, executable memory, more than
// 512 MiB, more than a few minutes of a processor. A call that is not on the list ends the process; opening a file is refused.
#pragma once

namespace shangdao::exchange::apart {

// For the rest of this process's life; false when the system would not. Under AddressSanitizer, which needs more of both, memory and calls are
// left as they are.
[[nodiscard]] bool enter_sandbox();

}  // namespace shangdao::exchange::apart
