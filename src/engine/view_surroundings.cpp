// Reading references and children from a snapshot.
#include "engine/view_surroundings.h"

#include "engine/expressions.h"

namespace shangdao::engine {

namespace {

constexpr std::int64_t children_max = 10'000;

}  // namespace

const record::Record* ViewSurroundings::find(const record::Object& object, Id id)
{
    auto record = view_.find(object, id);
    if (!record || record->deleted() || (viewer_ != nullptr && !viewer_->sees(view_, object, *record))) return nullptr;
    return &kept_.emplace_back(std::move(*record));
}

std::vector<record::Record> ViewSurroundings::children(const record::Object& object, std::size_t reference_slot,
                                                       Id parent)
{
    if (parent == newborn_) return {};
    store::Select select{.from = &object, .where = field_is(object, reference_slot, parent)};
    select.sight = viewer_;
    select.limit = children_max;
    return view_.records(select, moment_);
}

}  // namespace shangdao::engine
