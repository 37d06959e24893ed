// Statement – compiled SQL with its bound values; the only text that reaches an SQL engine for reading many records.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "store/select.h"

namespace shangdao::store::sql {

struct Bytes {
    std::string bytes;
};
using Numbers = std::vector<std::int64_t>;

// What is bound to one parameter. Owners and work calendars are bound as pointers on SQLite: `visible(?n, owner)`, `maybe_visible(?n, mark)`,
// the functions of working days. On PostgreSQL owners are an array, as all numbers are.
using Bind = std::variant<bool, std::int64_t, std::string, Bytes, std::shared_ptr<const record::OwnerSet>, std::shared_ptr<const WorkCalendar>,
                          std::shared_ptr<const Numbers>>;

// Parameters are written ?1, ?2 …
struct Statement {
    std::string text;
    std::vector<Bind> binds;
    std::vector<formula::ExprType> columns;      // type of each output value; empty for whole records
};

enum class Dialect : unsigned char { sqlite, postgres };

// Whole records select every physical column of `from` in slot order (see columns_of). Refusals: query_not_indexed …
Result<Statement> compile(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment, Dialect dialect);
Result<Statement> compile_count(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment, Dialect dialect,
                                std::int64_t at_most);

// True when an index serves the order of `select` (D19): its first field is ordered, unique, the owner or a stamp.
bool order_is_indexed(const Select& select);

// Id and length of the name of up to `limit` live, visible records that select.search finds, newest first; whatever else `select` asks is ignored.
Statement compile_search(const record::Catalogue& catalogue, const Select& select, Dialect dialect);

// Physical columns of a field, in order: text `c` (+ `c_sort` BLOB pinyin key when it is the name field or Ordered::indexed
// text, + `c_key` match key when unique); money `c` minor, `c_currency`, `c_base`; address `c` detail, `c_country`, `c_region`;
// duration as text "15d"; choices '|a|b|'; boolean 0/1; instant µs; date days; number units; share ppm; reference id.
struct PhysicalColumn {
    std::string name;
    const char* sqlite_type;      // INTEGER, TEXT, BLOB
    const char* postgres_type;
};
std::vector<PhysicalColumn> columns_of(const record::Object& object, std::size_t slot);
std::string table_of(const record::Object& object);    // "o_boat"
std::string search_table_of(const record::Object& object);   // "s_boat", the text index of its records
std::string cube_table_of(const record::Object& object);     // "c_boat", its cube: columns called as the records', and n
std::vector<std::size_t> cube_slots(const record::Object& object);      // the choices of its cube
std::vector<std::size_t> summed_slots(const record::Object& object);    // what its cube adds up
// True when groups and measures of `select` can be computed from the cube.
bool cube_answers(const Select& select);
// Where a document lies in a text index: the negative of doc · 2^12 + the mark of its owner, so that a walk meets the newest first and
// passes by what others own without a look at the record.
std::int64_t text_row(std::int64_t doc, Id owner);
// The columns that tell whether a live record is seen: id, owner, the references it is seen through. Where there are such references the
// mark of the owner cannot rule a hit out, and an index over these columns judges it twice as fast as the row would. Else empty.
std::vector<std::string> sight_columns(const record::Object& object);
// "i_o_boat_state__price", the index over these columns of the live records; kind: i, or u of a unique one.
std::string index_name(std::string_view kind, const record::Object& object, std::span<const std::string> columns);

}  // namespace shangdao::store::sql
