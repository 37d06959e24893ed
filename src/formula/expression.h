// Expression – the typed tree of the one rule language (D2, D3, D6, D7).
//
// Parsed and checked once (check.h), then printed canonically, evaluated on one record (evaluate.h) or printed as SQL
// (store/sql). Immutable and shared. Slots are positions in the catalogue's objects the scope named.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "record/catalogue.h"

namespace shangdao::formula {

using record::Type;
using record::Value;

// What an expression yields. Condition is Type::boolean; `null` literals take the type their context expects.
struct ExprType {
    Type type = Type::boolean;
    int scale = 0;                                       // numbers
    std::size_t target = 0;                              // references: catalogue index
    const record::FieldDef* choices_of = nullptr;        // choices: the field whose keys it compares with
    bool list = false;                                   // my_team(), literal lists
};

enum class Op : unsigned char {
    literal,        // value
    list,           // args: literals, only right of `in`
    field,          // path: slots; all but the last are references that are followed; a missing row on the way is null
    call,           // function: index in function_table(); args
    negate, add, subtract, multiply, divide,
    equal, not_equal, less, less_equal, greater, greater_equal,
    in, not_in, contains, starts_with,
    is_null, is_not_null,
    all_of, any_of, not_,
    aggregate       // over children (path: their reference slot) or, in a measure, over the rows (path empty);
                    // args[0] the condition or nullptr, args[1] the value or nullptr; percentile keeps its share in `value`
};

enum class Aggregate : unsigned char { count, sum, avg, min, max, median, percentile };

struct Node;
using Expression = std::shared_ptr<const Node>;

struct Node {
    Op op = Op::literal;
    ExprType type;
    Value value;                                // literal
    std::vector<std::size_t> path;              // field
    std::size_t object = 0;                     // field, aggregate: catalogue index of the object the node starts from
    std::size_t function = 0;                   // call
    Aggregate aggregate = Aggregate::count;     // aggregate
    std::size_t child_object = 0;               // aggregate over children: their object; path[0] is their reference slot
    std::vector<Expression> args;
    std::size_t begin = 0, end = 0;             // place in the source text, bytes
};

// Canonical text: bare names for own fields, spaces normalised, choice keys in double quotes. check(print(e)) prints the same.
std::string print(const record::Catalogue& catalogue, const Expression& expression);

// The tree a filter builder shows: JSON {op, field, value|values, args}; what it cannot show is {"op":"formula","text":…}.
std::string builder_tree(const record::Catalogue& catalogue, const Expression& expression);

}  // namespace shangdao::formula
