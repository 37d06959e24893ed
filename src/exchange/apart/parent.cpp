// The parent's side: starts a worker for each reader, asks it ahead of need, and ends it.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "base/fault.h"
#include "base/require.h"
#include "exchange/apart/apart.h"
#include "exchange/apart/frames.h"

namespace shangdao::exchange {

namespace apart {
namespace {

constexpr int answer_seconds_max = 60;

std::filesystem::path& program()
{
    static std::filesystem::path path;
    return path;
}

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    ~Descriptor()
    {
        if (number_ >= 0) ::close(number_);
    }
    int get() const { return number_; }

private:
    int number_;
};

[[noreturn]] void fail(int code) { throw Fault(FaultKind::storage, "starting a reader of files: " + std::string{std::strerror(code)}); }

// A worker that has the file and its end of a socket, and nothing else: no environment, no other descriptor.
pid_t start(int socket, int file)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, standard;
    sigemptyset(&none);
    sigfillset(&standard);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &standard);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    // Both come from above, so that neither is overwritten before it is moved.
    posix_spawn_file_actions_adddup2(&actions, socket, 0);
    posix_spawn_file_actions_adddup2(&actions, file, 3);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, 4);
    std::string path = program().string(), word{reading_word};
    char* const words[] = {path.data(), word.data(), nullptr};
    char* const nothing[] = {nullptr};
    pid_t child = 0;
    const int code = ::posix_spawn(&child, path.c_str(), &actions, &attributes, words, nothing);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (code != 0) fail(code);
    return child;
}

int above_the_standard(int descriptor)
{
    const int moved = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 4);
    if (moved < 0) fail(errno);
    return moved;
}

// Asked one thing after the other; a worker that broke the protocol, ended or fell silent is gone for good.
class Worker {
public:
    explicit Worker(const SheetSource& source)
    {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) fail(errno);
        socket_.emplace(ends[0]);
        const Descriptor given(ends[1]);
        const timeval patience{.tv_sec = answer_seconds_max, .tv_usec = 0};
        ::setsockopt(socket_->get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_->get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        const Descriptor socket(above_the_standard(given.get())), opened(source.pass_on()), file(above_the_standard(opened.get()));
        child_ = start(socket.get(), file.get());
    }
    Worker(const Worker&) = delete;
    ~Worker()
    {
        ::kill(child_, SIGKILL);
        while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {}
    }

    void ask(FrameWriter frame) { gone_ = gone_ || !send_frame(socket_->get(), frame); }

    // The content of an answer of this kind. Refusals are the worker's, or file_reader_failed.
    Result<std::string> answer(FrameKind wanted)
    {
        if (gone_) return failed();
        auto got = receive_frame(socket_->get());
        if (!got) return failed();
        auto& [kind, content] = *got;
        FrameReader frame(content);
        if (kind == FrameKind::fault) throw Fault(FaultKind::storage, "reading a sheet: " + std::string{frame.text()});
        if (kind == FrameKind::refusal) return refuse(frame.problems());
        if (kind != wanted) throw Malformed("an answer to something else");
        return std::move(content);
    }

    std::unexpected<Problems> failed()
    {
        gone_ = true;
        return refuse("file_reader_failed");
    }

private:
    std::optional<Descriptor> socket_;
    pid_t child_ = 0;
    bool gone_ = false;
};

class Reader final : public SheetReader {
public:
    explicit Reader(const SheetSource& source) : worker_(source) {}

    Result<void> open(const ReadOptions& options)
    {
        FrameWriter frame(FrameKind::open);
        frame.number(options.sheet);
        frame.byte(options.encoding ? 1 : 0);
        if (options.encoding) frame.text(*options.encoding);
        frame.byte(options.delimiter ? 1 : 0);
        if (options.delimiter) frame.byte(static_cast<std::uint8_t>(*options.delimiter));
        worker_.ask(std::move(frame));
        return guarded([&]() -> Result<void> {
            TRY(const auto content, worker_.answer(FrameKind::facts));
            FrameReader said(content);
            for (auto* text : {&facts_.format, &facts_.sheet, &facts_.encoding}) *text = said.text();
            facts_.delimiter = static_cast<char>(said.byte());
            position_ = said.position();
            return {};
        });
    }

    Result<std::optional<RowView>> next() override
    {
        if (next_ == batch_.rows.size()) {
            if (ended_) return *ended_;
            if (const auto taken = take_batch(); !taken) return *(ended_ = Result<std::optional<RowView>>(refuse(taken.error())));
            if (batch_.rows.empty()) return *ended_;
        }
        const auto& row = batch_.rows[next_++];
        position_ = row.position;
        columns_ = batch_.columns;
        return RowView{.row = row.row, .line = row.line, .cells = std::span(batch_.cells).subspan(row.first, row.cells), .flaw = row.flaw};
    }

    std::size_t columns() const override { return columns_; }
    SheetPosition position() const override { return position_; }

    Result<void> seek(const SheetPosition& position) override
    {
        return guarded([&]() -> Result<void> {
            if (std::exchange(asked_, false)) CHECK_OK(worker_.answer(FrameKind::rows));    // unread
            FrameWriter frame(FrameKind::seek);
            frame.position(position);
            worker_.ask(std::move(frame));
            TRY(const auto content, worker_.answer(FrameKind::done));
            columns_ = static_cast<std::size_t>(FrameReader(content).number());
            batch_ = {};
            next_ = 0;
            ended_.reset();
            position_ = position;
            return {};
        });
    }

    const SheetFacts& facts() const override { return facts_; }
    SheetProgress progress() const override { return batch_.progress; }

private:
    // The next rows; those behind them are asked for at once, so that both processes work.
    Result<void> take_batch()
    {
        return guarded([&]() -> Result<void> {
            if (!std::exchange(asked_, false)) worker_.ask(FrameWriter(FrameKind::more));
            TRY(auto content, worker_.answer(FrameKind::rows));
            batch_ = read_rows(std::move(content));
            next_ = 0;
            if (batch_.ending == RowBatch::Ending::end) ended_ = Result<std::optional<RowView>>(std::nullopt);
            if (batch_.ending == RowBatch::Ending::refusal) ended_ = Result<std::optional<RowView>>(refuse(batch_.problems));
            if (ended_) return {};
            if (batch_.rows.empty()) throw Malformed("neither rows nor an end");
            worker_.ask(FrameWriter(FrameKind::more));
            asked_ = true;
            return {};
        });
    }

    template <typename Work> Result<void> guarded(Work work)
    {
        try {
            return work();
        } catch (const Malformed&) {
            return worker_.failed();
        }
    }

    Worker worker_;
    SheetFacts facts_;
    RowBatch batch_;
    std::size_t next_ = 0, columns_ = 0;
    SheetPosition position_;
    bool asked_ = false;
    std::optional<Result<std::optional<RowView>>> ended_;    // what is answered once the batch is through
};

}  // namespace

bool is_on() { return !program().empty(); }

Result<std::vector<SheetName>> list(const SheetSource& source)
{
    Worker worker(source);
    worker.ask(FrameWriter(FrameKind::list));
    try {
        TRY(const auto content, worker.answer(FrameKind::names));
        FrameReader frame(content);
        std::vector<SheetName> names;
        for (auto left = frame.count(8 + 1); left > 0; --left) {
            auto& name = names.emplace_back();
            name.name = frame.text();
            name.hidden = frame.byte() != 0;
        }
        return names;
    } catch (const Malformed&) {
        return worker.failed();
    }
}

Result<std::unique_ptr<SheetReader>> open(const SheetSource& source, const ReadOptions& options)
{
    auto reader = std::make_unique<Reader>(source);
    CHECK_OK(reader->open(options));
    return reader;
}

}  // namespace apart

void read_sheets_apart(std::filesystem::path program) { apart::program() = std::move(program); }

}  // namespace shangdao::exchange
