// Answer – records and values as JSON for one viewer: hidden fields are absent, references carry the name of their target.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/desk.h"

namespace shangdao::engine {

// Names of referenced records, fetched once per answer. Whoever sees a record sees the header (name) of what it refers to.
class Names {
public:
    Names(store::View& view, const record::Catalogue& catalogue) : view_(view), catalogue_(catalogue) {}
    void want(std::size_t object, Id id);
    void fetch();
    std::string_view of(std::size_t object, Id id) const;   // empty: unknown

private:
    store::View& view_;
    const record::Catalogue& catalogue_;
    std::map<std::size_t, std::unordered_map<Id, std::string>> names_;
    std::map<std::size_t, std::vector<Id>> wanted_;
};

// One column of a list answer: a field, or a field behind one reference ("harbour.name"). The name belongs to the definitions or to
// whoever asked.
struct Column {
    std::string_view name;
    std::size_t slot = 0;
    std::optional<std::size_t> beyond = {};   // slot in the target object
};

// Every field the viewer sees, in slot order.
std::vector<Column> all_columns(const Desk& desk, const Object& object);
// The asked ones; refusal unknown_field for what does not exist or is not visible, alike.
Result<std::vector<Column>> asked_columns(const Desk& desk, const Object& object, std::span<const std::string> names);

// The slots that a page shows and that its next page starts from.
std::vector<std::size_t> needed_slots(const store::Select& select, std::span<const Column> columns);

// Appends [record,…] without the brackets.
void append_records(std::string& out, store::View& view, const Desk& desk, const Object& object, std::span<const Record> records,
                    std::span<const Column> columns);

// The slot of a visible field, or unknown_field with the nearest visible word.
Result<std::size_t> visible_slot(const Desk& desk, const Object& object, std::string_view name);

// Adds the words of q= to `select`: through the text index, or field by field where it holds what this viewer may not read.
// Refusals: not_searchable, invalid_value.
Result<void> add_search(const Desk& desk, const Object& object, std::string_view text, store::Select& select);

// What a view names, of a field that is shown in part, as far as its reader sees that (engine/view_sight.h); nullopt: nothing. `id`: the view.
std::optional<std::string> shown_part(const Desk& desk, Id id, const record::FieldDef& field, const record::Value& value);

// A masked value as its viewer reads it: 138****1234, a***@x.com, else ***.
std::string masked(const record::Value& value);

}  // namespace shangdao::engine
