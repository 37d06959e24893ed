// What somebody plans for today after the day began is no news to them.
#include "sales/customer/activity/due_news.h"

#include "engine/day_news.h"
#include "engine/expressions.h"
#include "sales/customer/activity/activity.h"

namespace shangdao::customer {

namespace {

using engine::both;
using engine::field_is;

formula::Expression open_on(const record::Object& object, Date day)
{
    return both(field_is(object, Activity::state.slot, record::ChoiceKey{"open"}), field_is(object, Activity::due_on.slot, day));
}

formula::Expression planned_before(const record::Object& object, Instant moment)
{
    formula::Node node;
    node.op = formula::Op::less;
    node.args = {engine::field_expression(object, record::slot_created_at), engine::literal_expression(object.field(record::slot_created_at), moment)};
    return std::make_shared<const formula::Node>(std::move(node));
}

}  // namespace

std::int64_t tell_what_is_due(engine::Engine& engine)
{
    const auto today = [](const record::Object& object, const formula::Moment& moment) {
        return both(open_on(object, moment.today), planned_before(object, moment.zone.start_of(moment.today)));
    };
    const auto yesterday = [](const record::Object& object, const formula::Moment& moment) { return open_on(object, moment.today + -1); };
    return engine::tell_owners(engine, {.object = "activity", .reason = "due", .where = today}) +
           engine::tell_owners(engine, {.object = "activity", .reason = "overdue", .where = yesterday});
}

}  // namespace shangdao::customer
