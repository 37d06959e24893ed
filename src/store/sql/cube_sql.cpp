// Which groups a cube answers, and how its table is called.
#include <algorithm>

#include "base/require.h"
#include "store/sql/expression_sql.h"

namespace shangdao::store::sql {

namespace {

using formula::Expression;
using formula::Op;

class Answer {
public:
    explicit Answer(const record::Object& object) : by_(cube_slots(object)), sums_(summed_slots(object)) { by_.push_back(record::slot_owner); }

    // True when `e` is computed from the choices and the owner alone, or adds up what the cube adds up.
    bool to(const Expression& e) const
    {
        if (e == nullptr) return true;
        if (e->op == Op::field) return e->path.size() == 1 && std::ranges::find(by_, e->path.front()) != by_.end();
        if (e->op == Op::aggregate) return to_aggregate(*e);
        return std::ranges::all_of(e->args, [&](const auto& part) { return to(part); });
    }

private:
    bool to_aggregate(const formula::Node& node) const
    {
        if (!node.path.empty() || !to(node.args[0])) return false;
        if (node.aggregate == formula::Aggregate::count) return true;
        if (node.aggregate != formula::Aggregate::sum) return false;
        const auto& summed = *node.args[1];
        return summed.op == Op::field && summed.path.size() == 1 && std::ranges::find(sums_, summed.path.front()) != sums_.end();
    }

    std::vector<std::size_t> by_, sums_;
};

std::vector<std::size_t> slots_of(const record::Object& object, std::span<const std::string_view> names)
{
    std::vector<std::size_t> slots;
    for (const auto name : names) {
        const auto slot = object.slot(name);
        require(slot.has_value(), "a cube of a definition names its fields");
        slots.push_back(*slot);
    }
    return slots;
}

}  // namespace

std::vector<std::size_t> cube_slots(const record::Object& object) { return slots_of(object, object.def().cube.by); }
std::vector<std::size_t> summed_slots(const record::Object& object) { return slots_of(object, object.def().cube.sums); }
std::string cube_table_of(const record::Object& object) { return "c_" + std::string{object.name()}; }

bool cube_answers(const Select& select)
{
    const auto& object = *select.from;
    if (object.def().cube.by.empty() || (select.group.empty() && select.measures.empty()) || !select.search.empty() || select.deleted != Select::Deleted::hide) return false;
    using Kind = record::RowSight::Kind;
    if (select.sight != nullptr && select.sight->rows(object).kind != Kind::all && !(object.owned() && object.seen_by_owner_alone() && select.sight->rows(object).by_owner_alone())) return false;
    if (select.sight != nullptr && select.sight->rows(object).leaves_out()) return false;
    const Answer answer(object);
    const auto to_output = [&](const Output& output) { return answer.to(output.value); };
    return answer.to(select.where) && answer.to(select.having) && std::ranges::all_of(select.group, to_output) && std::ranges::all_of(select.measures, to_output);
}

}  // namespace shangdao::store::sql
