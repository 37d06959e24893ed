#include "engine/day_news.h"

#include <map>

#include "engine/expressions.h"
#include "engine/notifications.h"

namespace shangdao::engine {

namespace {

constexpr std::int64_t page_rows = 500;
constexpr std::size_t owners_at_once = 50;

Caller system() { return {.kind = Caller::Kind::system, .via = record::Via::system, .request = "day"}; }

std::map<Id, std::vector<Id>> by_owner(Engine& engine, const Desk& desk, const DayCondition& condition)
{
    std::map<Id, std::vector<Id>> found;
    const auto& object = desk.catalogue->at(condition.object);
    for (std::optional<Id> after;;) {
        const auto view = engine.store().read();
        store::Select select{.from = &object, .where = condition.where(object, desk.moment), .limit = page_rows};
        select.order = {{field_expression(object, record::slot_id), false}};
        if (after) select.after = {*after, *after};
        const auto page = view->records(select, desk.moment);
        for (const auto& one : page)
            if (one.owner()) found[one.owner()].push_back(one.id());
        if (std::ssize(page) < page_rows) return found;
        after = page.back().id();
    }
}

}  // namespace

std::int64_t tell_owners(Engine& engine, const DayCondition& condition)
{
    const auto desk = engine.desk(system());
    require(desk.has_value(), "the system has a desk");
    const auto found = by_owner(engine, *desk, condition);
    std::int64_t told = 0;
    for (auto next = found.begin(); next != found.end();) {
        std::vector<std::pair<Id, std::vector<Id>>> some;
        for (; next != found.end() && some.size() < owners_at_once; ++next) some.push_back(*next);
        const auto written = engine.write_now(system(), [&](Work& work) -> Result<std::string> {
            std::int64_t count = 0;
            for (const auto& [owner, records] : some)
                if (notify_of_day(work, {.recipient = owner, .reason = condition.reason, .object = &work.desk.catalogue->at(condition.object), .records = records})) ++count;
            return std::to_string(count);
        }, store::Urgency::background);
        if (written) told += std::stoll(*written);
    }
    return told;
}

}  // namespace shangdao::engine
