// The worker's side: it serves one file to its parent.
#include <exception>

#include "base/fault.h"
#include "exchange/apart/apart.h"
#include "exchange/apart/frames.h"
#include "exchange/apart/sandbox.h"

namespace shangdao::exchange {

namespace apart {
namespace {

constexpr int parent_socket = 0, file_descriptor = 3;
constexpr std::size_t rows_at_once = 512, bytes_at_once = std::size_t{256} << 10;

class Worker {
public:
    explicit Worker(SheetSource source) : source_(std::move(source)) {}

    // Until the parent is gone.
    void serve()
    {
        while (const auto asked = receive_frame(parent_socket)) {
            FrameReader frame(asked->second);
            auto answer = answered(asked->first, frame);
            if (!send_frame(parent_socket, answer)) return;
        }
    }

private:
    FrameWriter answered(FrameKind asked, FrameReader& frame)
    {
        try {
            switch (asked) {
            case FrameKind::list: return list();
            case FrameKind::open: return open(frame);
            case FrameKind::seek: return seek(frame);
            case FrameKind::more: return more();
            default: throw Malformed("nothing that is asked of a worker");
            }
        } catch (const Fault& fault) {
            FrameWriter answer(FrameKind::fault);
            answer.text(fault.what());
            return answer;
        }
    }

    static FrameWriter refused(const Problems& problems)
    {
        FrameWriter answer(FrameKind::refusal);
        answer.problems(problems);
        return answer;
    }

    FrameWriter list()
    {
        const auto names = here::sheet_list(source_);
        if (!names) return refused(names.error());
        FrameWriter answer(FrameKind::names);
        answer.number(names->size());
        for (const auto& sheet : *names) {
            answer.text(sheet.name);
            answer.byte(sheet.hidden ? 1 : 0);
        }
        return answer;
    }

    FrameWriter open(FrameReader& frame)
    {
        ReadOptions options{.sheet = static_cast<std::size_t>(frame.number())};
        if (frame.byte() != 0) options.encoding = std::string{frame.text()};
        if (frame.byte() != 0) options.delimiter = static_cast<char>(frame.byte());
        auto reader = here::open_sheet(source_, options);
        if (!reader) return refused(reader.error());
        reader_ = std::move(*reader);
        const auto& facts = reader_->facts();
        FrameWriter answer(FrameKind::facts);
        for (const auto& text : {facts.format, facts.sheet, facts.encoding}) answer.text(text);
        answer.byte(static_cast<std::uint8_t>(facts.delimiter));
        answer.position(reader_->position());
        return answer;
    }

    FrameWriter seek(FrameReader& frame)
    {
        const auto sought = reader().seek(frame.position());
        if (!sought) return refused(sought.error());
        FrameWriter answer(FrameKind::done);
        answer.number(reader().columns());
        return answer;
    }

    FrameWriter more()
    {
        FrameWriter answer(FrameKind::rows);
        auto ending = RowBatch::Ending::more;
        Problems problems;
        for (std::size_t rows = 0; rows < rows_at_once && answer.size() < bytes_at_once; ++rows) {
            const auto row = reader().next();
            if (!row) {
                ending = RowBatch::Ending::refusal;
                problems = row.error();
                break;
            }
            if (!*row) {
                ending = RowBatch::Ending::end;
                break;
            }
            write_row(answer, **row, reader().position());
        }
        answer.byte(0);
        answer.number(reader().columns());
        const auto progress = reader().progress();
        answer.number(progress.done);
        answer.number(progress.total);
        answer.byte(static_cast<std::uint8_t>(ending));
        if (ending == RowBatch::Ending::refusal) answer.problems(problems);
        return answer;
    }

    SheetReader& reader()
    {
        if (!reader_) throw Malformed("no sheet is open");
        return *reader_;
    }

    SheetSource source_;
    std::unique_ptr<SheetReader> reader_;
};

}  // namespace
}  // namespace apart

int read_sheet_for_parent()
{
    try {
        if (!apart::enter_sandbox()) return 2;
        apart::Worker(SheetSource::descriptor(apart::file_descriptor)).serve();
        return 0;
    } catch (const std::exception&) {
        return 1;    // nothing that a file says is printed
    }
}

}  // namespace shangdao::exchange
