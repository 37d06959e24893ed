// Overlay – what an organisation adds to the built-in definitions at run time (D19, D20): custom objects, x_ fields,
// relabelling, tightening, further choices. Plain data, kept as JSON in the store; the checker judges it as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "base/result.h"
#include "record/definition.h"

namespace shangdao::record {

struct OwnedLabel {
    std::string zh, en;
    bool operator==(const OwnedLabel&) const = default;
};

struct ChoiceOverlay {
    std::string key;
    OwnedLabel label;
    bool retired = false;
    std::string tone;
};

// A new field when the object has none of this name (then it starts with x_ and `type` is set), else a change to it.
struct FieldOverlay {
    std::string name;
    std::optional<Type> type;
    std::optional<OwnedLabel> label;
    std::optional<OwnedLabel> help;
    std::optional<bool> required;      // built-in fields may only be tightened: true
    bool unique = false;
    bool searched = false;
    bool ordered = false;              // gets an order index
    TextKind text_kind = TextKind::plain;
    FieldClass field_class = FieldClass::plain;
    int scale = 0;
    int max_length = 0;                // 0: the default
    std::string target;
    std::vector<ChoiceOverlay> choices;  // added to the built-in ones; an equal key relabels or retires; all of them in an order of its own
    bool retired = false;
    std::string required_when, shown_when;   // formulas; "" is none
    std::string column;                // generated: "x12"; never from outside
};

struct SectionOverlay {
    OwnedLabel label;
    std::vector<std::string> fields;
    std::string shown_when;
};

// How an object is laid out instead of as it is built; fields that nothing names stand where they would have stood.
struct LayoutOverlay {
    std::vector<std::string> list, key;      // columns of its list, key fields of its page
    std::vector<SectionOverlay> sections;
};

// A view of the list: a new one when the object has none of this key (then it starts with x_ and has a label), else a change to it; what is
// not said stays as built.
struct ViewOverlay {
    std::string key;
    std::optional<OwnedLabel> label;
    std::optional<std::string> filter, sort, group;
    std::optional<std::vector<std::string>> columns;
    std::vector<std::string> roles;    // whoever has one of them; empty: everybody
    bool hidden = false;
};

// Which view opens the list for whoever has a role; "" is everybody. The first that is there for a reader holds.
struct OpeningOverlay {
    std::string role, view;
};

// Views in their order; built-in ones that nothing names follow in theirs.
struct ViewsOverlay {
    std::vector<ViewOverlay> list;
    std::vector<OpeningOverlay> opens;
};

struct ObjectOverlay {
    std::string object;                // an existing object, or a new one that starts with x_
    bool custom = false;               // true: a new object
    std::string plural;
    OwnedLabel label, plural_label;    // of a built-in object: its new names, empty for those it has
    std::string icon;
    bool owned = true;
    bool retired = false;              // a custom object: no route, no screen; its records stay
    std::optional<LayoutOverlay> layout;
    std::optional<ViewsOverlay> views;
    std::int64_t version = 0;          // counts its changes; from the store alone
    std::vector<FieldOverlay> fields;
};

// JSON form, used by the store, the API and configuration export. Unknown keys are refusals with the nearest known one.
std::string to_json(const ObjectOverlay& overlay);
Result<ObjectOverlay> object_overlay_from_json(const boost::json::value& json);
Result<FieldOverlay> field_overlay_from_json(const boost::json::value& json);

}  // namespace shangdao::record
