// Catalogue – every object of one organisation, built-in and custom, as one immutable snapshot.
//
// Built by CatalogueBuilder from definition tables; the checker refuses unknown words with the nearest known one.
// Held by shared_ptr: a request pins the snapshot it began with. Thread-safe because nothing changes.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "record/definition.h"
#include "record/overlay.h"

namespace shangdao::record {

class Catalogue;

// A reference of another object that points here: `count(activities, …)`.
struct Reverse {
    std::string_view name;     // "activities"
    std::size_t object;        // index of the referring object in the catalogue
    std::size_t slot;          // its reference field
};

// How an object is laid out: as it is built, or as the organisation wants it.
struct LaidSection {
    Label label;
    std::vector<std::string_view> fields;
    std::string_view shown_when;
};
struct Layout {
    std::vector<std::string_view> list, key;
    std::vector<LaidSection> sections;
};

// A view of the list as it is built, or as the organisation wants it.
struct LaidView {
    std::string_view key;
    Label label;
    std::string_view filter, sort, group;
    std::vector<std::string_view> columns;                                // empty: those of the layout
    std::vector<std::string_view> roles;                                  // empty: for everybody
    bool hidden = false, built_in = false;
};
struct Opening {
    std::string_view role, view;                                          // role "": everybody
};

class Object {
public:
    const ObjectDef& def() const { return *def_; }
    std::string_view name() const { return def_->name; }
    std::string_view plural() const { return def_->plural; }
    Label label() const { return label_; }                                // as the organisation calls it
    Label plural_label() const { return plural_label_; }
    std::string_view icon() const { return icon_; }
    const Layout& layout() const { return layout_; }
    std::span<const LaidView> views() const { return views_; }            // in their order, hidden ones too
    std::span<const Opening> openings() const { return openings_; }
    // In use: not a custom object that was retired, nor one of the machinery's own.
    bool routed() const { return routed_; }
    std::size_t index() const { return index_; }                          // position in its catalogue
    bool custom() const { return custom_; }

    // All fields, system slots first; position = slot.
    std::span<const FieldDef> fields() const { return fields_; }
    const FieldDef& field(std::size_t slot) const { return fields_[slot]; }
    std::size_t slot_count() const { return fields_.size(); }
    std::optional<std::size_t> slot(std::string_view field_name) const;
    std::size_t name_slot() const { return name_slot_; }
    bool about_a_person() const { return def_->about == About::person; }
    std::optional<std::size_t> erased_slot() const { return about_a_person() ? slot("erased_at") : std::nullopt; }
    bool owned() const { return def_->ownership == Ownership::owned; }
    // False for system slots that this object does not show (owner of a shared object).
    bool shows(std::size_t slot) const { return slot != slot_owner || owned(); }
    std::string_view column(std::size_t slot) const;                      // physical base name
    std::span<const std::size_t> seen_through() const { return seen_through_; }
    std::optional<std::size_t> shared_by() const { return shared_by_; }
    // True when ownership alone tells who sees a record.
    bool seen_by_owner_alone() const { return seen_through_.empty() && !shared_by_; }
    // What tells whether a record is live and seen: id, deleted_at, owner, seen_through(), shared_by(); in rising order.
    std::span<const std::size_t> sight_slots() const { return sight_slots_; }
    std::span<const Reverse> reverses() const { return reverses_; }
    const Reverse* reverse(std::string_view name) const;
    std::size_t target(std::size_t slot) const { return targets_[slot]; } // catalogue index of a reference's target
    // The fields that are copies of others (FieldDef::copy_of).
    struct Copy {
        std::size_t slot, object, original;                               // slot of this object; object and slot it is copied from
    };
    std::span<const Copy> copies() const { return copies_; }
    const VerbDef* verb(std::string_view name) const;

private:
    friend class CatalogueBuilder;
    const ObjectDef* def_ = nullptr;
    std::size_t index_ = 0;
    std::size_t name_slot_ = 0;
    bool custom_ = false, routed_ = true;
    Label label_, plural_label_;
    std::string_view icon_;
    Layout layout_;
    std::vector<LaidView> views_;
    std::vector<Opening> openings_;
    std::vector<FieldDef> fields_;
    std::vector<std::size_t> targets_;
    std::vector<std::size_t> seen_through_, sight_slots_;
    std::optional<std::size_t> shared_by_;
    std::vector<Copy> copies_;
    std::vector<Reverse> reverses_;
    std::unordered_map<std::string_view, std::size_t> slots_;
};

class Catalogue {
public:
    std::span<const Object> objects() const { return objects_; }
    const Object& object(std::size_t index) const { return objects_[index]; }
    const Object* find(std::string_view name) const;            // "boat"; nullptr when unknown
    const Object* find_plural(std::string_view plural) const;   // "boats"
    const Object& at(std::string_view name) const;              // a bug when unknown
    // "boat.price" → the object and its slot; nullopt when there is none.
    std::optional<std::pair<const Object*, std::size_t>> field(std::string_view path) const;
    std::uint64_t epoch() const { return epoch_; }              // rises with every change of definitions

private:
    friend class CatalogueBuilder;
    std::vector<Object> objects_;
    std::unordered_map<std::string_view, std::size_t> by_name_;
    std::unordered_map<std::string_view, std::size_t> by_plural_;
    std::deque<std::string> arena_;                             // text of custom definitions
    std::deque<ObjectDef> custom_objects_;
    std::deque<std::vector<Choice>> custom_choices_;
    std::uint64_t epoch_ = 0;
};

class CatalogueAssembly;

// Collects definitions, checks them as a whole, and builds the snapshot. One use.
class CatalogueBuilder {
public:
    void add(const ObjectDef& def);                                  // built-in; `def` must outlive the catalogue
    void offer(const ViewDef& view);                                 // a view of every object that is not the machinery's own
    // Custom object or custom field, relabelling, added choices: as D20 allows; problems come out of build().
    void overlay(const ObjectOverlay& overlay);
    void fill_choices(std::string_view source, std::string_view object, std::vector<Choice> choices);  // for choices_from; text is copied
    // Refusals name the place ("boat.fields.x_colour.type") and the nearest known word.
    Result<std::shared_ptr<const Catalogue>> build(std::uint64_t epoch);

private:
    void add_objects(Catalogue& catalogue, CatalogueAssembly& assembly);
    void lay_overlays(Catalogue& catalogue, CatalogueAssembly& assembly);
    static void lay_object(Catalogue& catalogue, Object& object, const ObjectOverlay& overlay, CatalogueAssembly& assembly);
    static void lay_views(Object& object, const ViewsOverlay& overlay, CatalogueAssembly& assembly);
    static void settle_views(const Catalogue& catalogue, Object& object, CatalogueAssembly& assembly);
    static void lay_out(Object& object, CatalogueAssembly& assembly);
    static void link(Catalogue& catalogue, CatalogueAssembly& assembly);

    std::vector<const ObjectDef*> built_in_;
    std::vector<ViewDef> offered_;
    std::vector<ObjectOverlay> overlays_;
    std::map<std::pair<std::string, std::string>, std::vector<Choice>> filled_;
    std::shared_ptr<Catalogue> result_ = std::make_shared<Catalogue>();
};

}  // namespace shangdao::record
