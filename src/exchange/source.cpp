#include "exchange/source.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/fault.h"

namespace shangdao::exchange {

struct SheetSource::Bytes {
    int descriptor = -1;  // -1: `content` holds the bytes
    std::uint64_t size = 0;
    std::string content;

    Bytes() = default;
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;
    ~Bytes()
    {
        if (descriptor >= 0) ::close(descriptor);
    }
};

Result<SheetSource> SheetSource::file(const std::filesystem::path& path)
{
    auto bytes = std::make_shared<Bytes>();
    bytes->descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status {};
    if (bytes->descriptor < 0 || ::fstat(bytes->descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return refuse("file_unreadable", {}, {{"file", path.filename().string()}});
    bytes->size = static_cast<std::uint64_t>(status.st_size);
    return SheetSource{std::move(bytes)};
}

SheetSource SheetSource::descriptor(int number)
{
    auto bytes = std::make_shared<Bytes>();
    bytes->descriptor = number;
    struct stat status {};
    if (::fstat(number, &status) != 0 || !S_ISREG(status.st_mode)) throw Fault(FaultKind::storage, "no regular file is open");
    bytes->size = static_cast<std::uint64_t>(status.st_size);
    return SheetSource{std::move(bytes)};
}

int SheetSource::pass_on() const
{
    const int number = bytes_->descriptor >= 0 ? ::fcntl(bytes_->descriptor, F_DUPFD_CLOEXEC, 0) : ::memfd_create("sheet", MFD_CLOEXEC);
    if (number < 0) throw Fault(FaultKind::storage, std::string("passing on a sheet: ") + std::strerror(errno));
    for (std::size_t done = 0; bytes_->descriptor < 0 && done < bytes_->content.size();) {
        const ssize_t count = ::write(number, bytes_->content.data() + done, bytes_->content.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            ::close(number);
            throw Fault(FaultKind::storage, std::string("passing on a sheet: ") + std::strerror(errno));
        }
        done += static_cast<std::size_t>(count);
    }
    return number;
}

SheetSource SheetSource::bytes(std::string content)
{
    auto bytes = std::make_shared<Bytes>();
    bytes->size = content.size();
    bytes->content = std::move(content);
    return SheetSource{std::move(bytes)};
}

std::uint64_t SheetSource::size() const
{
    return bytes_->size;
}

std::size_t SheetSource::read(std::uint64_t offset, std::span<char> into) const
{
    if (offset >= bytes_->size) return 0;
    const std::size_t wanted = std::min<std::uint64_t>(into.size(), bytes_->size - offset);
    if (bytes_->descriptor < 0) {
        std::memcpy(into.data(), bytes_->content.data() + offset, wanted);
        return wanted;
    }
    std::size_t done = 0;
    while (done < wanted) {
        const ssize_t count = ::pread(bytes_->descriptor, into.data() + done, wanted - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw Fault(FaultKind::storage, std::string("reading a sheet: ") + std::strerror(errno));
        if (count == 0) break;  // the file was cut short meanwhile
        done += static_cast<std::size_t>(count);
    }
    return done;
}

std::string SheetSource::head(std::size_t count) const
{
    std::string text(std::min<std::uint64_t>(count, size()), '\0');
    text.resize(read(0, text));
    return text;
}

}  // namespace shangdao::exchange
