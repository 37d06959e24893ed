#include "base/result.h"

#include "base/testing.h"

namespace shangdao {
namespace {

Result<int> depth_of(int fathoms)
{
    if (fathoms < 0) return refuse("negative", "fathoms", {{"value", std::to_string(fathoms)}});
    return fathoms * 2;
}

Result<void> check_depth(int fathoms)
{
    if (fathoms > 100) return refuse("too_deep", "fathoms");
    return {};
}

Result<std::string> describe(int fathoms)
{
    CHECK_OK(check_depth(fathoms));
    TRY(const int depth, depth_of(fathoms));
    TRY(const int again, depth_of(fathoms));
    return std::to_string(depth + again);
}

}  // namespace

TEST("TRY takes the value, twice in one function")
{
    EXPECT_EQ(describe(3).value(), "12");
}

TEST("TRY and CHECK_OK pass the refusal on as it was")
{
    EXPECT_EQ(describe(-1).error(), (Problems{{"negative", "fathoms", {{"value", "-1"}}}}));
    EXPECT_EQ(describe(101).error(), (Problems{{"too_deep", "fathoms", {}}}));
}

TEST("a refusal can carry several problems at once")
{
    const Result<int> refused = refuse(Problems{{"required", "name", {}}, {"required", "port", {}}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().size(), 2u);
}

}  // namespace shangdao
