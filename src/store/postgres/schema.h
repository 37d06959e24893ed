// Schema – brings the tables of an organisation's schema to a layout, inside the caller's transaction: plain top-level DDL without triggers,
// unqualified, so that Citus can spread schemas over nodes. Columns and tables are added, never dropped or retyped (D19, D20).
//
// Only what an object's stored fingerprint no longer matches is looked at.
#pragma once

#include "base/result.h"
#include "store/postgres/layout.h"

namespace shangdao::store::postgres {

// Refusals: store_too_new; definition_conflict with field = "boat.colour" and args.reason = type | duplicates.
// Gives the layout its numbers. Records whose search words changed are queued in search_pending (words.h). The search path is the schema.
Result<void> migrate(Connection& connection, Layout& layout);

// Until the transaction ends no other writer of this schema begins (writer.h).
void lock(Connection& connection);

}  // namespace shangdao::store::postgres
