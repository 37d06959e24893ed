#include "engine/import/plan.h"

#include <fmt/format.h>

#include "base/testing.h"

namespace shangdao::engine {

TEST("an alias saves words, and a plan that would grow by aliases without bound is refused")
{
    const auto plan = parse_plan("name: Fleet\nobjects:\n- {file: a.csv, object: boat, columns: &columns {No: code, Port: harbour}}\n- {file: b.csv, object: boat, columns: *columns}\n");
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->objects[1].columns.size(), 2u);

    std::string columns, objects;
    for (int i = 0; i < 300; ++i) columns += fmt::format("c{}: f, ", i);
    for (int i = 0; i < 300; ++i) objects += "- *boats\n";
    const auto refused = parse_plan("objects:\n- &boats {file: a.csv, object: boat, columns: {" + columns + "}}\n" + objects);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().code, "plan_syntax");
}

TEST("a plan with a NUL in it is refused")
{
    const auto refused = parse_plan(std::string("name: ") + '\0' + "_\nobjects:\n- {file: a.csv, object: boat, columns: {No: code}}\n");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), (Problems{{"control_character", "plan", {{"character", "U+0000"}}}}));
}

TEST("what could not be printed as it was read is refused when it is read")
{
    const auto refused = parse_plan("objects:\n- {file: a.csv, object: boat, delimiter: ；, columns: {No: ''}}\n");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), (Problems{{"invalid_value", "objects[0].delimiter", {{"expected", ", ; | tab"}, {"line", "2"}, {"value", "；"}}},
                                         {"required", "objects[0].columns.No.field", {{"line", "2"}, {"name", "field"}}}}));
}

}  // namespace shangdao::engine
