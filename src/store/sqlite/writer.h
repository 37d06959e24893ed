// Writer – the one thread that changes a store (D12). Its turn:
//
//     take all queued units (≤ 256, never linger) → BEGIN IMMEDIATE → each unit
//     → totals and text index of the whole batch → seal the ledger → COMMIT, the one fsync → publish → answer
//
// and between such turns at most one background chunk (a bulk unit, a rehearsal, a piece of the search index or of its merging), which gets no more
// than its share of the thread while others write, and a checkpoint when nobody waits or the WAL has grown long. Hardly any unit is
// refused once it has written, so a batch is first run without savepoints; when one is, all are taken back and run once more, each in a
// savepoint of its own. A COMMIT that fails takes back the batch. When an fsync fails nobody knows what is on the
// disk: the batch is answered outcome_unknown, nothing is ever written again, and `on_fail_stop` lets the process exit.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "store/sqlite/name_cache.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/unit.h"
#include "store/written_store.h"

namespace shangdao::store::sqlite {

constexpr int writer_cache_mib = 64;    // of its connection, while no bulk chunks come

// How far a Store::scrub is.
struct Scrubbing {
    enum class Part : unsigned char { index, filling, giving_back, log, done } part = Part::index;
    std::size_t table = 0;                                      // of the layout, whose text index is at its turn
    enum class Union : unsigned char { untouched, begun } index = Union::untouched;
    int tries = 0;                                              // to empty the log
    bool clean = false;
};

class Writer {
    using Clock_ = std::chrono::steady_clock;

public:
    // The file's schema is already that of `layout`. Starts the thread.
    Writer(std::unique_ptr<Connection> connection, const SqliteOptions& options, std::shared_ptr<const Layout> layout, Id last_id);
    ~Writer() { stop(); }
    void stop();    // everything submitted before is still done

    void submit(Task task);    // any thread, but not a unit
    Listeners& listeners() { return listeners_; }
    std::shared_ptr<const Layout> layout() const;
    IdSource& ids() { return ids_; }
    NameCache& names() { return names_; }
    bool inside_unit() const { return std::this_thread::get_id() == thread_.get_id() && inside_unit_; }
    // One step of it; as the upkeep of a task. Throws Fault.
    void scrub(Scrubbing& scrubbing);
    std::string synchronous() const { return synchronous_; }
    std::int64_t sealed_to() const { return sealed_to_; }
    bool search_is_behind() const { return index_pending_; }
    bool quiet() const { return Clock_::now() - last_batch_.load() > std::chrono::seconds{1}; }

private:
    struct Turn {
        std::vector<Task> batch;
        enum class Kind : unsigned char { batch, background, index, merge, checkpoint, narrow, stop } kind = Kind::batch;
    };

    void run();
    Turn next_turn();
    void take_background(Turn& turn);
    // The units of a transaction and how each went. Done: those that were refused or failed have left nothing in it. Else the last
    // one has spoilt it: its writes cannot be told from the others', or SQLite has rolled back all of it.
    struct Batch {
        enum class Ending : unsigned char { done, refused_late, rolled_back } ending = Ending::done;
        std::vector<Store::Outcome> outcomes;
        Gathered gathered;
    };

    void run_batch(std::vector<Task> tasks);
    Batch run_units(std::span<const Task> tasks, TakenBack taken_back);
    // Gives whether it left writes that are to be taken back.
    bool run_unit(const Task& task, Batch& batch, TakenBack taken_back);
    void run_background(Task task);
    void run_rehearsal(const Task& task);
    void run_upkeep(const Task& task);
    void run_index();
    void run_merge();
    // Work on the text index in a transaction of its own; false when it failed. What it would have done is tried again with later commits.
    bool run_chore(const std::function<void()>& work);
    const TableLayout* table_to_merge() const;
    std::optional<Clock_::time_point> chore_from() const;
    void begin();
    void finish(Gathered& gathered, Task::Kind kind);
    void commit(const Gathered& gathered);
    void commit();
    void abandon(const Ledger::Place& ledger);
    void publish(Gathered& gathered);
    int new_frames() const { return wal_frames_ - checkpointed_frames_; }    // of the WAL, since the last checkpoint
    void checkpoint();
    bool empty_log();    // false: a reader or a follower still needs it
    void set_cache(int mib);
    void rest(Clock_::time_point began);
    void fail_stop(const std::string& reason);

    std::unique_ptr<Connection> connection_;
    SqliteOptions options_;
    IdSource ids_;
    Ledger ledger_;
    NameCache names_;
    std::string synchronous_;
    std::atomic<std::int64_t> sealed_to_;
    std::atomic<Clock_::time_point> last_batch_{};
    std::atomic<bool> index_pending_ = false;

    mutable std::mutex layout_mutex_;
    std::shared_ptr<const Layout> layout_;

    std::mutex queue_mutex_;
    std::condition_variable queued_;
    std::deque<Task> interactive_, background_;
    bool waiting_ = false, stopping_ = false;

    Listeners listeners_;

    // Of the writer's thread alone.
    bool inside_unit_ = false, failed_ = false;
    std::map<std::int64_t, int> segments_;    // commits into a text index since it had nothing to merge, by number of its object
    bool others_wrote_ = false;               // a batch since the last background chunk
    Clock_::time_point background_from_{};    // earliest moment of the next background chunk
    int wal_frames_ = 0, checkpointed_frames_ = 0;
    Instant commit_at_{};                     // read before the last COMMIT
    int cache_mib_ = writer_cache_mib;
    bool order_is_aside_ = false;             // Unit::set_order_aside

    std::thread thread_;
};

}  // namespace shangdao::store::sqlite
