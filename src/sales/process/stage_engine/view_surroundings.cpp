// Reading references and children from a snapshot.
#include "sales/process/stage_engine/view_surroundings.h"

#include "engine/expressions.h"

namespace shangdao::process {

namespace {

constexpr std::int64_t children_max = 10'000;

}  // namespace

const record::Record* ViewSurroundings::find(const record::Object& object, Id id)
{
    auto record = view_.find(object, id);
    if (!record || record->deleted()) return nullptr;
    return &kept_.emplace_back(std::move(*record));
}

std::vector<record::Record> ViewSurroundings::children(const record::Object& object, std::size_t reference_slot, Id parent)
{
    if (parent == newborn_) return {};
    store::Select select{.from = &object, .where = engine::field_is(object, reference_slot, parent)};
    select.limit = children_max;
    return view_.records(select, moment_);
}

}  // namespace shangdao::process
