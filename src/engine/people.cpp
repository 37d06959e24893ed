// People: one immutable snapshot behind a mutex, with a cache of guards that dies with it.
#include "engine/people.h"

#include <algorithm>
#include <unordered_map>

#include "base/require.h"
#include "base/text.h"

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
    std::uint64_t epoch = 0;

    mutable std::mutex cache_mutex;
    mutable std::unordered_map<Id, std::shared_ptr<const Guard>> guards;
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
};

void People::load(store::View& view, std::shared_ptr<const record::Catalogue> catalogue)
{
    auto next = std::make_shared<Snapshot>();
    next->catalogue = catalogue;

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

    const std::scoped_lock lock(mutex_);
    next->epoch = snapshot_ ? snapshot_->epoch + 1 : 1;
    snapshot_ = std::move(next);
}

std::shared_ptr<const People::Snapshot> People::snapshot() const
{
    const std::scoped_lock lock(mutex_);
    require(snapshot_ != nullptr, "people are asked before they were loaded");
    return snapshot_;
}

std::shared_ptr<const Guard> People::guard(Id member) const
{
    const auto now = snapshot();
    const std::scoped_lock lock(now->cache_mutex);
    if (const auto found = now->guards.find(member); found != now->guards.end()) return found->second;
    const auto person = now->people.find(member);
    if (person == now->people.end() || !person->second.active) return nullptr;
    std::vector<const RoleRights*> roles;
    for (const auto& key : person->second.roles)
        if (const auto role = now->roles.find(key); role != now->roles.end()) roles.push_back(&role->second);
    auto team = now->team_of(member);
    const bool most = team->size() * 50 >= now->people.size();   // ≥ 2 % of the owners (D31)
    auto guard = std::make_shared<const Guard>(now->catalogue, member, std::move(team), now->leaders_of(member), roles, most);
    now->guards[member] = guard;
    return guard;
}

std::shared_ptr<const Guard> People::system_guard() const
{
    const auto now = snapshot();
    const std::scoped_lock lock(now->cache_mutex);
    if (!now->system) {
        const auto rights = unlimited();
        now->system = std::make_shared<const Guard>(now->catalogue, Id{}, std::make_shared<const record::OwnerSet>(), std::make_shared<const record::OwnerSet>(), std::vector<const RoleRights*>{&rights}, true);
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

std::string People::name_of(Id member) const
{
    const auto person = find(member);
    return person ? person->name : std::string{};
}

std::size_t People::size() const { return snapshot()->people.size(); }
std::uint64_t People::epoch() const { return snapshot()->epoch; }

}  // namespace shangdao::engine
