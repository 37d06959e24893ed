// What the engines that write have alike: the work their writer is given, who hears of commits, and the Store over such a writer.
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "store/store.h"

namespace shangdao::store {

struct Task {
    enum class Kind : unsigned char { interactive, background, rehearsal, upkeep } kind = Kind::interactive;
    std::function<Result<void>(Unit&)> work = {};
    std::function<void()> upkeep = {};       // instead of `work`: on the writer's thread, with transactions of its own
    std::function<void(Store::Outcome)> reply;
};

// Any thread may add one; they are told on the writer's.
class Listeners {
public:
    using Listener = std::function<void(std::span<const record::Event>, Store::Author)>;

    void add(Listener listener)
    {
        const std::lock_guard lock(mutex_);
        listeners_.push_back(std::move(listener));
    }
    void tell(std::span<const record::Event> events, Store::Author author)
    {
        if (events.empty()) return;
        const std::lock_guard lock(mutex_);
        for (const auto& listener : listeners_) listener(events, author);
    }

private:
    std::mutex mutex_;
    std::vector<Listener> listeners_;
};

// An engine adds how it is read. Its destructor stops the writer first: listeners may still read while the last units are done; and what it
// reads with goes before the writer's connection, for SQLite's last one to close checkpoints.
template <typename Writer> class WrittenStore : public Store {
public:
    std::shared_ptr<const record::Catalogue> catalogue() const override { return writer_.layout()->catalogue; }

    void submit(std::function<Result<void>(Unit&)> work, std::function<void(Outcome)> reply, Urgency urgency) override
    {
        const auto kind = urgency == Urgency::interactive ? Task::Kind::interactive : Task::Kind::background;
        writer_.submit({.kind = kind, .work = std::move(work), .reply = std::move(reply)});
    }

    Result<void> rehearse(const std::function<Result<void>(Unit&)>& work) override
    {
        return done({.kind = Task::Kind::rehearsal, .work = work, .reply = {}});
    }

    void on_commit(std::function<void(std::span<const record::Event>, Author)> listener) override { writer_.listeners().add(std::move(listener)); }
    IdSource& ids() override { return writer_.ids(); }
    std::string synchronous() override { return writer_.synchronous(); }
    std::int64_t sealed_to() override { return writer_.sealed_to(); }
    bool quiet() override { return writer_.quiet(); }
    bool search_is_behind() override { return writer_.search_is_behind(); }

protected:
    // Hands the task over and waits for it.
    Result<void> done(Task task)
    {
        const auto promise = std::make_shared<std::promise<Outcome>>();
        auto answer = promise->get_future();
        task.reply = [promise](Outcome outcome) { promise->set_value(std::move(outcome)); };
        writer_.submit(std::move(task));
        auto outcome = answer.get();
        if (outcome.failure) std::rethrow_exception(outcome.failure);
        return outcome.result;
    }

    template <typename... Arguments> explicit WrittenStore(Arguments&&... arguments) : writer_(std::forward<Arguments>(arguments)...) {}

    Writer writer_;
};

}  // namespace shangdao::store
