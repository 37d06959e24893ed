// A disk that fails now may work in an hour: a fault is told and the next round comes.
#include "app/housekeeping.h"

#include "base/fault.h"
#include "base/log.h"
#include "engine/access/access.h"
#include "engine/approvals/approvals.h"
#include "engine/once.h"
#include "sales/customer/activity/due_news.h"
#include "sales/customer/attachment/purging.h"
#include "sales/process/stage_engine/stall_news.h"

namespace shangdao::app {

namespace {

constexpr std::int64_t at_once = 500;   // rows a unit, so that nobody waits for it

std::int64_t in_portions(engine::Engine& engine, const std::function<std::int64_t(engine::Work&, std::int64_t)>& some)
{
    const engine::Caller system{.kind = engine::Caller::Kind::system, .via = record::Via::system};
    std::int64_t all = 0;
    for (std::int64_t last = at_once; last == at_once; all += last) {
        const auto written = engine.write_now(system, [&](engine::Work& work) -> Result<std::string> {
            last = some(work, at_once);
            return std::string{};
        }, store::Urgency::background);
        if (!written) break;
    }
    return all;
}

}  // namespace

Date Nights::night_of(Instant now, const Zone& zone)
{
    constexpr std::int64_t three_hours_us = 3 * 3'600 * std::int64_t{1'000'000};
    return zone.date_of(Instant{now.us - three_hours_us});
}

bool Nights::begins(Instant now, const Zone& zone)
{
    const auto night = night_of(now, zone);
    if (night <= last_) return false;
    last_ = night;
    return true;
}

Housekeeping::Housekeeping(engine::Engine& engine) : engine_(engine), nights_(engine.clock().now(), engine.organisation()->zone), thread_([this] { loop(); }) {}

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
            const auto passes = in_portions(engine_, engine::forget_expired), keys = in_portions(engine_, engine::forget_old_keys);
            if (passes + keys > 0) log(Level::info, "forgotten", {{"passes", std::to_string(passes)}, {"keys", std::to_string(keys)}});
            const auto lapsed = in_portions(engine_, [this](engine::Work& work, std::int64_t some) { return engine::lapse_approvals(work, engine_.records(), some); });
            if (lapsed > 0) log(Level::info, "approvals lapsed", {{"count", std::to_string(lapsed)}});
            const auto told = customer::tell_what_is_due(engine_) + process::tell_what_stalls(engine_);
            if (told > 0) log(Level::info, "told what the day brings", {{"members", std::to_string(told)}});
            if (nights_.begins(engine_.clock().now(), engine_.organisation()->zone)) {
                const auto compared = engine_.compare_rights();
                log(Level::info, "rights compared", {{"lines", std::to_string(compared.lines)}, {"differences", std::to_string(compared.differences)}});
            }
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
