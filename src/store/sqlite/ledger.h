// The ledger of every engine (store/sql/ledger.h) in a file of SQLite.
#pragma once

#include "store/sql/ledger.h"
#include "store/sqlite/layout.h"

namespace shangdao::store::sqlite {

using record::Event;
using Ledger = sql::Ledger<Connection>;
using sql::check_chain;
using sql::number_of;
using sql::read_event;
using sql::read_events_after;
using sql::read_head;
using sql::read_history;

}  // namespace shangdao::store::sqlite
