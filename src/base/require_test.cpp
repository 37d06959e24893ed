#include "base/require.h"

#include "base/testing.h"

namespace shangdao {

TEST("a requirement that holds says nothing")
{
    EXPECT_NO_THROW(require(true, "the sky is up"));
}

TEST("a requirement that fails is a bug that names its place and its reason")
{
    constexpr auto line = __LINE__ + 2;
    try {
        require(false, "the mast stands");
        FAIL() << "nothing was thrown";
    } catch (const Bug& bug) {
        EXPECT_EQ(bug.what(), "base/require_test.cpp:" + std::to_string(line) + ": the mast stands");
    }
}

}  // namespace shangdao
