// The guard's decisions. Levels are unions over roles; scopes only take away.
#include "engine/guard.h"

#include <algorithm>

#include "base/require.h"
#include "engine/expressions.h"
#include "engine/rights_comparison.h"
#include "engine/sharing/locks.h"
#include "formula/check.h"

namespace shangdao::engine {

namespace {

std::array<Level, 6> levels_of(const ObjectRights& rights)
{
    return {rights.create, rights.read, rights.edit, rights.remove, rights.take_out, rights.change_many};
}

const ObjectRights& rights_on(const RoleRights& role, const Object& object)
{
    const auto named = role.objects.find(object.name());
    return named == role.objects.end() ? role.everything : named->second;
}

bool may_something(const ObjectRights& rights)
{
    return std::ranges::any_of(levels_of(rights), [](Level level) { return level != Level::none; });
}

using record::RowSight;

std::shared_ptr<const record::OwnerSet> in_both(const std::shared_ptr<const record::OwnerSet>& one, const std::shared_ptr<const record::OwnerSet>& other)
{
    record::OwnerSet both;
    if (one && other)
        for (const auto owner : *one)
            if (other->contains(owner)) both.insert(owner);
    return std::make_shared<const record::OwnerSet>(std::move(both));
}

RowSight owners_of_both(const RowSight& one, const RowSight& other)
{
    if (one.kind == RowSight::Kind::none || other.kind == RowSight::Kind::all) return one;
    if (other.kind == RowSight::Kind::none || one.kind == RowSight::Kind::all) return other;
    // What one owns and the other was given is left out: fewer than both see, never more.
    return {.kind = RowSight::Kind::owners, .owners = in_both(one.owners, other.owners), .leaders = in_both(one.leaders, other.leaders), .mostly = one.mostly && other.mostly,
            .shared = in_both(one.shared, other.shared)};
}

RowSight in_both(const RowSight& one, const RowSight& other)
{
    auto both = owners_of_both(one, other);
    record::OwnerSet except;
    for (const auto& left_out : {one.except, other.except})
        if (left_out)
            for (const auto id : *left_out) except.insert(id);
    if (!except.empty()) both.except = std::make_shared<const record::OwnerSet>(std::move(except));
    both.restrictions = one.restrictions;
    both.restrictions.insert(both.restrictions.end(), other.restrictions.begin(), other.restrictions.end());
    return both;
}

record::FieldLevel field_level(const ObjectRights& rights, std::string_view field)
{
    const auto found = rights.fields.find(field);
    return found == rights.fields.end() ? record::FieldLevel::edit : found->second;
}

// What names a record is read by whoever sees it, of whatever class it is.
record::FieldLevel class_level(const RoleRights& role, const Object& object, std::size_t slot)
{
    const auto found = role.classes.find(object.field(slot).field_class);
    if (found == role.classes.end()) return record::FieldLevel::edit;
    return slot == object.name_slot() ? std::max(found->second, record::FieldLevel::read) : found->second;
}

}  // namespace

Guard::Guard(std::shared_ptr<const record::Catalogue> catalogue, Id member, std::shared_ptr<const record::OwnerSet> team,
             std::shared_ptr<const record::OwnerSet> leaders, const std::vector<const RoleRights*>& roles, bool team_is_most, const GivenByObject& given,
             std::shared_ptr<const formula::Moment> timeless)
    : catalogue_(std::move(catalogue)), member_(member), team_(std::move(team)), rows_(catalogue_->objects().size()), timeless_(std::move(timeless))
{
    const auto only_me = std::make_shared<const record::OwnerSet>(record::OwnerSet{member});
    for (const auto* role : roles) {
        general_.insert(role->general.begin(), role->general.end());
        for (std::size_t i = 0; i < budgets_.size(); ++i) {
            const auto named = role->budgets.find(static_cast<Budget>(i));
            budgets_[i] = std::max(budgets_[i], named == role->budgets.end() ? budgets_without_role[i] : named->second);
        }
    }

    for (const auto& object : catalogue_->objects()) {
        auto& row = rows_[object.index()];
        row.fields.assign(object.slot_count(), record::FieldLevel::hidden);
        // A role that may do nothing with an object shows nothing of what others may.
        const bool counts = std::ranges::any_of(roles, [&](const auto* role) { return may_something(rights_on(*role, object)); });
        for (const auto* role : roles) {
            const auto& rights = rights_on(*role, object);
            const auto levels = levels_of(rights);
            for (std::size_t i = 0; i < levels.size(); ++i) row.levels[i] = std::max(row.levels[i], levels[i]);
            row.verbs.insert(rights.verbs.begin(), rights.verbs.end());
            if (counts && !may_something(rights)) continue;
            for (std::size_t slot = 0; slot < object.slot_count(); ++slot)
                row.fields[slot] = std::max(row.fields[slot], std::min(field_level(rights, object.field(slot).name), class_level(*role, object, slot)));
        }
        for (std::size_t slot = 0; slot < object.slot_count(); ++slot)
            if (object.field(slot).field_class == record::FieldClass::secret) row.fields[slot] = record::FieldLevel::hidden;

        auto read = row.levels[static_cast<std::size_t>(Action::read)];
        if (!object.owned() && read != Level::none) read = Level::all;
        using Kind = record::RowSight::Kind;
        switch (read) {
        case Level::none: row.sight = {.kind = Kind::none}; break;
        case Level::own: row.sight = {.kind = Kind::owners, .owners = only_me}; break;
        case Level::team: row.sight = {.kind = Kind::owners, .owners = team_, .mostly = team_is_most}; break;
        case Level::all: row.sight = {.kind = Kind::all}; break;
        }
        if (object.shared_by()) row.sight.leaders = leaders;
    }
    for (const auto& object : catalogue_->objects())
        for (const auto& copy : object.copies()) {
            auto& level = rows_[object.index()].fields[copy.slot];
            level = std::min(level, rows_[copy.object].fields[copy.original]);
        }
    for (const auto& [index, shared] : given) take_given(catalogue_->object(index), shared);
}

// Who sees all by his roles may still be given more to change. A rule counts for whoever reads each field that it names: else the rows
// would tell what stands in a hidden one.
void Guard::take_given(const Object& object, const Given& given)
{
    auto& row = rows_[object.index()];
    if (row.sight.kind == record::RowSight::Kind::none) return;
    row.sight.restrictions = given.restrictions;
    row.locks = given.locks;
    row.all_edit = given.all_edit;
    row.by_parent_edit = given.by_parent_edit;
    if (given.all_read) row.sight.kind = record::RowSight::Kind::all;
    const bool sees_some = row.sight.kind == record::RowSight::Kind::owners;
    const auto with = [](const record::OwnerSet& more, const std::shared_ptr<const record::OwnerSet>& some) {
        if (more.empty()) return some;
        auto all = some ? *some : record::OwnerSet{};
        for (const auto owner : more) all.insert(owner);
        return std::make_shared<const record::OwnerSet>(std::move(all));
    };
    if (sees_some) row.sight.owners = with(given.owners_read, row.sight.owners);
    if (sees_some) row.sight.shared = with(given.records_read, {});
    row.owners_edit = with(given.owners_edit, {});
    row.shared_edit = with(given.records_edit, {});
    for (const auto& opened : given.opened) {
        if (!counts_for(opened.when)) continue;
        if (sees_some) row.sight.opened.push_back(opened.when);
        if (opened.grant == Grant::edit) row.opened_edit.push_back(opened.when);
    }
}

record::FieldLevel Guard::field(const Object& object, std::size_t slot) const
{
    if (!object.shows(slot)) return record::FieldLevel::hidden;
    const auto& row = rows_[object.index()];
    return slot < row.fields.size() ? row.fields[slot] : record::FieldLevel::hidden;
}

const record::RowSight& Guard::rows(const Object& object) const { return rows_[object.index()].sight; }

Level Guard::level(Action action, const Object& object) const
{
    const auto level = rows_[object.index()].levels[static_cast<std::size_t>(action)];
    return !object.owned() && level != Level::none ? Level::all : level;
}

bool Guard::may(Action action, const Object& object) const { return level(action, object) != Level::none; }

bool Guard::has_verb_right(const Object& object, const record::VerbDef& verb) const
{
    if (verb.right == "edit") return may(Action::edit, object);
    if (verb.right == "delete") return may(Action::remove, object);
    return rows_[object.index()].verbs.contains(verb.right) || general_.contains("admin");
}

bool Guard::covers(Level level, Id owner) const
{
    switch (level) {
    case Level::none: return false;
    case Level::own: return owner && owner == member_;
    case Level::team: return owner && team_ != nullptr && team_->contains(owner);
    case Level::all: return true;
    }
    return false;
}

bool Guard::counts_for(const formula::Expression& when) const
{
    return std::ranges::none_of(formula::inputs(*catalogue_, when), [&](const auto& input) { return rows_[input.first].fields[input.second] < record::FieldLevel::read; });
}

bool Guard::was_given(store::View& view, const Object& object, const Record& record, Grant grant) const
{
    const auto& row = rows_[object.index()];
    if (row.sight.kind == record::RowSight::Kind::none) return false;
    const auto among = [](const std::shared_ptr<const record::OwnerSet>& set, Id id) { return set && id && set->contains(id); };
    const bool reads = grant == Grant::read;
    if (reads ? row.sight.kind == record::RowSight::Kind::all : row.all_edit) return true;
    if (among(reads ? row.sight.owners : row.owners_edit, record.owner()) || among(reads ? row.sight.shared : row.shared_edit, record.id())) return true;
    const auto& opened = reads ? row.sight.opened : row.opened_edit;
    return !opened.empty() && holds(view, object, record, either(opened));
}

// The record may have been read in part; the store has all of it.
bool Guard::holds(store::View& view, const Object& object, const Record& record, formula::Expression condition) const
{
    store::Select select{.from = &object, .where = both(field_is(object, record::slot_id, record.id()), std::move(condition)), .limit = 1};
    if (record.deleted()) select.deleted = store::Select::Deleted::only;
    return view.count(select, *timeless_, 1) > 0;
}

bool Guard::is_withheld(store::View& view, const Object& object, const Record& record) const
{
    const auto& sight = rows(object);
    if (sight.except && sight.except->contains(record.id())) return true;
    formula::Expression all;
    for (const auto& restriction : sight.restrictions) all = both(std::move(all), restriction);
    return all && !holds(view, object, record, std::move(all));
}

bool Guard::seen_by_itself(store::View& view, const Object& object, const Record& record) const
{
    const auto level_here = level(Action::read, object);
    return level_here != Level::none && (covers(level_here, record.owner()) || was_given(view, object, record, Grant::read));
}

bool Guard::sees(store::View& view, const Object& object, const Record& record) const
{
    const auto level_here = level(Action::read, object);
    if (level_here == Level::none || (bounds_ && !bounds_->sees(view, object, record)) || is_withheld(view, object, record)) return false;
    if (seen_by_itself(view, object, record)) return true;
    if (const auto* shared = object.shared_by() ? std::get_if<record::ChoiceKey>(&record.at(*object.shared_by())) : nullptr) {
        const auto& leaders = rows(object).leaders;
        if (shared->key == "all" || (shared->key == "team" && leaders && leaders->contains(record.owner()))) return true;
    }
    return any_parent(view, object, record, [](const Object&, const Record&) { return true; });
}

template <typename Test> bool Guard::any_parent(store::View& view, const Object& object, const Record& record, const Test& passes) const
{
    for (const auto slot : object.seen_through()) {
        const auto* parent_id = std::get_if<Id>(&record.at(slot));
        if (parent_id == nullptr) continue;
        const auto& of = catalogue_->object(object.target(slot));
        if (level(Action::read, of) == Level::none) continue;
        const auto found = view.find_all(of, std::array{*parent_id}, of.sight_slots());
        if (found.empty() || found.front().deleted() || !seen_by_itself(view, of, found.front()) || is_withheld(view, of, found.front())) continue;
        if (passes(of, found.front())) return true;
    }
    return false;
}

bool Guard::edits_by_itself(store::View& view, const Object& object, const Record& record) const
{
    return covers(level(Action::edit, object), record.owner()) || (may(Action::edit, object) && was_given(view, object, record, Grant::edit));
}

bool Guard::edits_through(store::View& view, const Object& object, const Record& record) const
{
    if (!rows_[object.index()].by_parent_edit) return false;
    return any_parent(view, object, record, [&](const Object& of, const Record& parent) {
        return edits_by_itself(view, of, parent) && !is_locked_by_rule(view, of, parent) && !lock_of(view, parent.id());
    });
}

Result<void> Guard::allow(store::View& view, Action action, const Object& object, const Record& record) const
{
    if (bounds_) CHECK_OK(bounds_->allow(view, action, object, record));
    if (!sees(view, object, record)) return refuse("not_found", std::string{object.name()}, {{"id", to_string(record.id())}});
    if (action == Action::read) return {};
    const bool takes_out = action == Action::take_out;
    const bool shareable = takes_out || action == Action::edit || action == Action::change_many;
    const bool allowed = covers(level(action, object), record.owner()) ||
                         (shareable && may(action, object) && (was_given(view, object, record, takes_out ? Grant::read : Grant::edit) || (!takes_out && edits_through(view, object, record))));
    if (!allowed) return refuse("forbidden", std::string{object.name()}, {{"id", to_string(record.id())}});
    return {};
}

Result<void> Guard::check(store::View& view, Action action, const Object& object, const Record& record) const
{
    CHECK_OK(allow(view, action, object, record));
    if (action == Action::read || action == Action::take_out) return {};
    if (bounds_) CHECK_OK(bounds_->check(view, action, object, record));
    if (is_locked_by_rule(view, object, record)) return refuse("record_locked", std::string{object.name()}, {{"id", to_string(record.id())}});
    if (const auto by_hand = object.owned() ? lock_of(view, record.id()) : std::nullopt) return refuse(Problems{locked_problem(view, object, record.id(), *by_hand)});
    return {};
}

bool Guard::is_locked_by_rule(store::View& view, const Object& object, const Record& record) const
{
    const auto& locks = rows_[object.index()].locks;
    return !locks.empty() && holds(view, object, record, either(locks));
}

std::vector<std::string> Guard::lines() const
{
    const auto ids = [](const std::shared_ptr<const record::OwnerSet>& set) { return "[" + (set ? in_order(*set) : std::string{}) + "]"; };
    const auto conditions = [&](const std::vector<formula::Expression>& all) {
        std::string text = "[";
        for (const auto& one : all) text += formula::print(*catalogue_, one) + "; ";
        return text + "]";
    };
    std::vector<std::string> lines;
    for (const auto& object : catalogue_->objects()) {
        const auto& row = rows_[object.index()];
        auto line = std::string{object.name()} + " ";
        for (const auto level : row.levels) line += std::to_string(static_cast<int>(level));
        line += " ";
        for (const auto level : row.fields) line += std::to_string(static_cast<int>(level));
        for (const auto& verb : row.verbs) line += " " + verb;
        line += " " + std::to_string(static_cast<int>(row.sight.kind)) + ids(row.sight.owners) + ids(row.sight.leaders) + ids(row.sight.shared) + conditions(row.sight.opened) + conditions(row.sight.restrictions);
        line += ids(row.owners_edit) + ids(row.shared_edit) + conditions(row.opened_edit) + conditions(row.locks) + (row.all_edit ? " all" : "") + (row.by_parent_edit ? " by parent" : "");
        lines.push_back(std::move(line));
    }
    return lines;
}

std::shared_ptr<const Guard> Guard::limited_to(const std::vector<std::string>& scopes) const
{
    auto limited = std::make_shared<Guard>(*this);
    const auto has = [&](std::string_view scope) { return std::ranges::find(scopes, scope) != scopes.end(); };
    std::vector<std::string_view> objects;
    for (const auto& scope : scopes)
        if (scope.starts_with("object:")) objects.push_back(std::string_view{scope}.substr(7));

    if (!has("admin")) limited->general_.clear();
    if (has("import") && general_.contains("import")) limited->general_.insert("import");
    for (const auto& object : catalogue_->objects()) {
        auto& row = limited->rows_[object.index()];
        const bool in_reach = objects.empty() || std::ranges::find(objects, object.name()) != objects.end();
        const bool writes = in_reach && (has("write") || has("admin"));
        const bool reads = in_reach && (writes || has("read"));
        for (std::size_t i = 0; i < row.levels.size(); ++i) {
            const auto action = static_cast<Action>(i);
            const bool reading = action == Action::read || action == Action::take_out;
            if (reading ? !reads : !writes) row.levels[i] = Level::none;
        }
        if (!reads) row.sight = {.kind = record::RowSight::Kind::none};
        if (!writes) row.verbs.clear();
    }
    return limited;
}

std::shared_ptr<const Guard> Guard::within(std::shared_ptr<const Guard> bounds) const
{
    require(catalogue_ == bounds->catalogue_, "two guards that are compared are of one catalogue");
    auto bounded = std::make_shared<Guard>(*this);
    std::erase_if(bounded->general_, [&](const std::string& right) { return !bounds->general_.contains(right); });
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        auto& row = bounded->rows_[i];
        const auto& other = bounds->rows_[i];
        // A level counts from its own member; what both see of it, records and sight tell.
        for (std::size_t action = 0; action < row.levels.size(); ++action)
            if (other.levels[action] == Level::none) row.levels[action] = Level::none;
        for (std::size_t slot = 0; slot < row.fields.size(); ++slot) row.fields[slot] = std::min(row.fields[slot], other.fields[slot]);
        std::erase_if(row.verbs, [&](const std::string& verb) { return !other.verbs.contains(verb); });
        row.sight = in_both(row.sight, other.sight);
    }
    for (std::size_t i = 0; i < budgets_.size(); ++i) bounded->budgets_[i] = std::min(budgets_[i], bounds->budgets_[i]);
    bounded->bounds_ = std::move(bounds);
    return bounded;
}

}  // namespace shangdao::engine
