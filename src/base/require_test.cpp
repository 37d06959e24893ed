#include "base/require.h"

#include "base/testing.h"

namespace shangdao {

TEST("a requirement that holds says nothing")
{
    EXPECT_NO_THROW(require(true, "the sky is up"));
}

TEST("a requirement that fails is a bug that names its place and its reason")
{
    try {
        require(false, "the mast stands");
        FAIL() << "nothing was thrown";
    } catch (const Bug& bug) {
        EXPECT_EQ(std::string(bug.what()), "base/require_test.cpp:" + std::to_string(__LINE__ - 3) + ": the mast stands");
    }
}

}  // namespace shangdao
