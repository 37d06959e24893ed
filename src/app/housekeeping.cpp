// A disk that fails now may work in an hour: a fault is told and the next round comes.
#include "app/housekeeping.h"

#include "base/fault.h"
#include "base/log.h"
#include "sales/customer/activity/due_news.h"
#include "sales/customer/attachment/purging.h"
#include "sales/process/stage_engine/stall_news.h"

namespace shangdao::app {

Housekeeping::Housekeeping(engine::Engine& engine) : engine_(engine), thread_([this] { loop(); }) {}

Housekeeping::~Housekeeping()
{
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Housekeeping::loop()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        lock.unlock();
        try {
            const auto purged = customer::purge_attachments(engine_);
            if (purged != customer::Purged{}) log(Level::info, "purged", {{"attachments", std::to_string(purged.attachments)}, {"files", std::to_string(purged.files)}});
            const auto told = customer::tell_what_is_due(engine_) + process::tell_what_stalls(engine_);
            if (told > 0) log(Level::info, "told what the day brings", {{"members", std::to_string(told)}});
        } catch (const Fault& fault) {
            log(Level::error, "housekeeping met a fault", {{"what", fault.what()}});
        } catch (const std::filesystem::filesystem_error& error) {
            log(Level::error, "housekeeping met a fault", {{"what", error.what()}});
        }
        lock.lock();
        wake_.wait_for(lock, std::chrono::hours{1}, [this] { return stopping_; });
    }
}

}  // namespace shangdao::app
