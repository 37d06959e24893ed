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

// Changes nothing and gives the layout its numbers. Refusals store_outdated (not there, or of an older version), store_too_new.
Result<void> recognise(Connection& connection, Layout& layout);

// A schema belongs to the key its ledger is chained with: refusal database_of_another. One in which nothing was ever recorded may be claimed.
enum class Claim : unsigned char { no, yes };
Result<void> check_owner(Connection& connection, std::string_view chain_key, Claim claim);

// Until the transaction ends no other writer of this schema begins (writer.h).
void lock(Connection& connection);

}  // namespace shangdao::store::postgres
