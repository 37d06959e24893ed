#include "app/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>

#include "base/fault.h"

namespace shangdao::app {

FileLock::~FileLock()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<FileLock> FileLock::take(const std::filesystem::path& path)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) throw Fault(FaultKind::storage, "cannot open " + path.string());
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        ::close(file);
        return std::nullopt;
    }
    FileLock lock(file);
    const auto pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(file, 0) != 0 || ::write(file, pid.data(), pid.size()) < 0) throw Fault(FaultKind::storage, "cannot write " + path.string());
    return lock;
}

std::string FileLock::holder(const std::filesystem::path& path)
{
    std::string pid;
    std::ifstream(path) >> pid;
    return pid;
}

}  // namespace shangdao::app
