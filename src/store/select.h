// Select – the one shape of reading many records. Compiled to SQL by store/sql and nowhere else; user text never reaches
// SQL, only values bound as parameters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "formula/evaluate.h"
#include "formula/expression.h"
#include "record/sight.h"

namespace shangdao::store {

using record::Value;

struct Order {
    formula::Expression by;          // field or value expression
    bool descending = false;         // null sorts last both ways (D2)
};

struct Output {
    std::string name;
    formula::Expression value;
};

struct Select {
    const record::Object* from = nullptr;
    formula::Expression where = {};                  // nullptr: all
    SearchQuery search = {};                         // of the text index (base/text.h)
    // Rows: `outputs` empty → records, whole, or only with these slots, in rising order; the others stay null.
    std::vector<std::size_t> slots = {};
    // `outputs` given → one row of values a record. With `group` or `measures` → one row per group, group keys first.
    std::vector<Output> outputs = {};
    std::vector<Output> group = {};
    std::vector<Output> measures = {};
    formula::Expression having = {};
    std::vector<Order> order = {};                   // rows: id is appended; groups: by output position below
    std::vector<std::pair<std::size_t, bool>> group_order = {};   // (position in group+measures, descending)
    std::vector<Value> after = {};                   // keyset: values of `order` of the last row, then its id; empty: first page
    std::int64_t limit = 50;
    std::int64_t skip = 0;                           // rows: so many behind the place are left out; bounded by the caller, never the way to page
    const record::Sight* sight = nullptr;            // nullptr: the system itself
    // Slots whose `=` holds for so many rows that the order's index is walked instead of theirs. The store knows from its totals
    // and fills it in; empty from above.
    std::vector<std::size_t> broad = {};
    // The groups are answered from the object's cube (record::Cube); the store decides it.
    bool from_cube = false;
    enum class Deleted : unsigned char { hide, only } deleted = Deleted::hide;
    // Of what the sight shows by ownership and beyond it, for an object whose rows are seen by themselves: the store takes them apart to count
    // the greater part from its totals. From above always whole.
    enum class Part : unsigned char { whole, owned, beyond } part = Part::whole;
};

}  // namespace shangdao::store
