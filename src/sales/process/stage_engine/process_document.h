// The process document – stages, gates and moves as JSON, the text that a process version keeps (D15, D16).
//
//   {"stages":[{"key":"needs","name":{"zh":"需求分析","en":"Needs analysis"},"kind":"sell","goal":{…},"limit":"10wd","win_share":0.25,
//      "entry":[check…],"exit":[check…],"playbook":[{"task":"SPIN 提问清单","guide":"spin.md"}]}],
//    "moves":{"skip":"forbid","back":"with_reason","exceptions":"by_leaders"}}
//   check: {"field":"amount"} | {"check":"<formula>","key":"…"} | {"done":"call" or ["meeting","visit"],"at_least":2}
//          each with "strength":"hint|warn|block" (block) and "say":{"zh","en"} (made from the labels when missing)
//
// An unknown key is a refusal with the nearest known word; formulas are system formulas (D7) of the object the process runs on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "formula/expression.h"
#include "record/overlay.h"

namespace shangdao::process {

using record::OwnedLabel;

enum class Strength : unsigned char { hint, warn, block };
std::string_view strength_name(Strength strength);

struct GateCheck {
    enum class Kind : unsigned char { field, formula, activity } kind = Kind::field;
    std::string key;                    // unique within its stage; names the check in refusals and debt
    std::string field;                  // Kind::field
    std::string formula;                // every check is a condition in the end: amount is not null
    Strength strength = Strength::block;
    OwnedLabel say;
    formula::Expression condition = {}; // compiled by compile()
};

struct PlaybookItem {
    std::string task;
    std::string guide;
};

struct Stage {
    enum class Kind : unsigned char { sell, deliver } kind = Kind::sell;
    std::string key;
    OwnedLabel name;
    OwnedLabel goal;
    std::optional<Duration> limit;      // working or calendar days
    std::optional<Share> win_share;     // of records entering the stage; a seed until measured
    std::vector<GateCheck> entry, exit;
    std::vector<PlaybookItem> playbook;
};

struct ProcessDocument {
    std::vector<Stage> stages;          // sell stages first, then deliver stages; at least one to sell
    enum class Skip : unsigned char { forbid, allow } skip = Skip::forbid;
    enum class Back : unsigned char { with_reason, free, forbid } back = Back::with_reason;
    enum class Exceptions : unsigned char { by_leaders, forbid } exceptions = Exceptions::by_leaders;   // to its gates

    std::optional<std::size_t> find(std::string_view stage_key) const;
    std::size_t last_sell() const;
};

// Shape and words. Refusals unknown_word, invalid_value, required, definition_twice name the place: "stages[2].exit[0].strength".
Result<ProcessDocument> process_document_from_json(std::string_view text);

// Checks fields and formulas against the object and compiles every check; completes missing sentences from labels.
Result<void> compile(ProcessDocument& document, const record::Catalogue& catalogue, const record::Object& object, Currency base);

}  // namespace shangdao::process
