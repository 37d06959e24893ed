// The room process: leads and deals on their way through stages.
#pragma once

#include <span>

#include "engine/engine.h"

namespace shangdao::process {

std::span<const record::ObjectDef* const> objects();
void add_behaviours(engine::Behaviours& behaviours, engine::Records& records);
// Stage keys of every version as choices of deal.stage, lead.stage and passage.stage; labels of the newest version.
void fill_choices(store::View* view, record::CatalogueBuilder& builder);
// The default processes, where they are missing.
Result<void> seed(engine::Work& work, const engine::Records& records);

}  // namespace shangdao::process
