#include "engine/import/rows_ahead.h"

namespace shangdao::engine {

namespace {

constexpr std::size_t batch_rows = 100;

}  // namespace

RowsAhead::RowsAhead(std::unique_ptr<exchange::SheetReader> reader, const CompiledStep& step, const Desk& desk)
    : reader_(std::move(reader)), step_(step), organisation_(desk.organisation), catalogue_(desk.catalogue), position_(reader_->position())
{
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

RowsAhead::Batch RowsAhead::read(KnownWords& known)
{
    const auto& object = catalogue_->at(step_.object);
    Batch batch;
    batch.rows.reserve(batch_rows);
    try {
        while (batch.rows.size() < batch_rows) {
            const auto row = reader_->next();
            if (!row) {
                batch.ending = Batch::Ending::refusal;
                batch.problems = row.error();
                break;
            }
            if (!*row) {
                batch.ending = Batch::Ending::end;
                break;
            }
            auto& read = batch.rows.emplace_back(Row{.number = (*row)->row, .flaw = (*row)->flaw, .cells = {}, .values = {}, .end = reader_->position()});
            read.cells.reserve((*row)->cells.size());
            for (const auto& cell : (*row)->cells) read.cells.emplace_back(cell.text);
            read.values = cell_values(*organisation_, known, object, step_, (*row)->cells);
        }
    } catch (...) {
        batch.ending = Batch::Ending::fault;
        batch.fault = std::current_exception();
    }
    return batch;
}

void RowsAhead::run(const std::stop_token& stop)
{
    KnownWords known;
    for (bool more = true; more;) {
        auto batch = read(known);
        more = batch.ending == Batch::Ending::more;
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [&] { return waiting_rows_ < rows_ahead_max; })) return;
        waiting_rows_ += std::ssize(batch.rows);
        waiting_.push_back(std::move(batch));
        ended_ = !more;
        changed_.notify_all();
    }
}

void RowsAhead::wait_for(std::int64_t rows)
{
    const auto at_hand = std::ssize(batch_.rows) - static_cast<std::int64_t>(given_);
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_ || at_hand + waiting_rows_ >= std::min(rows, rows_ahead_max); });
}

Result<RowsAhead::Row*> RowsAhead::next()
{
    while (given_ == batch_.rows.size()) {
        if (batch_.ending == Batch::Ending::end) return nullptr;
        if (batch_.ending == Batch::Ending::refusal) return refuse(batch_.problems);
        if (batch_.ending == Batch::Ending::fault) std::rethrow_exception(batch_.fault);
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !waiting_.empty(); });
        batch_ = std::move(waiting_.front());
        waiting_.pop_front();
        waiting_rows_ -= std::ssize(batch_.rows);
        given_ = 0;
        changed_.notify_all();
    }
    auto& row = batch_.rows[given_++];
    position_ = row.end;
    return &row;
}

}  // namespace shangdao::engine
