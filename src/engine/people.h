// People – members, their place in the reporting tree, their roles, groups and what is shared with them, held in memory and rebuilt in the
// writer's thread when a commit touches them; so a unit always judges by what is committed. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/guard.h"
#include "engine/sharing/sharing.h"
#include "engine/view_sight.h"

namespace shangdao::engine {

// What the machinery needs to know of a member; the object itself lives in a room above.
struct Person {
    Id id{};
    std::string name;
    std::string email;                  // empty: cannot sign in
    Id manager{};
    Id team{};
    std::vector<std::string> roles;     // keys
    bool active = true;
    std::optional<Language> language;   // the member's own choice
};

// What lies in it is seen by its members and by those of the territories that hold it.
struct Territory {
    Id id{};
    std::string name;
    Grant grant = Grant::read;
};

class People {
public:
    // Reads members, roles, groups, territories and rules of sharing from the snapshot; objects "member" {name, email, manager, team, roles, active,
    // language} and "role" {key, rights} must be in the catalogue; "member_group" {parent} and "membership" {member_group, member}, "territory" {name,
    // parent, level} and "territory_member" {territory, member}, and "sharing_rule" may be.
    // `timeless`: the organisation's zone, calendar and currency.
    void load(store::View& view, std::shared_ptr<const record::Catalogue> catalogue, formula::Moment timeless);
    // Single records that are shared; kept by whoever calls renew() of it after a commit.
    Shares& shares() { return shares_; }
    const Shares& shares() const { return shares_; }
    void renew_views(store::View& view, Currency base);       // saved views were written: guards are made anew
    std::shared_ptr<const SavedViews> saved_views() const;    // never null

    // Cached per member; nullptr for unknown or inactive ones. What was shared until before `now` is left out.
    std::shared_ptr<const Guard> guard(Id member, Instant now) const;
    // The rules by which something of `object` is shared with the member: all that are meant for him.
    std::vector<SharingRule> rules_for(Id member, const Object& object) const;
    std::vector<Id> groups_of(Id member) const;               // and the groups that hold them
    std::vector<Id> members_of(Id group) const;               // and of the groups within it
    bool is_in_group(Id member, Id group) const;              // or in one within it
    bool has_territories() const;
    // The territory, when the member is in it or in one that holds it.
    std::optional<Territory> territory_for(Id member, Id territory) const;
    std::shared_ptr<const Guard> system_guard() const;        // sees and may everything: CLI of the data's owner, jobs of the system
    std::optional<Person> find(Id member) const;
    std::optional<Person> find_by_email(std::string_view email) const;
    std::vector<Person> find_by_name(std::string_view name) const;   // by match_key
    std::vector<Id> holders_of(std::string_view right) const;   // active members with this general right, by id
    std::string name_of(Id member) const;
    std::size_t size() const;
    std::uint64_t epoch() const;                              // rises with every load

    // All that is held, each fact a line of its own, and the guards that are still handed out: for engine/rights_comparison.h.
    std::vector<std::string> lines() const;
    std::map<Id, std::shared_ptr<const Guard>> kept_guards(Instant now) const;

private:
    struct Snapshot;
    std::shared_ptr<const Snapshot> snapshot() const;

    Shares shares_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace shangdao::engine
