#include "serve/edge_outgoing.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace shangdao::serve {

namespace {

constexpr std::size_t inline_bytes_max = std::size_t{16} * 1024;  // larger bodies are not copied beside the head
constexpr std::size_t piece_bytes = std::size_t{64} * 1024;

}  // namespace

bool Outgoing::open(const ResponseFile& file)
{
    file_ = File(::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.remove_after) ::unlink(file.path.c_str());
    struct stat status{};
    const bool usable = file_.is_open() && ::fstat(file_.get(), &status) == 0 && S_ISREG(status.st_mode);
    if (!usable) file_ = {};
    file_left_ = usable ? static_cast<std::uint64_t>(status.st_size) : 0;
    return usable;
}

void Outgoing::begin(Response response, Method method, HeadFacts facts)
{
    if (status_has_body(response.status) && !response.stream) {
        if (file_.is_open())
            facts.content_length = file_left_;
        else
            facts.content_length = response.shared_body ? response.shared_body->size() : response.body.size();
    }
    head_.clear();
    write_head(head_, response, facts);
    sent_ = 0;
    rest_of_body_ = {};
    if (method == Method::head || !status_has_body(response.status)) {
        file_ = {};
        file_left_ = 0;
    } else if (file_.is_open() || response.stream) {
        // The body follows the head.
    } else if (response.shared_body) {
        shared_body_ = std::move(response.shared_body);
        rest_of_body_ = *shared_body_;
    } else if (response.body.size() > inline_bytes_max) {
        body_ = std::move(response.body);
        rest_of_body_ = body_;
    } else {
        head_ += response.body;
    }
    rest_of_head_ = head_;
}

void Outgoing::begin_bytes(std::string bytes)
{
    head_ = std::move(bytes);
    rest_of_head_ = head_;
    rest_of_body_ = {};
}

std::array<boost::asio::const_buffer, 2> Outgoing::buffers() const
{
    return {boost::asio::buffer(rest_of_head_.data(), rest_of_head_.size()),
            boost::asio::buffer(rest_of_body_.data(), rest_of_body_.size())};
}

Outgoing::Progress Outgoing::sent(std::size_t n)
{
    sent_ += n;
    const std::size_t of_head = std::min(n, rest_of_head_.size());
    rest_of_head_.remove_prefix(of_head);
    rest_of_body_.remove_prefix(n - of_head);
    if (!rest_of_head_.empty() || !rest_of_body_.empty()) return Progress::more;
    return file_left_ > 0 ? next_piece() : Progress::done;
}

Outgoing::Progress Outgoing::next_piece()
{
    head_.resize(std::min<std::uint64_t>(piece_bytes, file_left_));
    const ssize_t n = ::read(file_.get(), head_.data(), head_.size());
    if (n <= 0) return Progress::failed;
    head_.resize(static_cast<std::size_t>(n));
    file_left_ -= static_cast<std::uint64_t>(n);
    rest_of_head_ = head_;
    return Progress::more;
}

void Outgoing::release()
{
    file_ = {};
    file_left_ = 0;
    shared_body_.reset();
    body_ = {};
    rest_of_head_ = {};
    rest_of_body_ = {};
    if (head_.capacity() > inline_bytes_max) head_ = {};
}

}  // namespace shangdao::serve
