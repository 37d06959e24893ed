// Outgoing – the bytes of one answer on their way: head and small bodies in one piece, large bodies uncopied beside it,
// files piece by piece. Knows no socket.
#pragma once

#include <boost/asio/buffer.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "serve/edge_body.h"
#include "serve/edge_writer.h"
#include "serve/http.h"

namespace shangdao::serve {

class Outgoing {
public:
    // Opens the response's file, if it has one; false when that fails. To be called before `begin`.
    bool open(const ResponseFile& file);
    // `facts.content_length` is filled in here.
    void begin(Response response, Method method, HeadFacts facts);
    void begin_bytes(std::string bytes);  // no head: frames of a stream

    // What to write now. Valid until the next call of `sent`.
    std::array<boost::asio::const_buffer, 2> buffers() const;
    enum class Progress : std::uint8_t { more, done, failed };
    // `n` bytes of buffers() are out. `failed`: the file shrank, so the promised length cannot be kept.
    Progress sent(std::size_t n);
    std::uint64_t sent_bytes() const { return sent_; }
    void release();  // frees everything; keeps a small buffer for the next answer

private:
    Progress next_piece();

    std::string head_;  // head and small body, or a piece of the file
    std::string body_;
    std::shared_ptr<const std::string> shared_body_;
    std::string_view rest_of_head_, rest_of_body_;
    File file_;
    std::uint64_t file_left_ = 0;
    std::uint64_t sent_ = 0;
};

}  // namespace shangdao::serve
