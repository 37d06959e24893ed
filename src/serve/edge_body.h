// BodyTaker – where a request's body goes while it arrives: memory, counted against the budget of all connections, or a file.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "serve/edge_lane.h"
#include "serve/edge_parser.h"

namespace shangdao::serve {

// An open file descriptor; closes it.
class File {
public:
    File() = default;
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    File& operator=(File&& other) noexcept
    {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~File()
    {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    int get() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }

private:
    int descriptor_ = -1;
};

class BodyTaker final : public BodySink {
public:
    explicit BodyTaker(EdgeShared& shared) : shared_(shared) {}
    ~BodyTaker() override { release(); }

    std::optional<std::string_view> begin(BodyRule rule)
    {
        rule_ = std::move(rule);
        if (rule_.where == BodyRule::Where::memory) return std::nullopt;
        path_ = (rule_.directory.empty() ? shared_.options.upload_directory : rule_.directory) + "/upload-XXXXXX";
        file_ = File(::mkostemp(path_.data(), O_CLOEXEC));
        return file_.is_open() ? std::nullopt
                               : std::optional<std::string_view>(errno == ENOSPC ? "disk_full" : "storage_failed");
    }

    std::optional<std::string_view> expect(std::uint64_t bytes) override
    {
        return bytes > rule_.bytes_max - size_ ? std::optional<std::string_view>{"too_large"} : std::nullopt;
    }

    std::optional<std::string_view> take(std::string_view bytes) override
    {
        size_ += bytes.size();
        if (size_ > rule_.bytes_max) return "too_large";
        if (file_.is_open()) return write(bytes);
        if (shared_.body_memory_bytes.fetch_add(bytes.size()) + bytes.size() > shared_.options.body_memory_bytes_max) {
            shared_.body_memory_bytes.fetch_sub(bytes.size());
            return "overloaded";
        }
        reserved_ += bytes.size();
        body_ += bytes;
        return std::nullopt;
    }

    std::uint64_t size() const { return size_; }

    void hand_over(Request& request)
    {
        if (file_.is_open()) request.body_file.emplace(std::exchange(path_, {}), size_);
        request.body = std::move(body_);
        file_ = {};
    }

    void release()  // the request is over, its memory with it
    {
        shared_.body_memory_bytes.fetch_sub(std::exchange(reserved_, 0));
        if (!path_.empty()) ::unlink(path_.c_str());
        path_.clear();
        file_ = {};
        body_ = {};
        size_ = 0;
    }

private:
    std::optional<std::string_view> write(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t n = ::write(file_.get(), bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) return errno == ENOSPC || errno == EDQUOT ? "disk_full" : "storage_failed";
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return std::nullopt;
    }

    EdgeShared& shared_;
    BodyRule rule_;
    std::string body_;
    std::string path_;
    File file_;
    std::uint64_t size_ = 0;
    std::uint64_t reserved_ = 0;
};

}  // namespace shangdao::serve
