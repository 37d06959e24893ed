// File sink – where a sheet's bytes go when they go to a file; only here is a written file opened by us.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/fault.h"
#include "exchange/sheet_writer.h"

namespace shangdao::exchange {

namespace {

[[noreturn]] void fail(int error)
{
    throw Fault(error == ENOSPC || error == EDQUOT ? FaultKind::disk_full : FaultKind::storage, std::string("writing a sheet: ") + std::strerror(error));
}

struct Descriptor {
    int number;
    explicit Descriptor(int opened) : number(opened) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { ::close(number); }
};

}  // namespace

ByteSink file_sink(const std::filesystem::path& path)
{
    const int opened = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (opened < 0) fail(errno);
    return [file = std::make_shared<const Descriptor>(opened)](std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t count = ::write(file->number, bytes.data(), bytes.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) fail(errno);
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    };
}

}  // namespace shangdao::exchange
