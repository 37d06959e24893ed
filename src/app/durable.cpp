#include "app/durable.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/secret.h"

namespace shangdao::app {

namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 20;

[[noreturn]] void fail(const std::filesystem::path& path)
{
    const int error = errno;
    throw Fault(error == ENOSPC || error == EDQUOT ? FaultKind::disk_full : FaultKind::storage, path.string() + ": " + std::strerror(error));
}

class File {
public:
    File(std::filesystem::path path, int flags) : path_(std::move(path)), descriptor_(::open(path_.c_str(), flags | O_CLOEXEC, 0600))
    {
        if (descriptor_ < 0) fail(path_);
    }
    ~File() { ::close(descriptor_); }
    File(const File&) = delete;

    // Fewer than asked for at the end of the file.
    std::size_t read(char* into, std::size_t size)
    {
        std::size_t got = 0;
        while (got < size) {
            const auto n = ::read(descriptor_, into + got, size - got);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) fail(path_);
            if (n == 0) break;
            got += static_cast<std::size_t>(n);
        }
        return got;
    }

    void write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto n = ::write(descriptor_, bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) fail(path_);
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
    }

    void sync()
    {
        if (::fsync(descriptor_) != 0) fail(path_);
    }

private:
    std::filesystem::path path_;
    int descriptor_;
};

// Reads `from` to its end; each piece goes through `take`.
FileProof read_through(const std::filesystem::path& from, const Beat& beat, const std::function<void(std::string_view)>& take)
{
    File file(from, O_RDONLY);
    Sha256 hash;
    FileProof proof;
    std::vector<char> piece(piece_bytes);
    for (std::size_t n = piece_bytes; n == piece_bytes;) {
        n = file.read(piece.data(), piece.size());
        const std::string_view bytes{piece.data(), n};
        hash.update(bytes);
        take(bytes);
        proof.bytes += static_cast<std::int64_t>(n);
        if (beat) beat(static_cast<std::int64_t>(n));
    }
    proof.sha256 = hex(hash.finish());
    return proof;
}

std::filesystem::path beside(const std::filesystem::path& path) { return path.string() + ".new"; }

void rename_durably(const std::filesystem::path& from, const std::filesystem::path& to)
{
    if (::rename(from.c_str(), to.c_str()) != 0) fail(to);
    sync_directory(to.parent_path());
}

}  // namespace

std::string read_text(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_durably(const std::filesystem::path& path, std::string_view text)
{
    const auto fresh = beside(path);
    {
        File file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
        file.write(text);
        file.sync();
    }
    rename_durably(fresh, path);
}

FileProof copy_durably(const std::filesystem::path& from, const std::filesystem::path& to, const Beat& beat, const std::optional<std::string>& wanted)
{
    const auto fresh = beside(to);
    FileProof proof;
    {
        File file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
        proof = read_through(from, beat, [&](std::string_view bytes) { file.write(bytes); });
        if (!wanted || proof.sha256 == *wanted) file.sync();
    }
    if (wanted && proof.sha256 != *wanted) std::filesystem::remove(fresh);
    else rename_durably(fresh, to);
    return proof;
}

FileProof prove_file(const std::filesystem::path& path, const Beat& beat)
{
    return read_through(path, beat, [](std::string_view) {});
}

void sync_file(const std::filesystem::path& path)
{
    File(path, O_RDONLY).sync();
}

void sync_directory(const std::filesystem::path& path)
{
    File(path.empty() ? "." : path, O_RDONLY | O_DIRECTORY).sync();
}

void make_directory(const std::filesystem::path& path)
{
    if (path.empty() || std::filesystem::is_directory(path)) return;
    make_directory(path.parent_path());
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail(path);
    sync_directory(path.parent_path());
}

void name_durably(const std::filesystem::path& from, const std::filesystem::path& to)
{
    rename_durably(from, to);
    sync_directory(from.parent_path());
}

}  // namespace shangdao::app
