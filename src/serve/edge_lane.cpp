#include "serve/edge_lane.h"

#include "serve/edge_writer.h"

namespace shangdao::serve {

Lane::Lane(std::shared_ptr<EdgeShared> shared, std::chrono::milliseconds sweep_every)
    : shared_(std::move(shared)), sweep_every_(sweep_every)
{
}

void Lane::run()
{
    sweep();
    io_.run();
    over_.store(true, std::memory_order_release);
}

void Lane::join(LaneMember& member)
{
    member.place_ = members_.size();
    members_.push_back(&member);
    shared_->connections.fetch_add(1, std::memory_order_relaxed);
}

void Lane::leave(LaneMember& member)
{
    members_[member.place_] = members_.back();
    members_[member.place_]->place_ = member.place_;
    members_.pop_back();
    shared_->connections.fetch_sub(1, std::memory_order_relaxed);
    release_if_empty();
}

std::string_view Lane::date()
{
    const Instant now = shared_->clock.now();
    if (const std::int64_t second = now.us / 1'000'000; second != date_second_) {
        date_second_ = second;
        date_ = http_date(now);
    }
    return date_;
}

void Lane::begin_stop()
{
    if (stopping_) return;
    stopping_ = true;
    cut_at_ = std::chrono::steady_clock::now() + shared_->options.stop_timeout;
    for (std::size_t i = members_.size(); i-- > 0;)
        if (i < members_.size()) members_[i]->on_stop();
    release_if_empty();
}

void Lane::release_if_empty()
{
    if (!stopping_ || !members_.empty()) return;
    timer_.cancel();
    work_.reset();
}

// Backwards, because a member may leave while it is visited.
void Lane::sweep()
{
    const SteadyTime now = std::chrono::steady_clock::now();
    const bool cut_all = stopping_ && now >= cut_at_;
    for (std::size_t i = members_.size(); i-- > 0;) {
        if (i >= members_.size()) continue;
        if (cut_all)
            members_[i]->cut();
        else if (members_[i]->deadline() <= now)
            members_[i]->on_deadline();
    }
    if (stopping_ && members_.empty()) return;
    timer_.expires_after(sweep_every_);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) sweep();
    });
}

}  // namespace shangdao::serve
