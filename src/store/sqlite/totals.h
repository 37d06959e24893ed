// Totals – exact numbers of live records, kept in the transaction that changes them (D31): per object, per owner, and per
// choice that lists are filtered by, alone and together with the owner. So the total of a common list costs a look-up and not
// a walk over the index. An object with a cube has besides the counts and sums of each owner and combination of its choices, so
// that a report over them reads cells and not records.
//
// Rows of `total`: field '' for all records; owner 0 for everyone's, -1 for records without an owner. Cells of a cube are found by
// columns that are never null (owner_of, of_<choice>); the columns called as the records' are made from them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "store/select.h"
#include "store/sqlite/layout.h"

namespace shangdao::store::sqlite {

// What a record counts as; absent (nullopt) when it is deleted or not there.
struct Counted {
    std::int64_t owner = 0;
    std::vector<std::string> choices;                   // by counted_slots; empty text: null
    std::vector<std::string> cell;                      // by cube_slots, the same
    std::vector<std::optional<std::int64_t>> summed;    // by summed_slots: base minor units, units
};
std::optional<Counted> counted_of(const Record& record, const TableLayout& table);
std::optional<Counted> read_counted(Connection& connection, const TableLayout& table, Id id);
// True when changing `slot` changes what the record counts as.
bool counts_by(const TableLayout& table, std::size_t slot);

// Differences that wait for the end of the batch, so that sixteen records of one owner cost one row. `table` outlives them.
class TotalChanges {
public:
    void add(const TableLayout& table, const std::optional<Counted>& before, const std::optional<Counted>& after);
    void take(TotalChanges&& other);             // `other` is empty then
    bool empty() const { return steps_ == 0; }
    // A place to go back to: what is added between the two is taken out again.
    void begin_attempt();
    void end_attempt(bool keep);

    void write(Connection& connection, const Layout& layout) const;
    // Takes the waiting changes of one object out of the tables, into which a recount has brought them too early.
    void write_back(Connection& connection, const TableLayout& table) const;
    std::int64_t of(std::int64_t object, const std::string& field, const std::string& choice, std::int64_t owner) const;

private:
    struct Cell {
        std::int64_t n = 0;
        std::vector<std::pair<std::int64_t, std::int64_t>> sums;    // sum, of so many
    };
    struct Step {
        const TableLayout* table;
        std::optional<Counted> before, after;
    };
    using Key = std::tuple<std::int64_t, std::string, std::string, std::int64_t>;
    using CellKey = std::tuple<std::int64_t, std::int64_t, std::vector<std::string>>;    // object, owner, choices
    void apply(const TableLayout& table, const std::optional<Counted>& before, const std::optional<Counted>& after);
    void count(const TableLayout& table, const Counted& counted, std::int64_t by);
    static void write(Connection& connection, const Key& key, std::int64_t by);
    static void write(Connection& connection, const TableLayout& table, const CellKey& key, const Cell& cell, std::int64_t by);

    std::map<Key, std::int64_t> changes_;
    std::map<CellKey, Cell> cells_;
    std::size_t steps_ = 0;
    std::optional<std::vector<Step>> attempt_;   // while one runs
};

// The exact number of rows of `select` from totals alone; nullopt when they do not answer it (another filter, sight through
// references, the bin). `waiting`: changes not yet written, both may be nullptr.
std::optional<std::int64_t> total_of(Connection& connection, const Layout& layout, const Select& select, const formula::Moment& moment,
                                     const TotalChanges* batch, const TotalChanges* unit);

// The slots of select.where's equalities that hold for so many rows (Select::broad) that a walk over the index of its order finds
// a page sooner than sorting them all. None when an index has the equalities and the order together. And without such an order those
// before which the index of the few owners in sight is to be taken.
std::vector<std::size_t> broad_slots(Connection& connection, const Layout& layout, const Select& select, const formula::Moment& moment);

// Makes the table of a cube, in place of one that counted by other fields.
void create_cube(Connection& connection, const TableLayout& table);
// What create_cube would make, as text; empty: no cube.
std::string cube_text(const TableLayout& table);
// Makes the rows of one object anew from its records.
void recount(Connection& connection, const TableLayout& table);
// Rows that differ from a recount, as findings.
std::vector<std::string> check_totals(Connection& connection, const TableLayout& table);

}  // namespace shangdao::store::sqlite
