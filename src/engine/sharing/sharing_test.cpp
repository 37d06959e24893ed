// Sharing against a slow model: random organisations, rules and shares; every member asks every door, and the model, which knows only sets,
// says what is right.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "base/testing.h"
#include "engine/expressions.h"
#include "engine/sharing/sharing.h"
#include "engine/sharing/testing_sharing.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;
using testing_fleet::rows;
using testing_sharing::rooms_with_sharing;
using testing_sharing::SharingFleet;
using testing_sharing::text_of;

TEST("a shared record is seen and, where it says so, changed by whom it is shared with, and by nobody else; then no more")
{
    const SharingFleet fleet;
    const auto boat = fleet.boat(fleet.other, 1'000);
    const auto sees = [&](Id by) { return fleet.seen(by).contains(boat); };
    EXPECT_FALSE(sees(fleet.captain));
    EXPECT_EQ(fleet.refusal(fleet.give(fleet.captain, boat, fleet.captain, Grant::read)), "not_found") << "who does not see it shares nothing";

    ASSERT_TRUE(fleet.give(fleet.other, boat, fleet.captain, Grant::read));
    EXPECT_TRUE(sees(fleet.captain));
    EXPECT_TRUE(sees(fleet.mate)) << "his leader is given the same";
    EXPECT_EQ(fleet.refusal(fleet.change(fleet.captain, "boat", boat, 1, R"({"name":"新"})")), "forbidden");
    EXPECT_EQ(fleet.refusal(fleet.give(fleet.captain, boat, fleet.mate, Grant::read)), "forbidden") << "to share needs more than to see";

    ASSERT_TRUE(fleet.give(fleet.other, boat, fleet.captain, Grant::edit));
    EXPECT_TRUE(fleet.change(fleet.captain, "boat", boat, 1, R"({"name":"新"})"));
    EXPECT_EQ(fleet.refusal(fleet.write(Fleet::as(fleet.captain), [&](Work& work) -> Result<std::string> {
        CHECK_OK(fleet.engine->records().remove(work, work.desk.catalogue->at("boat"), boat, std::nullopt));
        return std::string{};
    })), "forbidden") << "nor to delete";

    ASSERT_TRUE(fleet.take(fleet.captain, boat, fleet.captain)) << "he may give it back";
    EXPECT_FALSE(sees(fleet.captain));
    EXPECT_EQ(fleet.refusal(fleet.change(fleet.captain, "boat", boat, 2, R"({"name":"旧"})")), "not_found");
}

TEST("what is shared to edit is neither taken over nor given away, by no door")
{
    const SharingFleet fleet;
    const auto boat = fleet.boat(fleet.other, 1'000);
    ASSERT_TRUE(fleet.give(fleet.other, boat, fleet.captain, Grant::edit));
    const auto hand_over = [&](Id by, Id to) {
        return fleet.refusal(fleet.write(Fleet::as(by), [&](Work& work) -> Result<std::string> {
            const auto& boats = work.desk.catalogue->at("boat");
            const auto arguments = read_arguments(work.desk, boats, hand_over_verb(), boost::json::object{{"owner", to_string(to)}});
            CHECK_OK(fleet.engine->records().perform(work, boats, boat, std::nullopt, hand_over_verb(), *arguments));
            return std::string{};
        }));
    };
    EXPECT_EQ(hand_over(fleet.captain, fleet.captain), "forbidden");
    EXPECT_EQ(hand_over(fleet.captain, fleet.mate), "forbidden");
    EXPECT_EQ(hand_over(fleet.mate, fleet.mate), "forbidden") << "nor by whoever is above him";
    EXPECT_FALSE(fleet.seen(fleet.captain, {.filter = "owner = me()", .limit = 1000}).contains(boat)) << "and nothing has changed";
    EXPECT_EQ(hand_over(fleet.other, fleet.captain), "");
}

TEST("who sees all by his role and changes only his own changes what is shared with him, too")
{
    const SharingFleet fleet;
    ASSERT_TRUE(fleet.write(Fleet::system(), [&](Work& work) -> Result<std::string> {
        const auto& roles = work.desk.catalogue->at("role");
        CHECK_OK(fleet.engine->records().create(work, roles, {{*roles.slot("key"), std::string{"watch"}}, {*roles.slot("rights"), std::string{R"({"objects":{"*":{"create":true,"read":"all","edit":"own"}}})"}}}));
        return std::string{};
    }));
    const auto watch = fleet.member("瓦奇", "watch", {});
    const auto boat = fleet.boat(fleet.other, 1'000);
    EXPECT_EQ(fleet.refusal(fleet.change(watch, "boat", boat, 1, R"({"name":"新"})")), "forbidden");
    ASSERT_TRUE(fleet.give(fleet.other, boat, watch, Grant::edit));
    EXPECT_EQ(fleet.refusal(fleet.change(watch, "boat", boat, 1, R"({"name":"新"})")), "");
    ASSERT_TRUE(fleet.take(fleet.other, boat, watch));
    fleet.made("sharing_rule", R"({"name":"r","object":"boat","basis":"criteria","criteria":"price >= 500","audience":"everyone","level":"edit","active":true})");
    EXPECT_EQ(fleet.refusal(fleet.change(watch, "boat", boat, 2, R"({"name":"旧"})")), "");
}

TEST("a share ends by itself, at its very moment, and across a restart")
{
    SharingFleet fleet;
    const auto boat = fleet.boat(fleet.other, 1'000);
    const auto until = fleet.clock.now() + std::chrono::hours{1};
    EXPECT_EQ(fleet.refusal(fleet.give(fleet.other, boat, fleet.captain, Grant::read, fleet.clock.now())), "invalid_value");
    ASSERT_TRUE(fleet.give(fleet.other, boat, fleet.captain, Grant::read, until));
    EXPECT_TRUE(fleet.seen(fleet.captain).contains(boat));
    fleet.open(rooms_with_sharing());
    EXPECT_TRUE(fleet.seen(fleet.captain).contains(boat));
    fleet.clock.advance(std::chrono::minutes{59});
    EXPECT_TRUE(fleet.seen(fleet.captain).contains(boat));
    fleet.clock.advance(std::chrono::minutes{1});
    EXPECT_FALSE(fleet.seen(fleet.captain).contains(boat));
    EXPECT_EQ(fleet.refusal(fleet.give(fleet.other, boat, Id{77}, Grant::read)), "unknown_reference");
}

TEST("a rule over a field that somebody does not read shares nothing with him")
{
    const SharingFleet fleet;
    const auto dear = fleet.boat(fleet.other, 900'000);
    fleet.made("sharing_rule", R"({"name":"dear","object":"boat","basis":"criteria","criteria":"price >= 500000","audience":"everyone","level":"edit","active":true})");
    EXPECT_TRUE(fleet.seen(fleet.captain).contains(dear));
    EXPECT_TRUE(fleet.change(fleet.captain, "boat", dear, 1, R"({"name":"新"})"));
    EXPECT_FALSE(fleet.seen(fleet.mate).contains(dear)) << "the price is hidden from mates; a row that appears would tell it";
}

TEST("a restriction takes away what anything else opens, from lists, totals and search too, and a lock leaves it to be read")
{
    const SharingFleet fleet;
    const auto dear = fleet.boat(fleet.captain, 900'000), cheap = fleet.boat(fleet.captain, 1'000), unpriced = *fleet.create(fleet.captain, "boat", R"({"name":"海鸥"})");
    ASSERT_TRUE(fleet.create(fleet.captain, "visit", R"({"name":"v","boat":")" + to_string(dear) + "\"}"));
    ASSERT_TRUE(fleet.give(fleet.captain, dear, fleet.other, Grant::edit));
    const auto rule = fleet.made("sharing_rule", R"({"name":"cheap only","object":"boat","basis":"criteria","criteria":"price < 5000","audience":"everyone","level":"only","active":true})");
    for (const auto member : {fleet.captain, fleet.other, fleet.clerk, fleet.admiral, fleet.mate}) {
        const std::set<Id> right = member == fleet.other ? std::set<Id>{} : std::set<Id>{cheap};
        EXPECT_EQ(fleet.seen(member), right) << "one without a price meets no condition over it";
        EXPECT_EQ(fleet.list(member, "boats", {.limit = 1, .count = ListRequest::Count::exact})->at("count").to_number<std::size_t>(), right.size());
        EXPECT_EQ(rows(*fleet.search(member, "haiou")), right.size());
        EXPECT_EQ(fleet.refusal(fleet.change(member, "boat", dear, 1, R"({"code":null})")), "not_found");
    }
    EXPECT_EQ(rows(*fleet.list(fleet.captain, "visits", {})), 1u) << "his own visit he keeps";
    EXPECT_EQ(rows(*fleet.list(fleet.mate, "visits", {})), 1u);
    ASSERT_TRUE(fleet.change(fleet.admiral, "sharing_rule", rule, 1, R"({"level":"lock"})"));
    EXPECT_EQ(fleet.seen(fleet.captain), (std::set<Id>{dear, cheap, unpriced}));
    EXPECT_EQ(fleet.refusal(fleet.change(fleet.captain, "boat", cheap, 1, R"({"name":"新"})")), "record_locked");
    EXPECT_EQ(fleet.refusal(fleet.change(fleet.admiral, "boat", cheap, 1, R"({"name":"新"})")), "record_locked") << "whoever he is";
    EXPECT_EQ(fleet.refusal(fleet.give(fleet.captain, cheap, fleet.other, Grant::read)), "forbidden");
    EXPECT_EQ(fleet.refusal(fleet.change(fleet.captain, "boat", dear, 1, R"({"price":"10"})")), "") << "what is not locked may become so";
    EXPECT_EQ(fleet.refusal(fleet.change(fleet.captain, "boat", dear, 2, R"({"price":"900000"})")), "record_locked");
}

TEST("a default opens all records of an object to whoever reads any, and a role counts for everyone below its holders")
{
    const SharingFleet fleet;
    const auto boat = fleet.boat(fleet.captain, 1'000);
    const auto rule = fleet.made("sharing_rule", R"({"name":"default","object":"boat","basis":"all","audience":"everyone","level":"read","active":true})");
    EXPECT_TRUE(fleet.seen(fleet.other).contains(boat));
    EXPECT_EQ(fleet.refusal(fleet.change(fleet.other, "boat", boat, 1, R"({"name":"新"})")), "forbidden");
    ASSERT_TRUE(fleet.change(fleet.admiral, "sharing_rule", rule, 1, R"({"level":"edit"})"));
    EXPECT_EQ(fleet.refusal(fleet.change(fleet.other, "boat", boat, 1, R"({"name":"新"})")), "");
    ASSERT_TRUE(fleet.change(fleet.admiral, "sharing_rule", rule, 2, R"({"audience":"role_and_below","to_role":"mate"})"));
    EXPECT_FALSE(fleet.seen(fleet.other).contains(boat)) << "he reports to the admiral";
    const auto others = fleet.boat(fleet.other, 1'000);
    EXPECT_TRUE(fleet.seen(fleet.captain).contains(others)) << "he reports to a mate";
    EXPECT_TRUE(fleet.seen(fleet.mate).contains(others));
}

TEST("members of a group within a group are members of it, both to be given and to give")
{
    const SharingFleet fleet;
    const auto outer = fleet.group({}), inner = fleet.group({fleet.other});
    ASSERT_TRUE(fleet.change(fleet.admiral, "member_group", inner, 1, "{" + text_of("parent", outer) + "}"));
    const auto boat = fleet.boat(fleet.captain, 1'000), others = fleet.boat(fleet.other, 1'000);
    ASSERT_TRUE(fleet.give(fleet.captain, boat, outer, Grant::read));
    EXPECT_TRUE(fleet.seen(fleet.other).contains(boat));
    fleet.made("sharing_rule", R"({"name":"r","object":"boat","basis":"owners",)" + text_of("from_group", outer) + R"(,"audience":"everyone","level":"read","active":true})");
    EXPECT_TRUE(fleet.seen(fleet.captain).contains(others));
    ASSERT_TRUE(fleet.change(fleet.admiral, "member_group", inner, 2, R"({"parent":null})"));
    EXPECT_FALSE(fleet.seen(fleet.other).contains(boat));
    EXPECT_FALSE(fleet.seen(fleet.captain).contains(others));
}

TEST("a condition of sharing reads the record alone: no moment, no reader, no other record")
{
    const SharingFleet fleet;
    const auto desk = *fleet.engine->desk(Fleet::as(fleet.admiral));
    const auto& boat = desk.catalogue->at("boat");
    const auto refused = [&](std::string_view text) {
        const auto condition = sharing_condition(*desk.catalogue, boat, text, desk.organisation->base);
        return condition ? std::string{} : condition.error()[0].code;
    };
    EXPECT_EQ(refused("price > 5 and state = \"afloat\""), "");
    EXPECT_EQ(refused("owner = me()"), "not_for_sharing");
    EXPECT_EQ(refused("built_on < today()"), "not_for_sharing");
    EXPECT_EQ(refused("built_on in last_days(30)"), "not_for_sharing");
    EXPECT_EQ(refused("days_since(built_on) > 3"), "not_for_sharing");
    EXPECT_EQ(refused("harbour.country = \"CN\""), "not_for_sharing");
    EXPECT_EQ(refused("count(visits) > 1"), "not_for_sharing");
    EXPECT_EQ(refused("prise > 5"), "formula_unknown_name");
}

TEST("everybody is told why he sees a record, the strongest reason first")
{
    const SharingFleet fleet;
    const auto boat = fleet.boat(fleet.captain, 900'000);
    const auto why = [&](Id by) {
        const auto desk = *fleet.engine->desk(Fleet::as(by));
        const auto view = fleet.engine->store().read();
        const auto& object = desk.catalogue->at("boat");
        const auto record = fleet.engine->records().visible(*view, desk, object, boat);
        if (!record) return std::string{"nothing"};
        const auto answer = boost::json::parse(why_answer(*view, desk, object, *record));
        std::string told{answer.at("level").as_string()};
        for (const auto& reason : answer.at("reasons").as_array()) told += " " + std::string{reason.at("code").as_string()} + ":" + std::string{reason.at("level").as_string()};
        return told;
    };
    EXPECT_EQ(why(fleet.captain), "full why_owner:full");
    EXPECT_EQ(why(fleet.mate), "edit why_team:edit") << "mates delete no boats";
    EXPECT_EQ(why(fleet.admiral), "full why_all:full");
    EXPECT_EQ(why(fleet.clerk), "edit why_all:edit");
    EXPECT_EQ(why(fleet.other), "nothing");

    ASSERT_TRUE(fleet.give(fleet.captain, boat, fleet.other, Grant::read));
    EXPECT_EQ(why(fleet.other), "read why_shared:read");
    ASSERT_TRUE(fleet.give(fleet.captain, boat, fleet.group({fleet.other, fleet.clerk}), Grant::edit));
    EXPECT_EQ(why(fleet.other), "edit why_shared_group:edit why_shared:read");
    fleet.made("sharing_rule", R"({"name":"dear","object":"boat","basis":"criteria","criteria":"price >= 500000","audience":"everyone","level":"read","active":true})");
    fleet.made("sharing_rule", R"({"name":"cheap","object":"boat","basis":"criteria","criteria":"price < 5","audience":"everyone","level":"edit","active":true})");
    EXPECT_EQ(why(fleet.other), "edit why_shared_group:edit why_rule:read why_shared:read");
    EXPECT_EQ(why(fleet.mate), "edit why_team:edit") << "a rule over a price that he does not read is none for him";

    const auto visit = fleet.create(fleet.captain, "visit", R"({"name":"v","boat":")" + to_string(boat) + "\"}");
    const auto desk = *fleet.engine->desk(Fleet::as(fleet.other));
    const auto view = fleet.engine->store().read();
    const auto& visits = desk.catalogue->at("visit");
    const auto told = boost::json::parse(why_answer(*view, desk, visits, *fleet.engine->records().visible(*view, desk, visits, *visit)));
    EXPECT_EQ(told.at("reasons").at(0).at("say").as_string(), "您可以看到它所属的船 海鸥");
}

// ---- the model: sets, and nothing else

struct Model {
    struct Boat {
        Id id, owner;
        int price;
        std::string state;
    };
    struct Rule {
        std::optional<Id> from;
        int least = 0;              // of the price, where there is no group
        std::string audience;       // everyone, group, role
        Id group{};
        std::string role;
        std::string level;          // read, edit, only, lock
        bool active = true;
    };
    struct GivenBoat {
        Id boat, to;
        bool edit;
    };
    std::map<Id, Id> manager;
    std::map<Id, std::string> role;
    std::map<Id, std::set<Id>> groups;    // members of each
    std::vector<Boat> boats;
    std::vector<Rule> rules;
    std::vector<GivenBoat> shares;

    std::set<Id> below(Id member) const
    {
        std::set<Id> all{member};
        for (bool grew = true; grew;) {
            grew = false;
            for (const auto& [who, leader] : manager)
                if (all.contains(leader) && all.insert(who).second) grew = true;
        }
        return all;
    }
    bool is_meant(const Rule& rule, Id member) const
    {
        if (!rule.active) return false;
        const auto& is = role.at(member);
        if (rule.audience == "group") return groups.at(rule.group).contains(member);
        return rule.audience == "everyone" || (rule.audience == "role" && rule.role == is);
    }
    // 0 nothing, 1 read, 2 edit, 3 edit were it not locked
    int level(Id member, const Boat& boat) const
    {
        for (const auto& rule : rules)
            if (rule.level == "only" && is_meant(rule, member) && boat.price < rule.least) return 0;
        const auto best = opened(member, boat);
        for (const auto& rule : rules)
            if (best == 2 && rule.level == "lock" && is_meant(rule, member) && boat.price >= rule.least) return 3;
        return best;
    }
    int opened(Id member, const Boat& boat) const
    {
        const auto& is = role.at(member);
        if (is == "admiral" || is == "clerk") return 2;
        const auto team = below(member);
        int best = boat.owner == member || (is == "mate" && team.contains(boat.owner)) ? 2 : 0;
        for (const auto& one : shares)
            if (one.boat == boat.id && (team.contains(one.to) || (groups.contains(one.to) && groups.at(one.to).contains(member)))) best = std::max(best, one.edit ? 2 : 1);
        for (const auto& rule : rules) {
            if ((rule.level != "read" && rule.level != "edit") || !is_meant(rule, member)) continue;
            const bool about = rule.from ? groups.at(*rule.from).contains(boat.owner) : boat.price >= rule.least && is != "mate";   // a mate does not read prices
            if (about) best = std::max(best, rule.level == "edit" ? 2 : 1);
        }
        return best;
    }
};

TEST("random organisations: every door shows what the model says, to everybody, and writes obey it")
{
    const auto seed = std::getenv("SHANGDAO_SEED") != nullptr ? static_cast<unsigned>(std::stoul(std::getenv("SHANGDAO_SEED"))) : std::random_device{}();
    std::mt19937 random(seed);
    const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    std::int64_t decisions = 0;
    for (int world = 0; world < 6; ++world) {
        const SharingFleet fleet;
        Model model;
        std::vector<Id> members{fleet.admiral, fleet.mate, fleet.captain, fleet.other, fleet.clerk};
        model.role = {{fleet.admiral, "admiral"}, {fleet.mate, "mate"}, {fleet.captain, "captain"}, {fleet.other, "captain"}, {fleet.clerk, "clerk"}};
        model.manager = {{fleet.mate, fleet.admiral}, {fleet.captain, fleet.mate}, {fleet.other, fleet.admiral}, {fleet.clerk, fleet.admiral}};
        for (int i = 0; i < 5; ++i) {
            const std::string role = pick(3) == 0 ? "mate" : "captain";
            const auto leader = members[static_cast<std::size_t>(pick(static_cast<int>(members.size())))];
            const auto id = fleet.member("m" + std::to_string(i), role, leader);
            members.push_back(id);
            model.role[id] = role;
            model.manager[id] = leader;
        }
        std::vector<Id> groups;
        for (int i = 0; i < 3; ++i) {
            std::set<Id> in;
            for (const auto member : members)
                if (pick(3) == 0) in.insert(member);
            groups.push_back(fleet.group(std::vector<Id>(in.begin(), in.end())));
            model.groups[groups.back()] = in;
        }
        for (int i = 0; i < 30; ++i) {
            const auto owner = members[static_cast<std::size_t>(pick(static_cast<int>(members.size())))];
            if (model.role[owner] == "clerk" || model.role[owner] == "mate") continue;    // they create without a price or not at all
            const int price = 1 + pick(1000);
            model.boats.push_back({fleet.boat(owner, price), owner, price, "docked"});
        }
        for (int i = pick(4); i > 0; --i) {
            static const std::array<std::string, 6> ways{"read", "read", "edit", "edit", "only", "lock"};
            Model::Rule rule{.level = ways[static_cast<std::size_t>(pick(6))], .active = pick(5) > 0};
            std::string json = R"({"name":"r","object":"boat","level":")" + rule.level + R"(","active":)" + (rule.active ? "true" : "false");
            const bool opens = rule.level == "read" || rule.level == "edit";
            if (opens && pick(2) == 0) {
                rule.from = groups[static_cast<std::size_t>(pick(3))];
                json += R"(,"basis":"owners",)" + text_of("from_group", *rule.from);
            } else {
                rule.least = pick(1000);
                json += R"(,"basis":"criteria","criteria":"price >= )" + std::to_string(rule.least) + "\"";
            }
            switch (pick(3)) {
            case 0: rule.audience = "everyone"; break;
            case 1: rule.audience = "group", rule.group = groups[static_cast<std::size_t>(pick(3))], json += "," + text_of("to_group", rule.group); break;
            default: rule.audience = "role", rule.role = pick(2) == 0 ? "captain" : "mate", json += R"(,"to_role":")" + rule.role + "\"";
            }
            fleet.made("sharing_rule", json + R"(,"audience":")" + rule.audience + "\"}");
            model.rules.push_back(rule);
        }
        for (int i = pick(20); i > 0 && !model.boats.empty(); --i) {
            const auto& boat = model.boats[static_cast<std::size_t>(pick(static_cast<int>(model.boats.size())))];
            if (model.level(fleet.admiral, boat) != 2) continue;   // restricted or locked for him, too
            const bool edit = pick(2) == 0;
            const auto to = pick(3) == 0 ? groups[static_cast<std::size_t>(pick(3))] : members[static_cast<std::size_t>(pick(static_cast<int>(members.size())))];
            ASSERT_TRUE(fleet.give(fleet.admiral, boat.id, to, edit ? Grant::edit : Grant::read));
            std::erase_if(model.shares, [&](const Model::GivenBoat& one) { return one.boat == boat.id && one.to == to; });
            model.shares.push_back({boat.id, to, edit});
        }
        for (int i = pick(5); i > 0 && !model.shares.empty(); --i) {
            const auto gone = model.shares.back();
            model.shares.pop_back();
            ASSERT_TRUE(fleet.take(fleet.admiral, gone.boat, gone.to));
        }

        for (const auto member : members) {
            std::set<Id> right;
            for (const auto& boat : model.boats)
                if (model.level(member, boat) > 0) right.insert(boat.id);
            const auto where = "seed " + std::to_string(seed) + " world " + std::to_string(world) + " member " + to_string(member) + " " + model.role[member];
            const bool priced = model.role[member] != "mate";
            std::vector<std::string> sorts{"", "name", "-name", "-created_at", "owner"};
            if (priced) sorts.insert(sorts.end(), {"price", "-price"});
            for (const auto& sort : sorts) {
                EXPECT_EQ(fleet.seen(member, {.sort = sort, .limit = 1000}), right) << where << " sort " << sort;
                decisions += std::ssize(model.boats);
            }
            // Page by page, three at a time, with the total beside it.
            std::set<Id> paged;
            ListRequest request{.sort = priced ? "-price" : "name", .limit = 3, .count = ListRequest::Count::exact};
            for (;;) {
                const auto page = fleet.list(member, "boats", request);
                ASSERT_TRUE(page) << where;
                EXPECT_EQ(page->at("count").to_number<std::size_t>(), right.size()) << where;
                for (const auto& row : page->at("data").as_array()) EXPECT_TRUE(paged.insert(*parse_id(row.at("id").as_string())).second) << where;
                if (page->at("next").is_null()) break;
                request.after = page->at("next").as_string();
            }
            EXPECT_EQ(paged, right) << where;
            const auto counted = fleet.query(member, R"j({"from":"boats","group":["state"],"measures":{"n":"count()"}})j");
            ASSERT_TRUE(counted);
            std::size_t sum = 0;
            for (const auto& row : counted->at("rows").as_array()) sum += row.at("n").to_number<std::size_t>();
            EXPECT_EQ(sum, right.size()) << where;
            EXPECT_EQ(rows(*fleet.search(member, "haiou")), right.size()) << where;
            EXPECT_EQ(rows(*fleet.list(member, "boats", {.filter = "state = \"docked\"", .search = "海鸥", .limit = 1000})), right.size()) << where;

            const auto desk = *fleet.engine->desk(Fleet::as(member));
            const auto view = fleet.engine->store().read();
            for (const auto& boat : model.boats) {
                const auto is = model.level(member, boat);
                EXPECT_EQ(fleet.engine->records().visible(*view, desk, desk.catalogue->at("boat"), boat.id).has_value(), is > 0) << where;
                const auto changed = fleet.change(member, "boat", boat.id, std::nullopt, R"({"code":null})");
                EXPECT_EQ(fleet.refusal(changed), is == 3 ? "record_locked" : is == 2 ? "" : is == 1 ? "forbidden" : "not_found") << where << " boat of " << to_string(boat.owner);
                decisions += 2;
            }
        }
    }
    std::printf("seed %u: %lld decisions\n", seed, static_cast<long long>(decisions));
}

}  // namespace
}  // namespace shangdao::engine
