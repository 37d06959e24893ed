// What PostgreSQL's tables have beside the layout that all engines share (store/sql/layout.h).
#pragma once

#include "store/postgres/connection.h"
#include "store/sql/layout.h"
#include "store/sql/slot_columns.h"

namespace shangdao::store::postgres {

using record::Object;
using record::Record;
using record::Value;
using sql::in_quotes;
using TableLayout = sql::TableLayout;
using Layout = sql::LayoutOf<TableLayout>;

// Numbers are still 0: the schema gives them (schema.h).
std::shared_ptr<Layout> layout_of(std::shared_ptr<const record::Catalogue> catalogue);

}  // namespace shangdao::store::postgres
