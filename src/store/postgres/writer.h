// Writer – the one thread of this process that changes a store (D12). Its turn:
//
//     take all queued units (≤ 256, never linger) → BEGIN, the schema's lock → each unit → seal the ledger → COMMIT → publish → answer
//
// The lock is a row that every writer of every process takes first. So the writers of an organisation take turns; a unit is judged on what
// was committed before it, by whomever, and nothing changes beneath it; every seq follows the one before without a gap, so no reader that has
// seen one can miss an older one; and the chain is sealed at once. What other processes committed is published before our own, and looked
// for when nothing else is to be done.
//
// A batch is first run without savepoints; when a unit is refused after it has written, all are taken back and run once more, each in a
// savepoint of its own. A batch that the server took back, or that lost its connection before COMMIT, runs again. When the connection is lost
// during COMMIT the batch is answered outcome_unknown.
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

#include "store/postgres/session.h"
#include "store/postgres/unit.h"
#include "store/written_store.h"

namespace shangdao::store::postgres {

class Writer {
    using Clock_ = std::chrono::steady_clock;

public:
    // The schema is already that of `layout`. Starts the thread.
    Writer(std::unique_ptr<Connection> connection, const PostgresOptions& options, std::shared_ptr<const Layout> layout, Id last_id);
    ~Writer() { stop(); }
    void stop();    // everything submitted before is still done

    void submit(Task task);    // any thread, but not a unit
    Listeners& listeners() { return listeners_; }
    std::shared_ptr<const Layout> layout() const;
    IdSource& ids() { return ids_; }
    bool inside_unit() const { return std::this_thread::get_id() == thread_.get_id() && inside_unit_; }
    std::string synchronous() const { return synchronous_; }
    std::int64_t sealed_to() const { return sealed_to_; }
    bool search_is_behind() const { return index_pending_; }
    bool quiet() const { return Clock_::now() - last_batch_.load() > std::chrono::seconds{1}; }

private:
    struct Turn {
        std::vector<Task> batch;
        enum class Kind : unsigned char { batch, background, index, look_around, stop } kind = Kind::batch;
    };
    // The units of a transaction and how each went. Done: those that were refused or failed have left nothing in it. Else the last
    // one has spoilt it: its writes cannot be told from the others', or the server refuses all that follows.
    struct Batch {
        enum class Ending : unsigned char { done, refused_late, failed } ending = Ending::done;
        std::vector<Store::Outcome> outcomes;
        Gathered gathered;
    };

    void run();
    Turn next_turn();
    void run_batch(std::vector<Task> tasks, int again = 0);
    void run_each(std::vector<Task>& tasks);
    // Gives the index of the unit that spoilt its batch, whose answer stands; the others are to run alone.
    std::optional<std::size_t> try_batch(std::span<const Task> tasks, Batch& batch);
    Batch run_units(std::span<const Task> tasks, TakenBack taken_back);
    // Gives whether it left writes that are to be taken back.
    bool run_unit(const Task& task, Batch& batch, TakenBack taken_back);
    void run_rehearsal(const Task& task);
    void run_index();
    void look_around();
    void begin();
    void catch_up();
    void abandon();
    void publish(Gathered& gathered);
    void look_at_growth(const Gathered& gathered);
    void rest(Clock_::time_point began);

    const PostgresOptions options_;
    std::unique_ptr<Connection> connection_;
    IdSource ids_;
    std::optional<Ledger> ledger_;    // of the connection
    std::string synchronous_;
    std::atomic<std::int64_t> sealed_to_;    // published up to here, too
    std::atomic<Clock_::time_point> last_batch_{};
    std::atomic<bool> index_pending_ = false;

    mutable std::mutex layout_mutex_;
    std::shared_ptr<const Layout> layout_;

    std::mutex queue_mutex_;
    std::condition_variable queued_;
    std::deque<Task> interactive_, background_;
    bool stopping_ = false;

    Listeners listeners_;

    // Of the writer's thread alone.
    bool inside_unit_ = false, others_wrote_ = false;
    struct Growth {
        std::int64_t rows = 0, analysed_at = 0;
    };
    std::map<std::string, Growth> growth_;    // of this process's inserts, by table
    Clock_::time_point background_from_{};    // earliest moment of the next background chunk

    std::thread thread_;
};

}  // namespace shangdao::store::postgres
