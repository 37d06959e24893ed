// People: one immutable snapshot behind a mutex, with a cache of guards that dies with it.
#include "engine/people.h"

#include <algorithm>
#include <unordered_map>

#include "base/require.h"
#include "base/text.h"
#include "engine/expressions.h"
#include "engine/rights_comparison.h"
#include "engine/sharing/belonging.h"

namespace shangdao::engine {

namespace {

RoleRights unlimited()
{
    RoleRights rights;
    rights.general = {"admin", "import", "import_history", "export", "audit"};
    rights.everything = {.create = Level::all, .read = Level::all, .edit = Level::all, .remove = Level::all, .take_out = Level::all, .change_many = Level::all};
    return rights;
}

std::string text_at(const Record& record, std::optional<std::size_t> slot)
{
    if (!slot) return {};
    if (const auto* text = std::get_if<std::string>(&record.at(*slot))) return *text;
    if (const auto* key = std::get_if<record::ChoiceKey>(&record.at(*slot))) return key->key;
    return {};
}

std::string joined(std::vector<std::string> keys)
{
    std::ranges::sort(keys);
    std::string text;
    for (const auto& key : keys) text += key + "|";
    return text;
}

std::vector<Record> all_of(store::View& view, const Object& object)
{
    store::Select select{.from = &object};
    select.limit = 1'000'000;
    return view.records(select, {});
}

}  // namespace

struct People::Snapshot {
    std::shared_ptr<const record::Catalogue> catalogue;
    std::unordered_map<Id, Person> people;
    std::unordered_map<Id, std::vector<Id>> reports;
    std::map<std::string, RoleRights, std::less<>> roles;
    std::unordered_map<std::string, Id> by_email;
    std::unordered_map<std::string, std::vector<Id>> by_name;
    Belonging groups, territories;
    std::unordered_map<Id, Territory> territory_of;    // by id
    std::vector<SharingRule> rules;
    std::shared_ptr<const formula::Moment> timeless;
    std::uint64_t epoch = 0;
    std::shared_ptr<SavedViews> views = std::make_shared<SavedViews>();

    // A guard stands until people change, a share does, or one that it holds ends.
    struct Kept {
        std::shared_ptr<const Guard> guard;
        std::uint64_t shares = 0;
        std::optional<Instant> until;
    };
    mutable std::mutex cache_mutex;
    mutable std::unordered_map<Id, Kept> guards;
    mutable std::shared_ptr<const Guard> system;

    std::shared_ptr<const record::OwnerSet> team_of(Id member) const
    {
        record::OwnerSet team;
        std::vector<Id> open{member};
        while (!open.empty()) {
            const auto id = open.back();
            open.pop_back();
            if (!team.insert(id)) continue;   // a ring of managers ends here
            if (const auto found = reports.find(id); found != reports.end()) open.insert(open.end(), found->second.begin(), found->second.end());
        }
        return std::make_shared<const record::OwnerSet>(std::move(team));
    }
    // Everyone above; in a ring of managers that is everyone in it.
    std::shared_ptr<const record::OwnerSet> leaders_of(Id member) const
    {
        record::OwnerSet leaders;
        for (auto found = people.find(member); found != people.end() && found->second.manager && leaders.insert(found->second.manager);) found = people.find(found->second.manager);
        return std::make_shared<const record::OwnerSet>(std::move(leaders));
    }

    bool has_role(Id member, const std::string& role) const
    {
        const auto person = people.find(member);
        return person != people.end() && std::ranges::find(person->second.roles, role) != person->second.roles.end();
    }

    bool is_meant(const SharingRule& rule, const Person& person, std::span<const Id> in_groups) const
    {
        using enum SharingRule::Audience;
        switch (rule.audience) {
        case everyone: return true;
        case group: return std::ranges::find(in_groups, rule.to) != in_groups.end();
        case role: return has_role(person.id, rule.role);
        case role_and_below: return has_role(person.id, rule.role) || std::ranges::any_of(*leaders_of(person.id), [&](Id leader) { return has_role(leader, rule.role); });
        case team: return person.team == rule.to;
        }
        return false;
    }

    void take_rule(const SharingRule& rule, Given& given) const
    {
        const bool edits = rule.grant() == Grant::edit;
        switch (rule.basis) {
        case SharingRule::Basis::all:
            given.all_read = true;
            given.all_edit = given.all_edit || edits;
            return;
        case SharingRule::Basis::by_parent:   // to read is what any child is, through its parent
            given.by_parent_edit = given.by_parent_edit || edits;
            return;
        case SharingRule::Basis::criteria:
            if (rule.shares()) given.opened.push_back({rule.when, rule.grant()});
            else (rule.effect == SharingRule::Effect::only ? given.restrictions : given.locks).push_back(rule.when);
            return;
        case SharingRule::Basis::owners:
            for (const auto owner : groups.members_within(rule.from)) {
                given.owners_read.insert(owner);
                if (edits) given.owners_edit.insert(owner);
            }
            return;
        }
    }

    // A record lies in the territory that a field of it names.
    void take_territories(Id member, GivenByObject& given) const
    {
        const auto theirs = territories.nodes_and_below(member);
        if (theirs.empty()) return;
        for (const auto& object : catalogue->objects()) {
            if (!object.owned()) continue;
            for (const auto slot : territory_slots(object)) {
                std::vector<formula::Expression> read, edit;
                for (const auto id : theirs) {
                    const auto territory = territory_of.find(id);
                    if (territory != territory_of.end()) (territory->second.grant == Grant::edit ? edit : read).push_back(field_is(object, slot, id));
                }
                auto& opened = given[object.index()].opened;
                if (!read.empty()) opened.push_back({either(std::move(read)), Grant::read});
                if (!edit.empty()) opened.push_back({either(std::move(edit)), Grant::edit});
            }
        }
    }

    // Groups do not climb: a leader is given what those below were given as persons.
    GivenByObject given_to(const Person& person, const record::OwnerSet& team, const Shares& shares, Instant now, std::optional<Instant>& until) const
    {
        GivenByObject given;
        const auto in_groups = groups.nodes_and_above(person.id);
        take_territories(person.id, given);
        for (const auto& rule : rules)
            if (is_meant(rule, person, in_groups)) take_rule(rule, given[rule.object]);
        const auto take_shares = [&](Id grantee) {
            for (const auto& share : shares.with(grantee)) {
                if (share.until && *share.until <= now) continue;
                if (share.until) until = std::min(until.value_or(*share.until), *share.until);
                auto& of = given[share.object];
                of.records_read.insert(share.record);
                if (share.grant == Grant::edit) of.records_edit.insert(share.record);
            }
        };
        for (const auto one : team) take_shares(one);
        for (const auto group : in_groups) take_shares(group);
        return given;
    }
};

void People::load(store::View& view, std::shared_ptr<const record::Catalogue> catalogue, formula::Moment timeless)
{
    auto next = std::make_shared<Snapshot>();
    next->catalogue = catalogue;
    next->timeless = std::make_shared<const formula::Moment>(std::move(timeless));

    const auto& roles = catalogue->at("role");
    for (const auto& record : all_of(view, roles)) {
        const auto key = text_at(record, roles.slot("key"));
        auto rights = role_rights_from_json(text_at(record, roles.slot("rights")), *catalogue);
        if (rights) next->roles[key] = std::move(*rights);   // a role that no longer reads grants nothing
    }

    const auto& members = catalogue->at("member");
    for (const auto& record : all_of(view, members)) {
        Person person{.id = record.id(), .name = text_at(record, members.slot("name")), .email = text_at(record, members.slot("email"))};
        if (const auto slot = members.slot("manager"))
            if (const auto* manager = std::get_if<Id>(&record.at(*slot))) person.manager = *manager;
        if (const auto slot = members.slot("team"))
            if (const auto* team = std::get_if<Id>(&record.at(*slot))) person.team = *team;
        if (const auto slot = members.slot("roles"))
            if (const auto* keys = std::get_if<record::ChoiceKeys>(&record.at(*slot))) person.roles = keys->keys;
        if (const auto slot = members.slot("active"))
            if (const auto* active = std::get_if<bool>(&record.at(*slot))) person.active = *active;
        if (const auto language = text_at(record, members.slot("language")); !language.empty()) person.language = language == "en" ? Language::en : Language::zh;
        if (person.manager) next->reports[person.manager].push_back(person.id);
        if (!person.email.empty()) next->by_email[match_key(person.email)] = person.id;
        next->by_name[match_key(person.name)].push_back(person.id);
        next->people.emplace(person.id, std::move(person));
    }

    next->groups.load(view, *catalogue, "member_group", "membership");
    next->territories.load(view, *catalogue, "territory", "territory_member");
    if (const auto* territories = catalogue->find("territory"))
        for (const auto& record : all_of(view, *territories))
            next->territory_of.emplace(record.id(), Territory{.id = record.id(), .name = text_at(record, territories->name_slot()), .grant = text_at(record, territories->slot("level")) == "edit" ? Grant::edit : Grant::read});
    if (const auto* rules = catalogue->find("sharing_rule"))
        for (const auto& record : all_of(view, *rules))
            if (auto rule = sharing_rule_of(*catalogue, record, next->timeless->base)) next->rules.push_back(std::move(*rule));
    next->views->load(view, *catalogue, next->timeless->base);

    const std::scoped_lock lock(mutex_);
    next->epoch = snapshot_ ? snapshot_->epoch + 1 : 1;
    snapshot_ = std::move(next);
}

void People::renew_views(store::View& view, Currency base)
{
    const auto now = snapshot();
    now->views->load(view, *now->catalogue, base);
    const std::scoped_lock lock(now->cache_mutex);
    now->guards.clear();
}

std::shared_ptr<const SavedViews> People::saved_views() const { return snapshot()->views; }

std::shared_ptr<const People::Snapshot> People::snapshot() const
{
    const std::scoped_lock lock(mutex_);
    require(snapshot_ != nullptr, "people are asked before they were loaded");
    return snapshot_;
}

std::shared_ptr<const Guard> People::guard(Id member, Instant now) const
{
    const auto people = snapshot();
    const auto shares = shares_.epoch();   // before they are read
    const std::scoped_lock lock(people->cache_mutex);
    if (const auto found = people->guards.find(member); found != people->guards.end())
        if (const auto& kept = found->second; kept.shares == shares && (!kept.until || now < *kept.until)) return kept.guard;
    const auto person = people->people.find(member);
    if (person == people->people.end() || !person->second.active) return nullptr;
    std::vector<const RoleRights*> roles;
    for (const auto& key : person->second.roles)
        if (const auto role = people->roles.find(key); role != people->roles.end()) roles.push_back(&role->second);
    auto team = people->team_of(member);
    const bool most = team->size() * 50 >= people->people.size();   // ≥ 2 % of the owners (D31)
    Snapshot::Kept kept{.guard = nullptr, .shares = shares, .until = std::nullopt};
    const auto given = people->given_to(person->second, *team, shares_, now, kept.until);
    auto guard = std::make_shared<Guard>(people->catalogue, member, std::move(team), people->leaders_of(member), roles, most, given, people->timeless);
    guard->leave_out(people->catalogue->at("saved_view"), people->views->unseen(*guard, joined(person->second.roles)));
    kept.guard = std::move(guard);
    return (people->guards[member] = std::move(kept)).guard;
}

std::vector<SharingRule> People::rules_for(Id member, const Object& object) const
{
    const auto now = snapshot();
    const auto person = now->people.find(member);
    if (person == now->people.end()) return {};
    const auto in_groups = now->groups.nodes_and_above(member);
    std::vector<SharingRule> meant;
    for (const auto& rule : now->rules)
        if (rule.object == object.index() && now->is_meant(rule, person->second, in_groups)) meant.push_back(rule);
    return meant;
}

std::vector<Id> People::groups_of(Id member) const { return snapshot()->groups.nodes_and_above(member); }

std::vector<Id> People::members_of(Id group) const { return snapshot()->groups.members_within(group); }

bool People::is_in_group(Id member, Id group) const
{
    const auto groups = groups_of(member);
    return std::ranges::find(groups, group) != groups.end();
}

bool People::has_territories() const { return !snapshot()->territory_of.empty(); }

std::optional<Territory> People::territory_for(Id member, Id territory) const
{
    const auto now = snapshot();
    const auto theirs = now->territories.nodes_and_below(member);
    const auto found = now->territory_of.find(territory);
    if (found == now->territory_of.end() || std::ranges::find(theirs, territory) == theirs.end()) return std::nullopt;
    return found->second;
}

std::shared_ptr<const Guard> People::system_guard() const
{
    const auto now = snapshot();
    const std::scoped_lock lock(now->cache_mutex);
    if (!now->system) {
        const auto rights = unlimited();
        now->system = std::make_shared<const Guard>(now->catalogue, Id{}, std::make_shared<const record::OwnerSet>(), std::make_shared<const record::OwnerSet>(), std::vector<const RoleRights*>{&rights}, true, GivenByObject{}, now->timeless);
    }
    return now->system;
}

std::optional<Person> People::find(Id member) const
{
    const auto now = snapshot();
    const auto found = now->people.find(member);
    if (found == now->people.end()) return std::nullopt;
    return found->second;
}

std::optional<Person> People::find_by_email(std::string_view email) const
{
    const auto now = snapshot();
    const auto found = now->by_email.find(match_key(email));
    if (found == now->by_email.end()) return std::nullopt;
    return now->people.at(found->second);
}

std::vector<Person> People::find_by_name(std::string_view name) const
{
    const auto now = snapshot();
    std::vector<Person> found;
    if (const auto ids = now->by_name.find(match_key(name)); ids != now->by_name.end())
        for (const auto id : ids->second) found.push_back(now->people.at(id));
    return found;
}

std::vector<Id> People::holders_of(std::string_view right) const
{
    const auto now = snapshot();
    std::vector<Id> holders;
    for (const auto& [id, person] : now->people) {
        const auto gives = [&](const std::string& key) {
            const auto role = now->roles.find(key);
            return role != now->roles.end() && role->second.general.contains(right);
        };
        if (person.active && std::ranges::any_of(person.roles, gives)) holders.push_back(id);
    }
    std::ranges::sort(holders);
    return holders;
}

std::string People::name_of(Id member) const
{
    const auto person = find(member);
    return person ? person->name : std::string{};
}

std::vector<std::string> People::lines() const
{
    const auto now = snapshot();
    std::vector<std::string> lines;
    const auto add = [&](std::string_view kind, const std::string& of, const std::string& what) { lines.push_back(std::string{kind} + " of " + of + ": " + what); };
    for (const auto& [id, person] : now->people) {
        const auto member = to_string(id);
        add("place", member, to_string(person.manager) + " " + to_string(person.team) + (person.active ? " active " : " inactive ") + joined(person.roles));
        add("team", member, in_order(*now->team_of(id)));
        add("groups", member, in_order(now->groups.nodes_and_above(id)));
        add("territories", member, in_order(now->territories.nodes_and_below(id)));
    }
    for (const auto& [key, rights] : now->roles) add("rights", key, to_json(rights));
    for (const auto& [id, territory] : now->territory_of) add("level", to_string(id), territory.grant == Grant::edit ? "edit" : "read");
    const auto number = [](auto word) { return std::to_string(static_cast<int>(word)) + " "; };
    for (const auto& rule : now->rules)
        add("rule", std::string{now->catalogue->object(rule.object).name()}, number(rule.effect) + number(rule.basis) + number(rule.audience) + to_string(rule.from) + " " + to_string(rule.to) + " " + rule.role + " " +
                                                                                 (rule.when ? formula::print(*now->catalogue, rule.when) : std::string{}));
    for (const auto& share : shares_.all())
        add("share", to_string(share.id), to_string(share.record) + " " + to_string(share.grantee) + " " + number(share.grant) + (share.until ? to_string(*share.until) : std::string{}));
    return lines;
}

std::map<Id, std::shared_ptr<const Guard>> People::kept_guards(Instant now) const
{
    const auto people = snapshot();
    const auto shares = shares_.epoch();
    const std::scoped_lock lock(people->cache_mutex);
    std::map<Id, std::shared_ptr<const Guard>> guards;
    for (const auto& [member, kept] : people->guards)
        if (kept.shares == shares && (!kept.until || now < *kept.until)) guards.emplace(member, kept.guard);
    return guards;
}

std::size_t People::size() const { return snapshot()->people.size(); }
std::uint64_t People::epoch() const { return snapshot()->epoch; }

}  // namespace shangdao::engine
