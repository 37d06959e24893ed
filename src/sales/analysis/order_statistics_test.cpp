// Quantiles against R: quantile(c(1,2,2,3,10), c(.5,.9)) = 2, 7.2; median(c(1,2)) = 1.5.
#include "base/testing.h"

#include "sales/analysis/order_statistics.h"

namespace shangdao::analysis {
namespace {

TEST("quantiles of a histogram equal R's type 7")
{
    const Histogram days{{1, 1}, {2, 2}, {3, 1}, {10, 1}};
    EXPECT_DOUBLE_EQ(*quantile(days, 0.5), 2.0);
    EXPECT_NEAR(*quantile(days, 0.9), 7.2, 1e-12);
    EXPECT_DOUBLE_EQ(*quantile({{1, 1}, {2, 1}}, 0.5), 1.5);
    EXPECT_DOUBLE_EQ(*quantile({{7, 3}}, 0.9), 7.0);
}

TEST("the quantile of nothing is unknown") { EXPECT_EQ(quantile({}, 0.5), std::nullopt); }

}  // namespace
}  // namespace shangdao::analysis
