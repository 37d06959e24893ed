// Why somebody sees a record: the clauses that let him, asked of the guard and of what People knows, in the order of their strength.
#include <algorithm>
#include <array>

#include "base/json.h"
#include "engine/answer.h"
#include "engine/expressions.h"
#include "engine/people.h"
#include "engine/sharing/locks.h"
#include "engine/sharing/sharing.h"

namespace shangdao::engine {

namespace {

enum class Reach : unsigned char { read, edit, full };

// {name}: of the rule, group, person or record that is meant.
struct Clause {
    std::string_view code;
    Label label;
};
constexpr Clause owner{"why_owner", {"您是负责人", "You own it"}};
constexpr Clause team{"why_team", {"负责人{name}在您的团队中", "Its owner, {name}, is in your team"}};
constexpr Clause all{"why_all", {"您的角色可以看到所有这类记录", "Your role sees all of these records"}};
constexpr Clause shared{"why_shared", {"这条记录共享给了您", "It is shared with you"}};
constexpr Clause shared_team{"why_shared_team", {"这条记录共享给了您团队的{name}", "It is shared with {name} of your team"}};
constexpr Clause shared_group{"why_shared_group", {"这条记录共享给了您所在的小组“{name}”", "It is shared with your group {name}"}};
constexpr Clause rule{"why_rule", {"共享规则“{name}”", "The sharing rule {name}"}};
constexpr Clause territory{"why_territory", {"它属于您负责的区域“{name}”", "It lies in your territory {name}"}};
constexpr Clause locked{"why_locked", {"规则“{name}”已将它锁定，只能查看", "The rule {name} has locked it: it is only read"}};
constexpr Clause locked_by{"why_locked_by", {"{name}将它锁定，只能查看", "{name} locked it: it is only read"}};
constexpr Clause audience{"why_audience", {"负责人{name}公开了它", "Its owner, {name}, has opened it"}};
constexpr Clause parent{"why_parent", {"您可以看到它所属的{name}", "You see what it belongs to: {name}"}};

struct Reason {
    const Clause* clause;
    Reach reach = Reach::read;
    std::string name = {};
};

std::string say(const Reason& reason, Language language)
{
    std::string text{reason.clause->label.in(language)};
    constexpr std::string_view blank = "{name}";
    if (const auto at = text.find(blank); at != std::string::npos) text.replace(at, blank.size(), reason.name);
    return text;
}

Reach reach_of(Grant grant) { return grant == Grant::edit ? Reach::edit : Reach::read; }

class Why {
public:
    Why(store::View& view, const Desk& desk, const Object& object, const Record& record) : view_(view), desk_(desk), object_(object), record_(record) {}

    std::vector<Reason> reasons()
    {
        roles();
        rules();
        territories();
        shares();
        surroundings();
        locks();
        return std::move(found_);
    }

private:
    // Nobody is given more than his roles let him do at all.
    void add(const Clause& clause, Reach reach, std::string name = {})
    {
        if (reach == Reach::edit && !desk_.guard->may(Action::edit, object_)) reach = Reach::read;
        const auto weaker = std::ranges::find_if(found_, [&](const Reason& one) { return one.reach < reach; });
        found_.insert(weaker, {&clause, reach, std::move(name)});
    }

    void roles()
    {
        const auto& guard = *desk_.guard;
        if (!guard.owns_enough(Action::read, object_, record_)) return;
        const auto reach = guard.owns_enough(Action::remove, object_, record_) ? Reach::full : guard.owns_enough(Action::edit, object_, record_) ? Reach::edit : Reach::read;
        if (object_.owned() && record_.owner() == desk_.member) add(owner, reach);
        else if (guard.level(Action::read, object_) == Level::all) add(all, reach);
        else add(team, reach, desk_.people->name_of(record_.owner()));
    }

    void rules()
    {
        for (const auto& one : desk_.people->rules_for(desk_.member, object_)) {
            if (one.shares() && opens(one)) add(rule, reach_of(one.grant()), one.name);
        }
    }

    bool opens(const SharingRule& one)
    {
        switch (one.basis) {
        case SharingRule::Basis::all: return true;
        case SharingRule::Basis::owners: return desk_.people->is_in_group(record_.owner(), one.from);
        case SharingRule::Basis::by_parent: return one.grant() == Grant::edit && desk_.guard->edits_through(view_, object_, record_);
        case SharingRule::Basis::criteria: return desk_.guard->counts_for(one.when) && holds(one.when);
        }
        return false;
    }

    void territories()
    {
        for (const auto slot : territory_slots(object_)) {
            const auto* in = std::get_if<Id>(&record_.at(slot));
            if (in == nullptr || desk_.guard->field(object_, slot) < record::FieldLevel::read) continue;
            if (const auto found = desk_.people->territory_for(desk_.member, *in)) add(territory, reach_of(found->grant), found->name);
        }
    }

    // What takes away, for all of the reasons.
    void locks()
    {
        const auto lock = [&](const Clause& clause, std::string name) {
            for (auto& reason : found_) reason.reach = Reach::read;
            found_.push_back({&clause, Reach::read, std::move(name)});
        };
        for (const auto& one : desk_.people->rules_for(desk_.member, object_))
            if (one.effect == SharingRule::Effect::lock && holds(one.when)) lock(locked, one.name);
        if (const auto by_hand = lock_of(view_, record_.id())) lock(locked_by, desk_.people->name_of(by_hand->by));
    }

    bool holds(const formula::Expression& when)
    {
        const store::Select select{.from = &object_, .where = both(field_is(object_, record::slot_id, record_.id()), when), .limit = 1};
        return view_.count(select, desk_.moment, 1) > 0;
    }

    void shares()
    {
        const auto take = [&](Id grantee, const Clause& clause, const std::string& name) {
            for (const auto& share : desk_.people->shares().with(grantee))
                if (share.record == record_.id() && (!share.until || desk_.moment.now < *share.until)) add(clause, reach_of(share.grant), name);
        };
        take(desk_.member, shared, {});
        for (const auto& one : *desk_.guard->team())
            if (one != desk_.member) take(one, shared_team, desk_.people->name_of(one));
        const auto groups = desk_.people->groups_of(desk_.member);
        if (groups.empty()) return;
        const auto& object = desk_.catalogue->at("member_group");
        Names names(view_, *desk_.catalogue);
        for (const auto group : groups) names.want(object.index(), group);
        names.fetch();
        for (const auto group : groups) take(group, shared_group, std::string{names.of(object.index(), group)});
    }

    // What it belongs to, or what its owner says of it himself.
    void surroundings()
    {
        if (!found_.empty()) return;
        if (object_.shared_by()) return add(audience, Reach::read, desk_.people->name_of(record_.owner()));
        for (const auto slot : object_.seen_through()) {
            const auto* id = std::get_if<Id>(&record_.at(slot));
            if (id == nullptr) continue;
            const auto& target = desk_.catalogue->object(object_.target(slot));
            const auto found = view_.find(target, *id);
            if (!found || found->deleted() || !desk_.guard->sees(view_, target, *found)) continue;
            const auto* name = std::get_if<std::string>(&found->at(target.name_slot()));
            add(parent, Reach::read, std::string{target.label().in(desk_.language)} + (name == nullptr ? std::string{} : " " + *name));
        }
    }

    store::View& view_;
    const Desk& desk_;
    const Object& object_;
    const Record& record_;
    std::vector<Reason> found_;
};

}  // namespace

std::string why_answer(store::View& view, const Desk& desk, const Object& object, const Record& record)
{
    static constexpr std::array<std::string_view, 3> words{"read", "edit", "full"};
    const auto reasons = Why(view, desk, object, record).reasons();
    const auto word_of = [](Reach reach) { return std::string{words[static_cast<std::size_t>(reach)]}; };
    std::string out = R"({"level":")" + word_of(reasons.empty() ? Reach::read : reasons.front().reach) + R"(","reasons":[)";
    for (const auto& reason : reasons) {
        out += out.back() == '[' ? R"({"code":")" : R"(,{"code":")";
        out += reason.clause->code;
        out += R"(","level":")" + word_of(reason.reach) + R"(","say":)";
        append_json_string(out, say(reason, desk.language));
        out += '}';
    }
    return out + "]}";
}

}  // namespace shangdao::engine
