#include "store/sqlite/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "base/require.h"

namespace shangdao::store::sqlite {
namespace {

constexpr std::size_t batch_max = 256;
constexpr int background_share_percent = 30;
// A checkpoint writes each changed page once, however often it stands in the WAL, and waits for the disk: while people wait it pays
// to let many frames gather; when nobody does, it is done soon.
constexpr int idle_checkpoint_frames = 1000;
constexpr int checkpoint_frames = 8 * idle_checkpoint_frames;
constexpr int restart_frames = 4 * checkpoint_frames;
constexpr int followed_frames_max = 64 * checkpoint_frames;    // 2 GiB: a follower that is so far behind does not come back
constexpr std::chrono::milliseconds idle_after{10};
constexpr int restart_wait_ms = 20;
// The rows of a bulk chunk lie all over the indexes: of a million records, three thousand new ones touch some 170 MiB of pages. What does not fit is
// read again and written twice.
constexpr int cache_mib_of_bulk = 192;
constexpr int cache_mib_without_order = 96;      // fewer indexes; and to make them anew takes memory beside the cache
constexpr std::chrono::seconds cache_narrows_after{1};
constexpr std::chrono::milliseconds merging_waits{30};   // of fewer segments than segments_merged_while_written
constexpr std::int64_t index_chunk = 500;
constexpr std::size_t index_now_max = 32;        // records of a background unit that are indexed at once

std::string synchronous_of(Connection& connection)
{
    constexpr std::string_view names[] = {"off", "normal", "full", "extra"};
    const auto level = connection.integer("PRAGMA synchronous");
    require(level >= 0 && level < 4, "PRAGMA synchronous answers 0 to 3");
    return std::string{names[level]};
}

FaultKind kind_of(const std::exception_ptr& failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (const Fault& fault) {
        return fault.kind();
    } catch (...) {
        return FaultKind::storage;
    }
}

std::string text_of(const std::exception_ptr& failure)
{
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "an unknown exception";
    }
}

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, const SqliteOptions& options, std::shared_ptr<const Layout> layout, Id last_id)
    : connection_(std::move(connection)), options_(options), ids_(*options.clock, last_id), ledger_(*connection_, options.chain_key),
      synchronous_(synchronous_of(*connection_)), sealed_to_(ledger_.place().seq), layout_(std::move(layout))
{
    index_pending_ = has_pending(*connection_);
    for (const auto& table : layout_->tables)
        if (!table.searched_slots.empty()) segments_[table.number] = segments_merged_from;
    // Called after each COMMIT that has written something.
    const auto count_frames = [](void* self, sqlite3*, const char*, int frames) {
        auto& writer = *static_cast<Writer*>(self);
        if (frames < writer.wal_frames_) writer.checkpointed_frames_ = 0;    // SQLite began the WAL anew
        writer.wal_frames_ = frames;
        if (writer.options_.follower != nullptr) writer.options_.follower->committed(frames, writer.commit_at_, writer.ledger_.place().seq);
        return SQLITE_OK;
    };
    sqlite3_wal_hook(connection_->handle(), count_frames, this);
    thread_ = std::thread([this] { run(); });
}

void Writer::stop()
{
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(queue_mutex_);
        stopping_ = true;
    }
    queued_.notify_one();
    thread_.join();
    if (options_.follower != nullptr && !failed_) options_.follower->ends();
}

void Writer::submit(Task task)
{
    require(!inside_unit(), "a unit opens no other write");
    {
        const std::lock_guard lock(queue_mutex_);
        require(!stopping_, "a store that is being closed takes no more units");
        (task.kind == Task::Kind::interactive ? interactive_ : background_).push_back(std::move(task));
        if (!waiting_) return;
        waiting_ = false;
    }
    queued_.notify_one();
}

std::shared_ptr<const Layout> Writer::layout() const
{
    const std::lock_guard lock(layout_mutex_);
    return layout_;
}

void Writer::run()
{
    for (;;) {
        auto turn = next_turn();
        const auto began = Clock_::now();
        switch (turn.kind) {
        case Turn::Kind::stop: return;
        case Turn::Kind::checkpoint: checkpoint(); continue;
        case Turn::Kind::narrow: set_cache(writer_cache_mib); continue;
        case Turn::Kind::index: run_index(); break;
        case Turn::Kind::merge: run_merge(); break;
        case Turn::Kind::background:
            switch (turn.batch.front().kind) {
            case Task::Kind::rehearsal: run_rehearsal(turn.batch.front()); break;
            case Task::Kind::upkeep: run_upkeep(turn.batch.front()); break;
            default: run_background(std::move(turn.batch.front()));
            }
            break;
        case Turn::Kind::batch:
            run_batch(std::move(turn.batch));
            others_wrote_ = true;
            last_batch_ = Clock_::now();
        }
        if (new_frames() >= checkpoint_frames) checkpoint();
        if (turn.kind != Turn::Kind::batch) rest(began);
    }
}

// A background chunk that is due goes first: it may run once, then rests, so it cannot keep the others out.
Writer::Turn Writer::next_turn()
{
    std::unique_lock lock(queue_mutex_);
    for (;;) {
        Turn turn;
        const auto background = background_.empty() ? chore_from() : std::optional{background_from_};
        if (background && (stopping_ || Clock_::now() >= *background)) {
            take_background(turn);
            return turn;
        }
        while (!interactive_.empty() && turn.batch.size() < batch_max) {
            turn.batch.push_back(std::move(interactive_.front()));
            interactive_.pop_front();
        }
        if (!turn.batch.empty()) return turn;
        if (stopping_ && !background) {
            turn.kind = Turn::Kind::stop;
            return turn;
        }
        waiting_ = true;
        bool idle = false;
        if (background) queued_.wait_until(lock, *background);
        else if (!failed_ && new_frames() >= idle_checkpoint_frames) idle = queued_.wait_for(lock, idle_after) == std::cv_status::timeout;
        else if (cache_mib_ != writer_cache_mib) idle = queued_.wait_for(lock, cache_narrows_after) == std::cv_status::timeout;
        else queued_.wait(lock);
        waiting_ = false;
        if (idle && interactive_.empty() && background_.empty()) {
            turn.kind = !failed_ && new_frames() >= idle_checkpoint_frames ? Turn::Kind::checkpoint : Turn::Kind::narrow;
            return turn;
        }
    }
}

void Writer::take_background(Turn& turn)
{
    if (background_.empty()) {
        turn.kind = index_pending_ ? Turn::Kind::index : Turn::Kind::merge;
        return;
    }
    turn.kind = Turn::Kind::background;
    turn.batch.push_back(std::move(background_.front()));
    background_.pop_front();
}

// After a chunk the thread belongs to the others until the chunk was no more than its share – unless nobody else writes.
void Writer::rest(Clock_::time_point began)
{
    const auto now = Clock_::now();
    bool others = others_wrote_;
    {
        const std::lock_guard lock(queue_mutex_);
        others = others || !interactive_.empty();
    }
    others_wrote_ = false;
    background_from_ = others ? now + (now - began) * (100 - background_share_percent) / background_share_percent : now;
}

void Writer::set_cache(int mib)
{
    if (cache_mib_ != mib) connection_->resize_cache(mib);
    cache_mib_ = mib;
}

void Writer::begin()
{
    if (failed_) throw Fault(FaultKind::storage, "the store takes no writes since an fsync has failed");
    connection_->prepare("BEGIN IMMEDIATE").run();
}

bool Writer::run_unit(const Task& task, Batch& batch, TakenBack taken_back)
{
    SqliteUnit unit(*connection_, ledger_, ids_, *options_.clock, batch.gathered, taken_back);
    auto& outcome = batch.outcomes.emplace_back();
    inside_unit_ = true;
    try {
        outcome.result = task.work(unit);
        inside_unit_ = false;
        if (outcome.result) {
            batch.gathered.take(unit.keep());
            return false;
        }
        unit.take_back();
    } catch (...) {
        inside_unit_ = false;
        outcome.failure = std::current_exception();
        unit.take_back();
    }
    return unit.wrote() && taken_back == TakenBack::with_transaction;
}

Writer::Batch Writer::run_units(std::span<const Task> tasks, TakenBack taken_back)
{
    Batch batch{.outcomes = {}, .gathered = {.layout = layout_}};
    begin();
    for (const auto& task : tasks) {
        const bool spoilt = run_unit(task, batch, taken_back);
        if (!connection_->in_transaction()) batch.ending = Batch::Ending::rolled_back;    // a full disk, an I/O error
        else if (spoilt) batch.ending = Batch::Ending::refused_late;
        else continue;
        break;
    }
    return batch;
}

void Writer::run_batch(std::vector<Task> tasks)
{
    const auto ledger = ledger_.place();
    Batch batch;
    try {
        batch = run_units(tasks, TakenBack::with_transaction);
        if (batch.ending == Batch::Ending::refused_late && tasks.size() > 1) {
            abandon(ledger);
            batch = run_units(tasks, TakenBack::by_savepoint);
        }
        if (batch.ending != Batch::Ending::done) {
            // The unit that spoilt the transaction is answered; the others, whose work is gone too, run once more, each alone.
            abandon(ledger);
            const auto spoiler = batch.outcomes.size() - 1;
            tasks[spoiler].reply(std::move(batch.outcomes[spoiler]));
            tasks.erase(tasks.begin() + static_cast<std::ptrdiff_t>(spoiler));
            for (auto& task : tasks) {
                std::vector<Task> alone;
                alone.push_back(std::move(task));
                run_batch(std::move(alone));
            }
            return;
        }
        finish(batch.gathered, Task::Kind::interactive);
        commit(batch.gathered);
        publish(batch.gathered);
    } catch (...) {
        const auto failure = std::current_exception();
        abandon(ledger);
        if (kind_of(failure) == FaultKind::outcome_unknown) fail_stop(text_of(failure));
        batch.outcomes.resize(tasks.size());
        for (auto& outcome : batch.outcomes)
            if (outcome.result && !outcome.failure) outcome.failure = failure;
    }
    for (std::size_t i = 0; i < tasks.size(); ++i) tasks[i].reply(std::move(batch.outcomes[i]));
}

void Writer::run_background(Task task)
{
    const auto ledger = ledger_.place();
    Batch batch;
    try {
        batch = run_units({&task, 1}, TakenBack::with_transaction);
        const auto& outcome = batch.outcomes.front();
        if (outcome.result && !outcome.failure && connection_->in_transaction()) {
            const bool bulk = batch.gathered.touched.size() > index_now_max;
            finish(batch.gathered, Task::Kind::background);
            commit(batch.gathered);
            publish(batch.gathered);
            if (bulk) set_cache(order_is_aside_ ? cache_mib_without_order : cache_mib_of_bulk);
        } else {
            abandon(ledger);
        }
    } catch (...) {
        batch.outcomes.resize(1);
        batch.outcomes.front().failure = std::current_exception();
        abandon(ledger);
        if (kind_of(batch.outcomes.front().failure) == FaultKind::outcome_unknown) fail_stop(text_of(batch.outcomes.front().failure));
    }
    task.reply(std::move(batch.outcomes.front()));
}

void Writer::run_rehearsal(const Task& task)
{
    const auto ledger = ledger_.place();
    Batch batch;
    try {
        batch = run_units({&task, 1}, TakenBack::with_transaction);
    } catch (...) {
        batch.outcomes.resize(1);
        batch.outcomes.front().failure = std::current_exception();
    }
    abandon(ledger);
    task.reply(std::move(batch.outcomes.front()));
}

void Writer::run_upkeep(const Task& task)
{
    Store::Outcome outcome;
    try {
        task.upkeep();
    } catch (...) {
        outcome.failure = std::current_exception();
    }
    task.reply(std::move(outcome));
}

bool Writer::run_chore(const std::function<void()>& work)
{
    const auto ledger = ledger_.place();
    try {
        begin();
        work();
        commit();
        return true;
    } catch (...) {
        const auto failure = std::current_exception();
        abandon(ledger);
        if (kind_of(failure) == FaultKind::outcome_unknown) fail_stop(text_of(failure));
        return false;
    }
}

void Writer::run_index()
{
    bool more = false;
    const bool done = run_chore([&] { more = index_pending(*connection_, *layout_, index_chunk) == index_chunk; });
    index_pending_ = done && more;    // what could not be indexed stays in search_pending
    for (const auto& table : layout_->tables)
        if (!table.searched_slots.empty()) ++segments_[table.number];
}

const TableLayout* Writer::table_to_merge() const
{
    const TableLayout* found = nullptr;
    int most = segments_merged_from - 1;
    for (const auto& [number, commits] : segments_)
        if (const auto* table = commits > most ? layout_->numbered(number) : nullptr) found = table, most = commits;
    return found;
}

// When the next chore may begin; nothing: there is none.
std::optional<Writer::Clock_::time_point> Writer::chore_from() const
{
    if (failed_ || stopping_) return std::nullopt;
    if (index_pending_) return background_from_;
    const auto* table = table_to_merge();
    if (table == nullptr) return std::nullopt;
    if (segments_.at(table->number) >= segments_merged_while_written) return background_from_;
    return std::max(background_from_, last_batch_.load() + merging_waits);
}

void Writer::run_merge()
{
    const auto* table = table_to_merge();
    bool merged = false;
    const bool done = run_chore([&] { merged = merge_segments(*connection_, *table); });
    if (!done || !merged) segments_[table->number] = 0;
}

void Writer::finish(Gathered& gathered, Task::Kind kind)
{
    gathered.totals.write(*connection_, *gathered.layout);
    if (kind == Task::Kind::background && gathered.touched.size() > index_now_max) {
        index_later(*connection_, gathered.touched);
        index_pending_ = true;
    } else {
        index_now(*connection_, *gathered.layout, gathered.touched);
        std::set<std::int64_t> written;
        for (const auto& [id, number] : gathered.touched)
            if (written.insert(number).second) ++segments_[number];
    }
    if (!gathered.events.empty()) ledger_.seal();
}

void Writer::commit(const Gathered& gathered)
{
    std::optional<NameCache::Change> change;
    if (gathered.renamed) change.emplace(names_);
    commit();
}

void Writer::commit()
{
    commit_at_ = options_.clock->now();
    try {
        connection_->prepare("COMMIT").run();
    } catch (const Fault& fault) {
        // A full disk has written no commit mark; after any other error of the disk nobody knows.
        if (fault.kind() == FaultKind::storage) throw Fault(FaultKind::outcome_unknown, fault.what());
        throw;
    }
}

void Writer::abandon(const Ledger::Place& ledger)
{
    ledger_.rewind(ledger);
    if (!connection_->in_transaction()) return;
    try {
        connection_->prepare("ROLLBACK").run();
    } catch (const std::exception& error) {
        fail_stop(error.what());
    }
}

void Writer::publish(Gathered& gathered)
{
    if (gathered.layout != layout_) {
        const std::lock_guard lock(layout_mutex_);
        layout_ = gathered.layout;
        index_pending_ = index_pending_ || has_pending(*connection_);
    }
    if (gathered.order != Gathered::Order::as_it_was) order_is_aside_ = gathered.order == Gathered::Order::aside;
    sealed_to_ = ledger_.place().seq;
    listeners_.tell(gathered.events, Store::Author::us);
}

// PASSIVE takes what no reader still needs and waits for nobody. A WAL that grows all the same is started anew, with a short
// wait for readers.
void Writer::checkpoint()
{
    if (failed_) return;
    if (options_.follower != nullptr && !options_.follower->has_all()) {
        if (wal_frames_ < followed_frames_max) return;
        options_.follower->left_behind();
    }
    const bool restart = wal_frames_ > restart_frames;
    sqlite3_busy_timeout(connection_->handle(), restart_wait_ms);
    const int code = sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE,
                                               nullptr, nullptr);
    sqlite3_busy_timeout(connection_->handle(), 5000);
    checkpointed_frames_ = wal_frames_;
    // Nothing acknowledged is lost when the main file cannot be written: the WAL has it. But what the kernel dropped would be
    // missed by a later checkpoint of this process, so only a new start, which reads the whole WAL, may go on.
    if ((code & 0xff) == SQLITE_IOERR) fail_stop(fmt::format("checkpoint: {}", sqlite3_errstr(code)));
}

// The log first takes what the others write, then the file takes all of it, and then there is no log.
bool Writer::empty_log()
{
    if (options_.follower != nullptr && !options_.follower->has_all()) return false;
    sqlite3_busy_timeout(connection_->handle(), restart_wait_ms);
    const int code = sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(connection_->handle(), 5000);
    if ((code & 0xff) == SQLITE_IOERR) fail_stop(fmt::format("checkpoint: {}", sqlite3_errstr(code)));
    if (code != SQLITE_OK) return false;
    wal_frames_ = checkpointed_frames_ = 0;
    return true;
}

void Writer::fail_stop(const std::string& reason)
{
    if (failed_) return;
    failed_ = true;
    if (options_.on_fail_stop) options_.on_fail_stop(reason);
}

}  // namespace shangdao::store::sqlite
