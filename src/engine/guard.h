// Guard – what one member may do and see: the only judge of rights, for every read and every write.
//
// Made by People from roles and the reporting tree, immutable, shared by requests until rights change. Reading asks it as
// record::Sight; writing asks may(). Levels follow the reporting tree (D27): own, team (me and everyone below me), all.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/sharing/given.h"
#include "record/record.h"
#include "record/sight.h"
#include "store/store.h"

namespace shangdao::engine {

using record::Object;
using record::Record;

enum class Level : unsigned char { none, own, team, all };
enum class Action : unsigned char { create, read, edit, remove, take_out, change_many };   // take_out: export; change_many: bulk

// What one role grants on one object. For shared objects any level but none means all.
struct ObjectRights {
    Level create = Level::none;      // none or all
    Level read = Level::none;
    Level edit = Level::none;
    Level remove = Level::none;
    Level take_out = Level::none;
    Level change_many = Level::none;
    std::map<std::string, record::FieldLevel, std::less<>> fields;   // lowest first; a field not named is `edit`
    std::set<std::string, std::less<>> verbs;                        // named rights beyond edit and delete: "lock", "reopen"
};

// What a member may take in a day of the organisation.
enum class Budget : unsigned char { export_rows, reveals };
inline constexpr std::array<std::int64_t, 2> budgets_without_role{100'000, 50};   // by Budget
inline constexpr std::int64_t budget_max = 1'000'000'000;

// A role: a flat set of rights (D27). `general` holds rights without an object: "admin", "import", "import_history", "audit", "reveal", "person_export", "erase".
struct RoleRights {
    std::map<std::string, ObjectRights, std::less<>> objects;
    ObjectRights everything;                 // for objects not named above
    std::set<std::string, std::less<>> general;
    std::map<record::FieldClass, record::FieldLevel> classes;   // what the role shows of fields of a class at most, but for names of records
    std::map<Budget, std::int64_t> budgets;  // one not named: as it is without a role
};

// JSON: {"general":["import"],"objects":{"boat":{"create":true,"read":"team","edit":"own","delete":"none","export":"team",
// "bulk":"own","fields":{"price":"hidden"},"verbs":["sell"]},"*":{…}},"classes":{"personal":"masked"},"budgets":{"export_rows":5000}}. Refusals name the place and nearest word.
Result<RoleRights> role_rights_from_json(std::string_view json, const record::Catalogue& catalogue);
std::string to_json(const RoleRights& rights);

class Guard final : public record::Sight {
public:
    // `team`: the member and everyone below; `leaders`: everyone above; `given`: what is shared with the member, beside what `roles`, all together, let see.
    // `timeless`: the organisation's zone, calendar and currency, for conditions of sharing.
    Guard(std::shared_ptr<const record::Catalogue> catalogue, Id member, std::shared_ptr<const record::OwnerSet> team,
          std::shared_ptr<const record::OwnerSet> leaders, const std::vector<const RoleRights*>& roles, bool team_is_most, const GivenByObject& given,
          std::shared_ptr<const formula::Moment> timeless);

    record::FieldLevel field(const Object& object, std::size_t slot) const override;
    const record::RowSight& rows(const Object& object) const override;

    bool general(std::string_view right) const { return general_.contains(right); }
    std::int64_t budget(Budget of) const { return budgets_[static_cast<std::size_t>(of)]; }   // the largest of the member's roles
    bool may(Action action, const Object& object) const;   // on some record at least
    Level level(Action action, const Object& object) const;
    bool has_verb_right(const Object& object, const record::VerbDef& verb) const;

    // The record judged: visible at all? `view` fetches the targets of seen_through when ownership does not decide.
    bool sees(store::View& view, const Object& object, const Record& record) const;
    // Refusals not_found when the record is not visible (nothing is betrayed), forbidden when visible but not allowed, record_locked when
    // it would be, were it not locked, by a rule or by hand.
    Result<void> check(store::View& view, Action action, const Object& object, const Record& record) const;
    // check() of one who may, locked or not: for what unlocks.
    Result<void> allow(store::View& view, Action action, const Object& object, const Record& record) const;

    // These records are not there for the member, whoever owns or shares them.
    void leave_out(const Object& object, std::shared_ptr<const record::OwnerSet> records) { rows_[object.index()].sight.except = std::move(records); }

    // What it says, a line an object: two guards with the same lines decide alike, but for what leave_out() took away.
    std::vector<std::string> lines() const;

    Id member() const { return member_; }
    const std::shared_ptr<const record::Catalogue>& catalogue() const { return catalogue_; }   // the definitions it was made for
    const std::shared_ptr<const record::OwnerSet>& team() const { return team_; }
    // Whether the member reads each field that a condition of sharing names.
    bool counts_for(const formula::Expression& when) const;
    // Whether a rule by parent lets the member edit the record, for he may edit what it belongs to.
    bool edits_through(store::View& view, const Object& object, const Record& record) const;
    // Whether roles and the reporting tree alone allow it, without what is shared.
    bool owns_enough(Action action, const Object& object, const Record& record) const { return covers(level(action, object), record.owner()); }

    // A copy that can do no more than `scopes`: "read", "write", "admin", "object:boat", … (API tokens). Unknown scope: none.
    std::shared_ptr<const Guard> limited_to(const std::vector<std::string>& scopes) const;
    // A copy that sees and may only what `bounds` does too; the member, and so "me" and "my team", stay. Both guards are of one catalogue.
    std::shared_ptr<const Guard> within(std::shared_ptr<const Guard> bounds) const;

private:
    struct Row {
        std::array<Level, 6> levels{};
        record::RowSight sight;
        std::vector<record::FieldLevel> fields;
        std::set<std::string, std::less<>> verbs;
        // Of what is shared: as the sight has it, but to change.
        std::shared_ptr<const record::OwnerSet> owners_edit, shared_edit;
        std::vector<formula::Expression> opened_edit;
        bool all_edit = false;
        bool by_parent_edit = false;
        std::vector<formula::Expression> locks;
    };
    void take_given(const Object& object, const Given& given);
    bool covers(Level level, Id owner) const;
    // Shared with the member: the record itself, or its owner's.
    bool was_given(store::View& view, const Object& object, const Record& record, Grant grant) const;
    bool seen_by_itself(store::View& view, const Object& object, const Record& record) const;
    bool edits_by_itself(store::View& view, const Object& object, const Record& record) const;
    // Of what the record belongs to and the member sees by itself: is there one that passes?
    template <typename Test> bool any_parent(store::View& view, const Object& object, const Record& record, const Test& passes) const;
    bool is_withheld(store::View& view, const Object& object, const Record& record) const;
    bool is_locked_by_rule(store::View& view, const Object& object, const Record& record) const;
    bool holds(store::View& view, const Object& object, const Record& record, formula::Expression condition) const;

    std::shared_ptr<const record::Catalogue> catalogue_;
    Id member_;
    std::shared_ptr<const record::OwnerSet> team_;
    std::vector<Row> rows_;          // by object index
    std::set<std::string, std::less<>> general_;
    std::array<std::int64_t, budgets_without_role.size()> budgets_{};
    std::shared_ptr<const formula::Moment> timeless_;
    std::shared_ptr<const Guard> bounds_;   // of within(): who must see a record, too
};

}  // namespace shangdao::engine
