#include "store/postgres/writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/require.h"
#include "store/postgres/schema.h"
#include "store/postgres/words.h"

namespace shangdao::store::postgres {
namespace {

constexpr std::size_t batch_max = 256;
constexpr int background_share_percent = 30;
constexpr std::int64_t index_chunk = 500;
constexpr std::int64_t events_told_at_once = 500;
constexpr std::int64_t analysed_from = 500;    // rows
constexpr int tries_max = 4;    // of a batch that the server took back
constexpr std::chrono::milliseconds looks_around_every{500};    // for what other processes committed

std::string synchronous_of(Connection& connection)
{
    const bool full = connection.integer("SELECT (current_setting('fsync')::boolean AND current_setting('synchronous_commit') <> 'off')") != 0;
    return full ? "full" : "off";
}

// A lane for the ids of this process, held as long as the connection lives.
std::int64_t take_lane(Connection& connection)
{
    for (std::int64_t lane = 0; lane < IdSource::lanes; ++lane)
        if (connection.integer(fmt::format("SELECT pg_try_advisory_lock(hashtext('ids of ' || current_schema()), {})", lane)) != 0) return lane;
    throw Fault(FaultKind::busy, fmt::format("{} processes write this schema already", IdSource::lanes));
}

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, const PostgresOptions& options, std::shared_ptr<const Layout> layout, Id last_id)
    : options_(options), connection_(std::move(connection)), ids_(*options.clock, last_id), ledger_(std::in_place, *connection_, options.chain_key),
      synchronous_(synchronous_of(*connection_)), sealed_to_(ledger_->place().seq), layout_(std::move(layout))
{
    ids_.keep_to(take_lane(*connection_));
    index_pending_ = has_pending(*connection_);
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
}

void Writer::submit(Task task)
{
    require(!inside_unit(), "a unit opens no other write");
    {
        const std::lock_guard lock(queue_mutex_);
        require(!stopping_, "a store that is being closed takes no more units");
        (task.kind == Task::Kind::interactive ? interactive_ : background_).push_back(std::move(task));
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
        case Turn::Kind::look_around: look_around(); continue;
        case Turn::Kind::index: run_index(); break;
        case Turn::Kind::background:
            if (turn.batch.front().kind == Task::Kind::rehearsal) run_rehearsal(turn.batch.front());
            else run_batch(std::move(turn.batch));
            break;
        case Turn::Kind::batch:
            run_batch(std::move(turn.batch));
            others_wrote_ = true;
            last_batch_ = Clock_::now();
            continue;
        }
        rest(began);
    }
}

// A background chunk that is due goes first: it may run once, then rests, so it cannot keep the others out.
Writer::Turn Writer::next_turn()
{
    std::unique_lock lock(queue_mutex_);
    const auto looks_around_at = Clock_::now() + looks_around_every;
    for (;;) {
        Turn turn;
        const auto now = Clock_::now();
        const bool background = !background_.empty() || (index_pending_ && !stopping_);
        if (background && (stopping_ || now >= background_from_)) {
            turn.kind = background_.empty() ? Turn::Kind::index : Turn::Kind::background;
            if (!background_.empty()) {
                turn.batch.push_back(std::move(background_.front()));
                background_.pop_front();
            }
            return turn;
        }
        while (!interactive_.empty() && turn.batch.size() < batch_max) {
            turn.batch.push_back(std::move(interactive_.front()));
            interactive_.pop_front();
        }
        if (!turn.batch.empty()) return turn;
        if (stopping_ || now >= looks_around_at) {
            turn.kind = stopping_ ? Turn::Kind::stop : Turn::Kind::look_around;
            return turn;
        }
        queued_.wait_until(lock, background ? std::min(background_from_, looks_around_at) : looks_around_at);
    }
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

void Writer::begin()
{
    if (!connection_ || connection_->is_lost()) {
        ledger_.reset();
        connection_ = connect(options_, Role::writer);
        ids_.keep_to(take_lane(*connection_));
        ledger_.emplace(*connection_, options_.chain_key);
    }
    connection_->execute("BEGIN");
    lock(*connection_);
    ledger_->resume();
    catch_up();
}

// Tells what other processes committed since we looked. Only in a transaction that holds the lock, or outside of one.
void Writer::catch_up()
{
    const auto head = ledger_->place().seq;
    while (sealed_to_ < head) {
        const auto events = sql::read_events_after(*connection_, sealed_to_, events_told_at_once);
        if (events.empty()) return;
        sealed_to_ = events.back().seq;
        listeners_.tell(events, Store::Author::others);
    }
}

void Writer::look_around()
{
    try {
        if (!connection_ || connection_->is_lost()) {
            begin();
            abandon();
        } else {
            ledger_->resume();
            catch_up();
        }
    } catch (const Fault&) {
        // The server is away; the next write says so to whoever asks for it.
        abandon();
    }
}

bool Writer::run_unit(const Task& task, Batch& batch, TakenBack taken_back)
{
    PostgresUnit unit(*connection_, *ledger_, ids_, *options_.clock, batch.gathered, taken_back);
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
        if (!connection_->is_lost() && !connection_->in_failed_transaction()) unit.take_back();
    }
    return unit.wrote() && taken_back == TakenBack::with_transaction;
}

Writer::Batch Writer::run_units(std::span<const Task> tasks, TakenBack taken_back)
{
    Batch batch{.outcomes = {}, .gathered = {.events = {}, .layout = layout_}};
    begin();
    for (const auto& task : tasks) {
        const bool spoilt = run_unit(task, batch, taken_back);
        if (connection_->is_lost() || connection_->in_failed_transaction()) batch.ending = Batch::Ending::failed;
        else if (spoilt) batch.ending = Batch::Ending::refused_late;
        else continue;
        break;
    }
    return batch;
}

std::optional<std::size_t> Writer::try_batch(std::span<const Task> tasks, Batch& batch)
{
    batch = run_units(tasks, TakenBack::with_transaction);
    if (batch.ending == Batch::Ending::refused_late && tasks.size() > 1) {
        abandon();
        batch = run_units(tasks, TakenBack::by_savepoint);
    }
    if (batch.ending != Batch::Ending::done) {
        abandon();
        return batch.outcomes.size() - 1;
    }
    if (!batch.gathered.events.empty()) ledger_->seal();
    const bool index_pending = batch.gathered.layout != layout_ && has_pending(*connection_);
    connection_->commit();
    index_pending_ = index_pending_ || index_pending;
    return std::nullopt;
}

void Writer::run_batch(std::vector<Task> tasks, int again)
{
    Batch batch;
    bool committed = false;
    try {
        if (const auto spoiler = try_batch(tasks, batch)) {
            const auto& failure = batch.outcomes[*spoiler].failure;
            if (failure) std::rethrow_exception(failure);
            tasks[*spoiler].reply(std::move(batch.outcomes[*spoiler]));
            tasks.erase(tasks.begin() + static_cast<std::ptrdiff_t>(*spoiler));
            return run_each(tasks);
        }
        committed = true;
    } catch (...) {
        const auto failure = std::current_exception();
        bool taken_back = connection_ == nullptr || connection_->is_lost(), unknown = false;
        try {
            std::rethrow_exception(failure);
        } catch (const TakenBackByServer&) {
            taken_back = true;
        } catch (const Fault& fault) {
            unknown = fault.kind() == FaultKind::outcome_unknown;
        } catch (...) {
        }
        abandon();
        if (taken_back && !unknown && again + 1 < tries_max) return run_batch(std::move(tasks), again + 1);
        if (!unknown && tasks.size() > 1) return run_each(tasks);
        batch.outcomes.assign(tasks.size(), {});
        for (auto& outcome : batch.outcomes) outcome.failure = failure;
    }
    if (committed) publish(batch.gathered);    // behind the attempts: what is committed must not run again
    for (std::size_t i = 0; i < tasks.size(); ++i) tasks[i].reply(std::move(batch.outcomes[i]));
    if (committed) look_at_growth(batch.gathered);
}

// A planner that believes a table small walks it; autovacuum tells it better within a minute, and a load of a minute is a long one by then.
void Writer::look_at_growth(const Gathered& gathered)
{
    for (const auto& [table, rows] : gathered.inserted) {
        auto& growth = growth_[table];
        growth.rows += rows;
        if (growth.rows < std::max(analysed_from, 2 * growth.analysed_at)) continue;
        growth.analysed_at = growth.rows;
        try {
            connection_->execute(fmt::format("ANALYZE {}", table));
            connection_->settle();
        } catch (const std::exception&) {
            abandon();    // it is only advice
        }
    }
}

void Writer::run_each(std::vector<Task>& tasks)
{
    for (auto& task : tasks) {
        std::vector<Task> alone;
        alone.push_back(std::move(task));
        run_batch(std::move(alone));
    }
}

void Writer::run_rehearsal(const Task& task)
{
    Batch batch;
    try {
        batch = run_units({&task, 1}, TakenBack::with_transaction);
        connection_->settle();
    } catch (...) {
        batch.outcomes.resize(1);
        batch.outcomes.front().failure = std::current_exception();
    }
    abandon();
    task.reply(std::move(batch.outcomes.front()));
}

void Writer::run_index()
{
    try {
        begin();
        const auto taken = index_pending(*connection_, *layout_, index_chunk);
        connection_->commit();
        index_pending_ = taken == index_chunk;
    } catch (const std::exception&) {
        abandon();
        index_pending_ = false;    // what could not be indexed stays in search_pending
    }
}

void Writer::abandon()
{
    if (!connection_ || connection_->is_lost()) return;
    try {
        connection_->settle();
    } catch (const std::exception&) {
        // What failed is taken back now.
    }
    try {
        if (connection_->in_transaction()) connection_->execute("ROLLBACK");
        connection_->settle();
    } catch (const std::exception&) {
        connection_.reset();
        ledger_.reset();
    }
}

void Writer::publish(Gathered& gathered)
{
    if (gathered.layout != layout_) {
        const std::lock_guard lock(layout_mutex_);
        layout_ = gathered.layout;
    }
    sealed_to_ = ledger_->place().seq;
    listeners_.tell(gathered.events, Store::Author::us);
}

}  // namespace shangdao::store::postgres
