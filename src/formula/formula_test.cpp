// The rule language on boats: what is understood, what is refused and where, what it prints, what it gives.
#include "base/testing.h"

#include "formula/check.h"
#include "formula/evaluate.h"
#include "formula/testing_boats.h"

namespace shangdao::formula {
namespace {

using testing_boats::Fleet;

TEST("formulas are understood and printed in one canonical way")
{
    const Fleet fleet;
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"price>100000 and state in ('afloat','docked')", R"(price > 100000 and state in ("afloat", "docked"))"},
        {"boat.price = 5", "price = 5"},
        {"[价格] > 5", "price > 5"},
        {"价格 > 5 and 状态 = '在航'", R"(price > 5 and state = "afloat")"},
        {"count(visits, kind = \"repair\") >= 2", R"(count(visits, kind = "repair") >= 2)"},
        {"sum(visits.fee) > 10", "sum(visits.fee) > 10"},
        {"harbour.country = \"CN\"", R"(harbour.country = "CN")"},
        {"built_on >= start_of_month(today()) and built_on <= end_of_month(today())", "built_on >= start_of_month(today()) and built_on <= end_of_month(today())"},
        {"not (length > 3 or name is null)", "not (length > 3 or name is null)"},
        {"length * (2 + 3) - -1 = 4", "length * (2 + 3) - -1 = 4"},
        {"owner = me() or owner in my_team()", "owner = me() or owner in my_team()"},
        {"created_at > now() - 36h", "created_at > now() - 36h"},
        {"name contains \"say \"\"hi\"\"\"", R"(name contains "say ""hi""")"},
        {"load = 0.4", "load = 0.4"},
        {"built_on = date(\"2026-03-20\")", "built_on = date(\"2026-03-20\")"},
        {"name = null", "name is null"},
        {"name != \"\"", "name is not null"},
        {"价格＞100　and（长度≤12.50）", "price > 100 and length <= 12.5"},
        {"状态 in （“在航”，“停泊”）", R"(state in ("afloat", "docked"))"},
        {"【价格】 > 5", "price > 5"},
        {"built_on in this_month() and seen_at not in last_days(7)", "built_on in this_month() and date_of(seen_at) not in last_days(7)"},
        {"month(built_on) = '2026-03-01'", R"(start_of_month(built_on) = date("2026-03-01"))"},
        {"if(budget is null, 1.50, length) > 2", "if(budget is null, 1.5, length) > 2"},
        {"original(price) > 5 and currency(price) = 'USD'", R"(original(price) > 5 and currency(price) = "USD")"},
        {"min(visits.kind) = 'repair'", R"(min(visits.kind) = "repair")"},
        {"NOT (price > 1) AND true", "not price > 1 and true"},
    };
    for (const auto& [text, printed] : rows) {
        const auto checked = check_condition(text, fleet.scope());
        ASSERT_TRUE(checked) << text << " " << checked.error()[0].code << " " << checked.error()[0].args.begin()->second;
        EXPECT_EQ(print(*fleet.catalogue, *checked), printed);
        const auto again = check_condition(printed, fleet.scope());
        ASSERT_TRUE(again) << printed;
        EXPECT_EQ(print(*fleet.catalogue, *again), printed);
    }
}

TEST("a formula that cannot be meant is refused with its place and the nearest word")
{
    const Fleet fleet;
    struct Row { std::string_view text, code, position, nearest; };
    const Row rows[] = {
        {"prise > 5", "formula_unknown_name", "0", "price"},
        {"yaer(built_on) > 5", "formula_unknown_function", "0", "year"},
        {"price > ", "formula_syntax", "8", ""},
        {"price > 5 and", "formula_syntax", "13", ""},
        {"state = \"aflot\"", "formula_unknown_choice", "8", "afloat"},
        {"price > \"x\"", "formula_type", "8", ""},
        {"price * price > 1", "formula_type", "0", ""},
        {"built_on + 5 > today()", "formula_type", "11", ""},
        {"price", "formula_type", "0", ""},
        {"harbour.name.x = 1", "formula_type", "0", ""},
        {"name.x = 1", "formula_type", "0", ""},
        {"count(visist) > 1", "formula_unknown_name", "6", "visits"},
        {"count(visits.fee) > 1", "formula_arguments", "0", ""},
        {"today(1) = built_on", "formula_arguments", "0", ""},
        {"\"unterminated", "formula_syntax", "0", ""},
        {"5x > 1", "formula_syntax", "0", ""},
        {"price ; 1", "formula_syntax", "6", ""},
        {"(((", "formula_syntax", "3", ""},
        {"owner in (5)", "formula_type", "10", ""},
        {"owner = my_team()", "formula_type", "8", ""},
        {"owner in followed()", "formula_type", "0", ""},
        {"id = followed()", "formula_type", "5", ""},
        {"owner in locked()", "formula_type", "0", ""},
        {"coalesce(owner, my_team()) is null", "formula_type", "16", ""},
        {"built_on = this_month()", "formula_type", "11", ""},
        {"built_on in last_days(0)", "formula_type", "22", ""},
        {"price > 0.001", "formula_type", "8", ""},
        {"length > 0.1234567", "formula_type", "9", ""},
        {"length > 99999999999999999999", "number_overflow", "9", ""},
        {"min(visits.boat) is null", "formula_type", "4", ""},
        {"has(flags, name)", "formula_type", "11", ""},
        {"original(price + 1) > 1", "formula_type", "9", ""},
    };
    for (const auto& row : rows) {
        const auto refused = check_condition(row.text, fleet.scope());
        ASSERT_FALSE(refused) << row.text;
        EXPECT_EQ(refused.error()[0].code, row.code) << row.text;
        EXPECT_EQ(refused.error()[0].args.at("position"), row.position) << row.text;
        if (!row.nearest.empty()) { EXPECT_EQ(refused.error()[0].args.at("nearest"), row.nearest) << row.text; }
    }
}

TEST("depth and size are bounded")
{
    const Fleet fleet;
    const auto deep = std::string(200, '(') + "price > 1" + std::string(200, ')');
    EXPECT_EQ(check_condition(deep, fleet.scope()).error()[0].code, "formula_too_deep");
    EXPECT_EQ(check_condition(std::string(20'000, ' '), fleet.scope()).error()[0].code, "formula_too_long");
    EXPECT_EQ(check_condition("not " + std::string(400, '-') + "1 = 1", fleet.scope()).error()[0].code, "formula_too_deep");
}

TEST("a hidden field answers like an unknown name in every position")
{
    const Fleet fleet;
    const testing_boats::Hides hides(*fleet.catalogue, "boat", "price");
    auto scope = fleet.scope();
    scope.sight = &hides;
    for (const std::string shape : {"{} > 5", "not ({} is null)", "count(visits, fee > 1) > 1 and {} = 1", "coalesce({}, length) > 1", "[{}] = 1", "if({} > 1, true, false)", "boat.{} = 1", "max({}) > 1"}) {
        const auto with = [&](std::string_view name) {
            auto text = shape;
            text.replace(text.find("{}"), 2, name);
            auto refused = check_condition(text, scope);
            EXPECT_FALSE(refused) << text;
            auto problem = refused.error()[0];
            problem.args.erase("name");
            problem.args.erase("nearest");
            return problem;
        };
        EXPECT_EQ(with("price"), with("prixe")) << shape;
    }
    const auto path = check_condition("visits.boat.price > 1", scope);
    ASSERT_FALSE(path);
}

TEST("conditions hold as two-valued logic says")
{
    const Fleet fleet;
    const std::pair<std::string_view, bool> rows[] = {
        {"price = 1200.50", true}, {"price > 1200.49 and price < 1200.51", true}, {"price >= 1200.5", true}, {"length = 12.5", true}, {"length * 2 = 25", true},
        {"length / 0 is null", true}, {"length / 4 = 3.125", true}, {"budget is null", true}, {"budget = price", false}, {"budget != price", true}, {"budget < price", false},
        {"not (budget < price)", true}, {"budget + price is null", true}, {"state = \"docked\"", true}, {"state > \"afloat\"", true}, {"state in (\"afloat\", \"docked\")", true},
        {"state not in (\"afloat\")", true}, {"name contains \"海\"", true}, {"name starts_with \"HAI\"", false}, {"has(flags, \"afloat\")", true}, {"flags contains \"docked\"", false},
        {"load * 100 = 40", true}, {"built_on = date(\"2026-03-20\")", true}, {"built_on + 11d = date(\"2026-03-31\")", true}, {"built_on - date(\"2026-03-18\") = 2", true},
        {"start_of_quarter(built_on) = date(\"2026-01-01\")", true}, {"end_of_month(built_on) = date(\"2026-03-31\")", true}, {"year(built_on) = 2026", true},
        {"start_of_week(built_on) = date(\"2026-03-16\")", true}, {"harbour.country = \"CN\"", true}, {"harbour.name contains \"上海\"", true}, {"count(visits) = 2", true},
        {"count(visits, kind = \"repair\") = 1", true}, {"sum(visits.fee) = 30", true}, {"avg(visits.fee) = 15", true}, {"max(visits.fee) = 20", true}, {"median(visits.fee) = 15", true},
        {"owner = me()", true}, {"owner in my_team()", true}, {"id in followed()", true}, {"id not in followed()", false}, {"id in locked()", true}, {"coalesce(budget, price) = price", true}, {"if(budget is null, 1, 2) = 1", true}, {"abs(-3) = 3", true},
        {"round(length, 0) = 13", true}, {"days_since(built_on) = 5", true}, {"seen_at = date(\"2026-03-20\")", true}, {"seen_at < date(\"2026-03-20\")", false},
        {"lower(name) = \"海鸥号\"", true}, {"length(name) = 3", true}, {"greatest(length, 20.00) = 20", true},
    };
    for (const auto& [text, expected] : rows) {
        const auto checked = check_condition(text, fleet.scope());
        ASSERT_TRUE(checked) << text << " " << checked.error()[0].code << " " << checked.error()[0].args.at("position");
        const auto held = holds(*fleet.catalogue, *checked, fleet.boat, fleet.moment, *fleet.surroundings);
        ASSERT_TRUE(held) << text;
        EXPECT_EQ(*held, expected) << text;
    }
}

TEST("overflow is a refusal, not a wrong number")
{
    const Fleet fleet;
    const auto checked = check_condition("9000000000000000000 + 9000000000000000000 > 1", fleet.scope());
    ASSERT_TRUE(checked);
    EXPECT_EQ(holds(*fleet.catalogue, *checked, fleet.boat, fleet.moment, *fleet.surroundings).error()[0].code, "number_overflow");
}

}  // namespace
}  // namespace shangdao::formula
