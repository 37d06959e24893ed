// Definitions – what an organisation has made of the built-in objects (D19, D20): its overlays as the store keeps them, one change
// laid over them, and how they are told to administrators.
#pragma once

#include <string>
#include <vector>

#include "engine/desk.h"
#include "record/overlay.h"

namespace shangdao::engine {

inline constexpr std::string_view definition_event =
    "definition";  // the object of events that tell of changed definitions

struct Definitions {
    std::vector<record::ObjectOverlay> overlays;
    std::int64_t next_column = 1;  // physical names are ours alone: x1, x2, …

    static Definitions read(store::View& view);
    void write(store::Unit& unit) const;

    record::ObjectOverlay* find(std::string_view object);
    // The version a client names in If-Match: 1 before the first change of this object's definition, one more with each.
    std::int64_t version_of(std::string_view object);
    // Lays `change` over what is there: a field it names takes the place of what was said of it, a layout too; choices it no longer
    // names are retired, for records may hold them. Refusals version_stale, definition_retyped, immutable_field.
    Result<void> merge(const record::ObjectOverlay& change, std::optional<std::int64_t> expected,
                       const record::Catalogue& known);
};

// Conditions of fields and sections are formulas of their object whose inputs `desk` may read (D7); filters of views are such formulas
// that each reader asks for himself. Refusals formula_* name the place.
Result<void> check_conditions(const record::Catalogue& catalogue, const Desk& desk);

// Views are for roles that there are. Refusal unknown_word with the nearest.
Result<void> check_view_roles(const record::Catalogue& catalogue, const record::ObjectOverlay& change);

// GET /definitions: {"objects":[{"object","version","custom","overlay","views"}]}, the overlay as POST takes it, null where there is none;
// the views in their order, hidden ones too.
std::string definitions_answer(store::View& view, const Desk& desk);

}  // namespace shangdao::engine
