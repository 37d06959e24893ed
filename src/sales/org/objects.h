// The room org: who we are and what we sell.
#pragma once

#include <span>

#include "engine/engine.h"

namespace shangdao::org {

std::span<const record::ObjectDef* const> objects();
void add_behaviours(engine::Behaviours& behaviours, engine::Records& records);
// Roles as choices of members; from the store's records, from the defaults before there is a store.
void fill_choices(store::View* view, record::CatalogueBuilder& builder);
// The default roles, where they are missing.
Result<void> seed(engine::Work& work, const engine::Records& records);

}  // namespace shangdao::org
