// Definitions – what an object is, as a table that is read and never executed.
//
// Built-in objects are constexpr tables in the rooms; custom objects and fields are the same structs loaded from the
// store (their text lives in the Catalogue's arena). All string_views outlive the Catalogue that lists them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/label.h"
#include "record/value.h"

namespace shangdao::record {

struct Choice {
    std::string_view key;  // immutable, snake_case
    Label label;
    enum class State : unsigned char { active, retired } state = State::active;  // retired keys stay readable (D22)
    std::string_view tone = {};                                                   // "", "good", "bad", "warn": a hint for colour
    std::string_view synonyms = {};                                               // '|'-separated words imports map to this key
};

enum class Need : unsigned char { optional, required };
enum class Uniqueness : unsigned char { repeatable, unique };       // unique: among live records, null excepted; by match_key for text
enum class WrittenBy : unsigned char { anyone, verb, system };      // verb: refuses plain change (D18); system: the machinery alone
enum class OnDelete : unsigned char { keep, cascade, refuse };      // what deleting the target does to this record (D21)
enum class OnErase : unsigned char { keep, personal, texts, gone }; // what erasing the person it refers to takes from this record: nothing, what is personal, all its texts too, the record
enum class FieldClass : unsigned char { plain, personal, pay, secret };  // secret has no serialiser
enum class Searched : unsigned char { no, yes };                    // its tokens are in the search index
enum class Ordered : unsigned char { no, indexed };                 // indexed: (field, id) and (owner, field, id) serve its sort
enum class InUse : unsigned char { yes, retired };                  // retired: on no screen and no form, written by nobody, readable as ever (D22)
// What of another object a text names, which the record's field `object` tells: its reader is shown it as far as he sees those fields
// (engine/view_sight.h), and no formula, sort or search asks for columns and look, which are never withheld whole.
enum class Naming : unsigned char { nothing, filter, sort, columns, look };
enum class TextKind : unsigned char { plain, long_text, email, phone, url, person };  // how it is shown, checked and matched

struct FieldDef {
    std::string_view name;              // API name, immutable; custom ones start x_
    Type type = Type::text;
    Label label{};
    Label help{};
    std::string_view synonyms = {};     // '|'-separated column headings under which imports know it
    Need need = Need::optional;
    Uniqueness uniqueness = Uniqueness::repeatable;
    WrittenBy written_by = WrittenBy::anyone;
    FieldClass field_class = FieldClass::plain;
    Searched searched = Searched::no;
    Ordered ordered = Ordered::no;
    TextKind text_kind = TextKind::plain;
    int scale = 0;                      // number: digits after the point, 0–6
    int max_length = 255;               // text: code points; long_text 65,535
    std::span<const Choice> choices = {};
    std::string_view choices_from = {}; // choice: an engine-known source that fills the choices when the catalogue is built ("process")
    std::string_view target = {};       // reference: object name
    std::string_view reverse = {};      // reference: name under which the target counts its children ("activities"); default: plural
    OnDelete on_delete = OnDelete::keep;
    OnErase on_erase = OnErase::keep;
    std::string_view rate_date = {};    // money: the date field whose day's rate converts it; default: the day of the write
    std::string_view copy_of = {};      // "boat.price": the field whose values these are copies of; never more readable than it
    InUse in_use = InUse::yes;
    Naming naming = Naming::nothing;
    std::string_view required_when = {};  // a system formula of the object: the field is required of a record for which it holds
    std::string_view shown_when = {};   // a viewer's formula: forms show the field to whom it holds for
    std::string_view column = {};       // physical name; empty: same as name (custom fields: generated, never user text)
};

// A business verb; its function is registered under the same names by the room (engine/behaviour.h, D18).
enum class VerbTone : unsigned char { plain, good, bad };
struct VerbDef {
    std::string_view name;
    Label label;
    std::span<const FieldDef> arguments = {};
    VerbTone tone = VerbTone::plain;
    std::string_view right = "edit";    // object right it needs: edit, delete, or a named one
    enum class Offered : unsigned char { anywhere, elsewhere } offered = Offered::anywhere;   // elsewhere: screens of records leave it out
};

struct Section {
    Label label;
    std::span<const std::string_view> fields;
    std::string_view shown_when = {};   // as FieldDef::shown_when, of all its fields
};

enum class Ownership : unsigned char { owned, shared };         // owned: has an owner and own/team/all levels; shared: whoever has the object right
enum class Exposure : unsigned char { routed, internal };       // internal: no route, no describe, no query; for credentials and the like
enum class Staged : unsigned char { no, yes };                  // runs in a process (D15)
enum class About : unsigned char { things, person };            // person: each record is about one, who may have it exported and erased; it has an instant `erased_at`
enum class Orders : unsigned char { usual, named };             // named: no index serves name and times, only fields that ask for it (written in masses, read by reference)

// Counts and sums that are kept for the live records of each owner and each combination of these choices (D31).
struct Cube {
    std::span<const std::string_view> by = {};      // choices
    std::span<const std::string_view> sums = {};    // money and numbers
};

// A view of the list that comes with the object, beside those that members save: for whoever sees every field its filter names.
struct ViewDef {
    std::string_view key;
    Label label;
    std::string_view filter;            // a viewer's formula: me() and today() are the reader's
    std::string_view sort = {};
    std::span<const std::string_view> columns = {};   // empty: list_columns
    std::string_view group = {};        // a field
};

// Columns and look are shown in part: whoever could ask for them would hear of the rest.
constexpr bool is_shown_in_part(const FieldDef& field) { return field.naming >= Naming::columns; }

struct ObjectDef {
    std::string_view name;              // singular, "boat"
    std::string_view plural;            // path and query name, "boats"
    Label label;
    Label plural_label;
    std::string_view icon = {};
    std::string_view group = {};        // sidebar group
    Ownership ownership = Ownership::owned;
    Exposure exposure = Exposure::routed;
    Staged staged = Staged::no;
    About about = About::things;
    Orders orders = Orders::usual;
    std::string_view name_field = "name";
    std::span<const FieldDef> fields;
    std::span<const VerbDef> verbs = {};
    std::span<const Section> layout = {};
    std::span<const std::string_view> list_columns = {};
    std::span<const std::string_view> key_fields = {};
    // References through which a record is reached: whoever sees the target sees this record (note → boat).
    std::span<const std::string_view> seen_through = {};
    // A choice of me, team and all by which an owner shares a record: with whoever is below the owner, or with everybody, beside
    // those who see it anyway. Sharing lets read, not change.
    std::string_view shared_by = {};
    std::span<const ViewDef> views = {};
    // Further order indexes as comma lists of fields, "owner,state,price": each costs imports ~10 % (D31).
    std::span<const std::string_view> indexes = {};
    Cube cube = {};
};

// Every record starts with these slots; they are fields like any other (sort, filter, query), written by the system.
enum SystemSlot : std::size_t {
    slot_id, slot_version, slot_created_at, slot_created_by, slot_updated_at, slot_updated_by, slot_deleted_at, slot_deleted_by, slot_owner,
    first_own_slot
};
std::span<const FieldDef> system_fields();  // indexed by SystemSlot; `owner` refers to "member"

}  // namespace shangdao::record
