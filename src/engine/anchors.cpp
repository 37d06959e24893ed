#include "engine/anchors.h"

#include <algorithm>

#include "store/sql/statement.h"

namespace shangdao::engine {

namespace {

constexpr std::size_t ladders_max = 64;
constexpr std::int64_t stale_after_us = 30'000'000;

std::vector<record::Value> place_of(const store::Select& select, const Record& record)
{
    std::vector<record::Value> place;
    for (const auto& order : select.order) place.push_back(record.at(order.by->path.front()));
    place.emplace_back(record.id());
    return place;
}

// The page is set to begin behind the last row of a hop; nothing of it is read but its place.
store::Select hop_of(const store::Select& select)
{
    auto hop = select;
    hop.slots = {record::slot_id};
    for (const auto& order : select.order) hop.slots.push_back(order.by->path.front());
    std::ranges::sort(hop.slots);
    hop.slots.erase(std::ranges::unique(hop.slots).begin(), hop.slots.end());
    hop.skip = anchor_step - 1;
    hop.limit = 1;
    return hop;
}

}  // namespace

void Anchors::place(store::View& view, const Desk& desk, std::string_view context, store::Select& select,
                    std::int64_t at)
{
    // Without an index each hop would sort everything; such lists are short (D19).
    if (at < anchor_step || !store::sql::order_is_indexed(select)) {
        select.skip = at;
        return;
    }
    const std::string key{context};
    const auto head = view.head();
    auto ladder = find(key, head, desk.moment.now);
    const auto wanted = static_cast<std::size_t>(at / anchor_step);
    if (ladder == nullptr || ladder->rungs.size() < wanted) {
        auto longer = ladder ? std::make_shared<Ladder>(*ladder)
                             : std::make_shared<Ladder>(Ladder{.seq = head, .begun = desk.moment.now});
        auto hop = hop_of(select);
        while (longer->rungs.size() < wanted) {
            if (!longer->rungs.empty()) hop.after = longer->rungs.back();
            const auto reached = view.records(hop, desk.moment);
            if (reached.empty()) break;
            longer->rungs.push_back(place_of(select, reached.front()));
        }
        ladder = longer;
        keep(key, ladder);
    }
    const auto rung = std::min(wanted, ladder->rungs.size());
    if (rung > 0) select.after = ladder->rungs[rung - 1];
    select.skip = at - static_cast<std::int64_t>(rung) * anchor_step;
}

Anchors::Kept Anchors::find(const std::string& context, std::int64_t head, Instant now)
{
    const std::scoped_lock lock(mutex_);
    const auto found = by_context_.find(context);
    if (found == by_context_.end()) return nullptr;
    const auto& ladder = found->second->second;
    if (ladder->seq != head && now.us - ladder->begun.us > stale_after_us) return nullptr;
    recent_.splice(recent_.begin(), recent_, found->second);
    return ladder;
}

void Anchors::keep(const std::string& context, Kept ladder)
{
    const std::scoped_lock lock(mutex_);
    if (const auto found = by_context_.find(context); found != by_context_.end()) {
        found->second->second = std::move(ladder);
        recent_.splice(recent_.begin(), recent_, found->second);
        return;
    }
    recent_.emplace_front(context, std::move(ladder));
    by_context_[context] = recent_.begin();
    if (recent_.size() <= ladders_max) return;
    by_context_.erase(recent_.back().first);
    recent_.pop_back();
}

}  // namespace shangdao::engine
