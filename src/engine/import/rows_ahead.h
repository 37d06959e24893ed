// Rows ahead – the rows of a file, their cells read as values, by a thread of its own that stays some chunks ahead of the one that writes
// them: the writer's thread is everybody's, and a quarter of a row's time is its reading.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/import/row_values.h"

namespace shangdao::engine {

class RowsAhead {
public:
    struct Row {
        std::int64_t number = 0;    // as the file counts them
        exchange::RowFlaw flaw = exchange::RowFlaw::none;
        std::vector<std::string> cells;
        std::vector<CellValue> values;
        exchange::SheetPosition end;
    };

    // Goes on where the reader stands, and reads as the desk's organisation does. `step` outlives it.
    RowsAhead(std::unique_ptr<exchange::SheetReader> reader, const CompiledStep& step, const Desk& desk);

    // The next row, good until the next call; nullptr at the end. A refusal or fault of the reader comes once all rows before it were given.
    Result<Row*> next();
    // Waits until so many rows are there, or all that are left. At most rows_ahead_max.
    void wait_for(std::int64_t rows);
    const exchange::SheetPosition& position() const { return position_; }   // behind the row that was given last
    // False when the organisation or its definitions have changed since.
    bool reads_as(const Desk& desk) const { return organisation_ == desk.organisation && catalogue_ == desk.catalogue; }

private:
    struct Batch {
        std::vector<Row> rows;
        enum class Ending : unsigned char { more, end, refusal, fault } ending = Ending::more;
        Problems problems;
        std::exception_ptr fault;
    };
    Batch read(KnownWords& known);
    void run(const std::stop_token& stop);

    std::unique_ptr<exchange::SheetReader> reader_;    // of the thread, once it runs
    const CompiledStep& step_;
    const std::shared_ptr<const Organisation> organisation_;
    const std::shared_ptr<const record::Catalogue> catalogue_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Batch> waiting_;
    std::int64_t waiting_rows_ = 0;
    bool ended_ = false;

    Batch batch_;    // of which rows are given
    std::size_t given_ = 0;
    exchange::SheetPosition position_;
    std::jthread thread_;    // last: it ends before what it uses
};

inline constexpr std::int64_t rows_ahead_max = 4'000;

}  // namespace shangdao::engine
