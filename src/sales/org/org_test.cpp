// The organisation: default rights, reporting lines without rings, roles that must read.
#include "base/testing.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "sales/office_testing.h"

namespace shangdao::org {
namespace {

using sales::Office;
using sales::refusal;

TEST("a rep sees own records, a manager the team's, an admin all")
{
    Office office;
    const auto hanmeimei = office.hire("韩梅梅", "manager");
    const auto lilei = office.hire("李雷", "rep", hanmeimei), lily = office.hire("李莉", "rep");
    const auto admin = office.hire("系统管理员", "admin");
    const auto mine = office.create(lilei, "deal", R"({"name":"甲"})")->id();
    const auto other = office.create(lily, "deal", R"({"name":"乙"})")->id();
    EXPECT_EQ(office.list(lilei, "deal").size(), 1U);
    EXPECT_EQ(office.list(hanmeimei, "deal").size(), 1U);
    EXPECT_EQ(office.list(admin, "deal").size(), 2U);
    EXPECT_EQ(office.list(lilei, "passage").size(), 1U);
    EXPECT_EQ(office.list(hanmeimei, "passage").size(), 1U);
    EXPECT_EQ(office.list(admin, "passage").size(), 2U);
    EXPECT_EQ(refusal(office.change(lilei, "deal", other, R"({"name":"丙"})")), "not_found deal");
    EXPECT_EQ(refusal(office.perform(lilei, "deal", other, "advance")), "not_found deal");
    EXPECT_TRUE(office.change(hanmeimei, "deal", mine, R"({"name":"甲一"})"));
}

TEST("a rep reads members, teams, products and processes and changes none")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    for (const auto* object : {"member", "process", "process_version"}) EXPECT_FALSE(office.list(lilei, object).empty()) << object;
    EXPECT_EQ(refusal(office.change(lilei, "member", lilei, R"({"roles":["admin"]})")), "forbidden member");
    EXPECT_EQ(refusal(office.create(lilei, "role", R"({"name":"x","key":"x","rights":"{}"})")).substr(0, 9), "forbidden");
    EXPECT_EQ(refusal(office.create(lilei, "product", R"({"name":"x"})")), "forbidden product");
    EXPECT_EQ(office.show(office.read("member", lilei), "member", "roles"), R"(["rep"])");
}

TEST("the last admin stays an admin")
{
    Office office;
    const auto admin = office.hire("系统管理员", "admin");
    for (const auto* json : {R"({"active":false})", R"({"roles":["rep"]})", R"({"roles":null})"}) EXPECT_EQ(refusal(office.change(admin, "member", admin, json)), "last_admin roles") << json;
    EXPECT_EQ(office.show(office.read("member", admin), "member", "active"), "true");
    office.hire("第二管理员", "admin");
    EXPECT_TRUE(office.change(admin, "member", admin, R"({"active":false})"));
}

TEST("nobody reports to themselves over any number of steps")
{
    Office office;
    const auto a = office.hire("甲", "manager"), b = office.hire("乙", "manager", a), c = office.hire("丙", "manager", b);
    const auto to = [](Id id) { return fmt::format(R"({{"manager":"{}"}})", to_string(id)); };
    EXPECT_EQ(refusal(office.change({}, "member", a, to(a))), "reference_ring manager");
    EXPECT_EQ(refusal(office.change({}, "member", a, to(c))), "reference_ring manager");
    EXPECT_EQ(office.show(office.read("member", a), "member", "manager"), "null");
    EXPECT_TRUE(office.change({}, "member", c, to(a)));
}

TEST("a role whose rights do not read is refused with the nearest word, and keys never change")
{
    Office office;
    const auto refused = office.create({}, "role", R"({"name":"助理","key":"assistant","rights":"{\"objects\":{\"dael\":{\"read\":\"own\"}}}"})");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error()[0].args.at("nearest"), "deal");
    const auto rep = office.list({}, "role", R"(key = "rep")").at(0).id();
    EXPECT_EQ(refusal(office.change({}, "role", rep, R"({"key":"seller"})")), "immutable_field key");
}

TEST("whoever hears that a role was made can name it")
{
    Office office;
    const auto admin = office.hire("系统管理员", "admin");
    const auto choices = [&] {
        std::vector<std::string> keys;
        for (const auto& choice : office.desk(admin).catalogue->at("member").field(*office.object("member").slot("roles")).choices) keys.emplace_back(choice.key);
        return keys;
    };
    for (const auto* key : {"buyer", "seller", "trader"}) {
        ASSERT_TRUE(office.create(admin, "role", fmt::format(R"({{"name":"{0}","key":"{0}","rights":"{{}}"}})", key)));
        EXPECT_EQ(std::ranges::count(choices(), key), 1) << key;
    }
    const auto known = choices();
    ASSERT_FALSE(office.create(admin, "role", R"({"name":"又一个","key":"buyer","rights":"{}"})"));
    EXPECT_EQ(choices(), known);
}

TEST("an administrator cannot lock the last door from inside: neither by the role's rights nor by its end")
{
    Office office;
    const auto admin = office.hire("系统管理员", "admin");
    const auto role = office.list({}, "role", R"(key = "admin")").at(0).id();
    const auto before = office.show(office.read("role", role), "role", "rights");
    for (const auto* rights : {R"({"general":["import"],"objects":{"*":{"read":"all","edit":"all"}}})", R"({"general":["admin"],"objects":{"*":{"read":"all"}}})",
                               R"({"general":["admin"],"objects":{"*":{"read":"all","edit":"all"},"role":{}}})"})
        EXPECT_EQ(refusal(office.change(admin, "role", role, fmt::format(R"({{"rights":{}}})", boost::json::serialize(boost::json::value(rights))))), "last_admin rights") << rights;
    EXPECT_EQ(office.show(office.read("role", role), "role", "rights"), before);
    const auto removed = office.engine().write_now({.member = admin}, [&](engine::Work& work) -> Result<std::string> {
        CHECK_OK(office.engine().records().remove(work, office.object("role"), role, std::nullopt));
        return std::string{};
    });
    EXPECT_EQ(refusal(removed), "still_referenced role");
    // With a second administering role in other hands the first may change.
    const auto second = office.create(admin, "role", R"({"name":"安全员","key":"security","rights":"{\"general\":[\"admin\"],\"objects\":{\"*\":{\"read\":\"all\",\"edit\":\"all\"}}}"})");
    ASSERT_TRUE(second) << refusal(second);
    office.hire("安全员", "security");
    EXPECT_TRUE(office.change(admin, "role", role, R"({"rights":"{\"general\":[],\"objects\":{\"*\":{\"read\":\"all\",\"edit\":\"all\"}}}"})"));
    EXPECT_EQ(office.desk(admin).guard->general("admin"), false);
}

TEST("rights never grow in the hand that gives them")
{
    Office office;
    const auto admin = office.hire("系统管理员", "admin");
    ASSERT_TRUE(office.create(admin, "role", R"({"name":"人事","key":"staffing","rights":"{\"objects\":{\"member\":{\"create\":true,\"read\":\"all\",\"edit\":\"all\",\"delete\":\"all\"},\"role\":{\"create\":true,\"read\":\"all\",\"edit\":\"all\"},\"team\":{\"read\":\"all\"}}}"})"));
    const auto staffer = office.hire("人事", "staffing"), lilei = office.hire("李雷", "rep");
    const auto rep = office.list({}, "role", R"(key = "rep")").at(0).id();
    const auto own = office.list({}, "role", R"(key = "staffing")").at(0).id();
    ASSERT_TRUE(office.create(admin, "team", R"({"name":"一队"})"));
    const auto team = office.list({}, "team", {}).at(0).id();
    struct Row { std::string object; Id id; std::string json, answer; };
    const std::vector<Row> rows{
        {"member", staffer, R"({"roles":["staffing","admin"]})", "forbidden roles"},
        {"member", staffer, R"({"roles":["rep"]})", "forbidden roles"},
        {"member", lilei, R"({"roles":["rep","manager"]})", "forbidden roles"},
        {"member", lilei, fmt::format(R"({{"manager":"{}"}})", to_string(staffer)), "forbidden manager"},
        {"member", staffer, fmt::format(R"({{"team":"{}"}})", to_string(team)), "forbidden team"},
        {"member", admin, R"({"email":"mine@example.com"})", "forbidden email"},
        {"member", admin, R"({"active":false})", "forbidden active"},
        {"member", admin, R"({"roles":null})", "forbidden roles"},
        {"role", own, R"({"rights":"{\"general\":[\"admin\"]}"})", "forbidden rights"},
        {"role", rep, R"({"rights":"{\"objects\":{\"*\":{\"read\":\"all\"}}}"})", "forbidden rights"},
    };
    for (const auto& row : rows) {
        const auto before = office.read(row.object, row.id).version();
        EXPECT_EQ(refusal(office.change(staffer, row.object, row.id, row.json)), row.answer) << row.json;
        EXPECT_EQ(office.read(row.object, row.id).version(), before) << row.json;
    }
    EXPECT_EQ(refusal(office.create(staffer, "member", R"({"name":"替身","roles":["admin"]})")), "forbidden roles");
    EXPECT_EQ(refusal(office.create(staffer, "role", R"({"name":"替身","key":"twin","rights":"{\"general\":[\"admin\"]}"})")), "forbidden rights");
    EXPECT_TRUE(office.create(staffer, "member", R"({"name":"同事","roles":["staffing"]})"));
    EXPECT_TRUE(office.change(staffer, "member", lilei, R"({"mobile":"13800138000"})"));
    EXPECT_TRUE(office.change(admin, "member", lilei, fmt::format(R"({{"roles":["rep","manager"],"manager":"{}"}})", to_string(staffer))));
}

TEST("a role loses sight of a field at once, in every place")
{
    Office office;
    const auto admin = office.hire("系统管理员", "admin");
    const auto lilei = office.hire("李雷", "rep");
    ASSERT_TRUE(office.create(lilei, "deal", R"({"name":"甲","amount":"100.00"})"));
    EXPECT_EQ(office.list(lilei, "deal", "amount > 1").size(), 1U);
    const auto rep = office.list({}, "role", R"(key = "rep")").at(0).id();
    ASSERT_TRUE(office.change(admin, "role", rep, R"({"rights":"{\"objects\":{\"*\":{\"read\":\"own\",\"create\":true,\"edit\":\"own\"},\"deal\":{\"read\":\"own\",\"create\":true,\"edit\":\"own\",\"fields\":{\"amount\":\"hidden\"}}}}"})"));
    const auto& deal = office.object("deal");
    EXPECT_EQ(office.desk(lilei).guard->field(deal, *deal.slot("amount")), record::FieldLevel::hidden);
    EXPECT_EQ(refusal(office.create(lilei, "deal", R"({"name":"乙","amount":"5"})")), "unknown_field amount");
}

TEST("an account is never its own parent")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto mother = office.create(lilei, "account", R"({"name":"集团"})")->id();
    const auto child = office.create(lilei, "account", fmt::format(R"({{"name":"分公司","parent_account":"{}"}})", to_string(mother)))->id();
    EXPECT_EQ(refusal(office.change(lilei, "account", mother, fmt::format(R"({{"parent_account":"{}"}})", to_string(child)))), "reference_ring parent_account");
}

}  // namespace
}  // namespace shangdao::org
