// View sight – what of a view of a list is there for one reader. A view that filters, sorts or groups by a field he does not see would
// betray it by its name and its values: it is not there for him, as a record that he may not see; a column of such a field is left out.
// Masked fields may be asked for by equality alone, so they count as hidden everywhere else. Decided here for views of every kind: those
// that come with an object, the organisation's own, and those that members save and share.
//
// Saved views are held in memory, so that a guard knows those that are not there before anything is read (record::RowSight::except):
// lists, records, search, queries, counts and live updates all ask it. Kept by the writer's thread, as people are.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/behaviour.h"
#include "engine/guard.h"

namespace shangdao::engine {

struct ViewText {
    std::string_view filter, sort, group;
};
// The reader may read the object, ask the filter, order by the sort and group by the field.
bool view_is_there(const Guard& reader, Currency base, const Object& object, const ViewText& text);
// "price" or "harbour.name": a column that the reader is shown, masked ones too.
bool column_is_shown(const Guard& reader, const Object& object, std::string_view path);

class SavedViews {
public:
    // Those of everybody, in the bin or not. What was found of a view that is as it was is kept: the roles must be those of the last time.
    void load(store::View& view, const record::Catalogue& catalogue, Currency base);
    // The ids of those that are not there for the reader; never null. Whoever wrote a view last knew all of it. `roles` tells readers apart
    // that see other fields.
    std::shared_ptr<const record::OwnerSet> unseen(const Guard& reader, const std::string& roles) const;
    // Such a text of a view, of today or of its past, as the reader may be told it; nullopt: not at all.
    std::optional<std::string> told(const Guard& reader, Id view, record::Naming naming, std::string_view text) const;

private:
    struct Kept {
        std::string object, filter, sort, group;
        Id written_by{};
        std::map<std::string, bool> there_for;  // by roles
        bool operator==(const Kept& other) const;
    };
    mutable std::mutex mutex_;
    mutable std::unordered_map<Id, Kept> views_;
    Currency base_{};
};

// A view stays one of its object: its past is judged by the fields of that.
void add_saved_views(Behaviours& behaviours);

}  // namespace shangdao::engine
