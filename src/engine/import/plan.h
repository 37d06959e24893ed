// Import plan – how files become records, as text that people and machines write (YAML). Read strictly: an unknown word is
// a refusal that names its line and the nearest word.
//
//   name: Fleet register
//   objects:                              # in the order they are read: what is referred to comes first
//     - file: boats.csv
//       object: boat
//       key: [code]                       # how a row is recognised again; none: every row is new
//       on_duplicate: update              # or skip, or merge: fill what is empty
//       history: true                     # imported past (D30): needs the right import_history
//       empty: [Select, N/A]              # words of this file that say nothing
//       columns:
//         Boat No:  {field: code}
//         Port:     {field: harbour, values: {Shang Hai: 上海港}, missing: empty}
//         Status:   [{field: state, values: {at sea: afloat}, missing: add}, {field: notes}]
//         Worth m:  {field: price, times: 1000000}
//       set: {name: "{Boat No} {Port}", active: "true"}   # constants; {heading} takes the cell
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shangdao::engine {

struct ImportField {
    std::string field;
    std::map<std::string, std::string> values;  // by match_key of the cell → what is read instead
    std::int64_t times = 1;  // a factor, exact
    // What becomes of a reference or choice that is not found; `add` makes it a choice, for those who may change definitions.
    enum class Missing : unsigned char { refuse, empty, add } missing = Missing::refuse;
};

struct ImportObject {
    std::string file, object;
    std::optional<std::string> encoding, sheet;
    std::optional<char> delimiter;
    std::vector<std::string> key;
    // What becomes of a row whose record is there: left alone, or the record takes its values – all of them, or where it has none.
    enum class OnDuplicate : unsigned char { skip, update, merge } on_duplicate = OnDuplicate::skip;
    bool history = false;
    bool day_first = false;
    std::vector<std::string> empty;  // words that stand for nothing, by match_key
    std::vector<std::pair<std::string, ImportField>> columns;  // heading → field, in the order of the plan
    std::vector<std::pair<std::string, std::string>> set;  // field → text with {heading}
};

struct ImportPlan {
    std::string name;
    std::vector<ImportObject> objects;
};

inline constexpr std::size_t import_plan_bytes_max = 1'000'000;

// Refusals too_large, invalid_utf8, control_character; plan_syntax, unknown_word, required, invalid_value with args line.
Result<ImportPlan> parse_plan(std::string_view yaml);
std::string print_plan(const ImportPlan& plan);

}  // namespace shangdao::engine
