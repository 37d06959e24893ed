#include "base/money.h"

#include <cmath>
#include <limits>

#include "base/require.h"
#include "base/testing.h"

namespace shangdao {
namespace {

constexpr auto smallest = std::numeric_limits<std::int64_t>::min();
constexpr auto largest = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST("a currency knows its digits after the point")
{
    EXPECT_EQ(minor_digits(Currency{}), 2);
    EXPECT_EQ(minor_digits(Currency("JPY")), 0);
    EXPECT_EQ(minor_digits(Currency("KWD")), 3);
    EXPECT_EQ(minor_digits(parse_currency("EUR").value()), 2);
    EXPECT_EQ(parse_currency("USD")->text(), "USD");
}

TEST("an unknown currency is none, and a made-up one is a bug")
{
    for (const auto* code : {"", "C", "CN", "cny", "CNYX", "ABC", "D A", "XXX", "￥", "NY "})
        EXPECT_FALSE(parse_currency(code)) << code;
    EXPECT_THROW(minor_digits(Currency("ABC")), Bug);
}

TEST("decimal text becomes an exact scaled integer")
{
    struct Row {
        const char* text;
        int scale;
        std::int64_t units;
    };
    for (const auto& [text, scale, units] : {
             Row{"0", 2, 0},
             Row{"-0", 2, 0},
             Row{"1", 2, 100},
             Row{"1.5", 2, 150},
             Row{"1236800.00", 2, 123680000},
             Row{"-0.01", 2, -1},
             Row{"0.1", 6, 100000},
             Row{"007", 0, 7},
             Row{"1.000", 2, 100},
             Row{"3.0", 0, 3},
             Row{"9223372036854775807", 0, largest},
             Row{"-9223372036854775808", 0, smallest},
             Row{"92233720368547758.07", 2, largest},
         })
        EXPECT_EQ(parse_decimal(text, scale), units) << text;
}

TEST("decimal text that is not exact, not plain or too large is refused")
{
    struct Row {
        const char* text;
        int scale;
    };
    for (const auto& [text, scale] : {Row{"", 2},
                                      Row{"-", 2},
                                      Row{".", 2},
                                      Row{".5", 2},
                                      Row{"1.", 2},
                                      Row{"+1", 2},
                                      Row{"1,200.5", 2},
                                      Row{"1e3", 2},
                                      Row{" 1", 2},
                                      Row{"1 ", 2},
                                      Row{"1.001", 2},
                                      Row{"0.5", 0},
                                      Row{"--1", 0},
                                      Row{"1.2.3", 2},
                                      Row{"１", 0},
                                      Row{"NaN", 2},
                                      Row{"9223372036854775808", 0},
                                      Row{"-9223372036854775809", 0},
                                      Row{"92233720368547758.08", 2},
                                      Row{"99999999999999999999999999", 0}})
        EXPECT_FALSE(parse_decimal(text, scale)) << text;
}

TEST("a scaled integer prints with all its digits and reads back")
{
    EXPECT_EQ(format_decimal(123680000, 2), "1236800.00");
    EXPECT_EQ(format_decimal(-1, 2), "-0.01");
    EXPECT_EQ(format_decimal(5, 0), "5");
    EXPECT_EQ(format_decimal(0, 3), "0.000");
    for (const auto units : {smallest, smallest + 1, std::int64_t{-10}, std::int64_t{0}, std::int64_t{99}, largest})
        for (int scale = 0; scale <= 6; ++scale) EXPECT_EQ(parse_decimal(format_decimal(units, scale), scale), units);
}

TEST("doubles round half away from zero, once")
{
    EXPECT_EQ(round_to_units(2.5, 0), 3);
    EXPECT_EQ(round_to_units(-2.5, 0), -3);
    EXPECT_EQ(round_to_units(0.125, 2), 13);
    EXPECT_EQ(round_to_units(0.1, 2), 10);
    EXPECT_EQ(round_to_units(-0.004, 2), 0);
}

TEST("a double that does not fit is refused")
{
    for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL, 9223372036854775808.0, 1e300})
        EXPECT_FALSE(round_to_units(value, 0));
    EXPECT_FALSE(round_to_units(1e18, 2));
    EXPECT_EQ(round_to_units(-9223372036854775808.0, 0), smallest);
}

TEST("a change of scale rounds half away from zero or refuses")
{
    EXPECT_EQ(rescale(5, 0, 2), 500);
    EXPECT_EQ(rescale(149, 2, 0), 1);
    EXPECT_EQ(rescale(150, 2, 0), 2);
    EXPECT_EQ(rescale(-150, 2, 0), -2);
    EXPECT_EQ(rescale(-149, 2, 0), -1);
    EXPECT_EQ(rescale(25, 1, 0), 3);
    EXPECT_EQ(rescale(7, 3, 3), 7);
    EXPECT_EQ(rescale(largest, 6, 0), 9223372036855);
    EXPECT_FALSE(rescale(largest, 0, 1));
}

TEST("sums that overflow are refused, never wrapped")
{
    EXPECT_EQ(add(1, 2), 3);
    EXPECT_EQ(subtract(1, 2), -1);
    EXPECT_FALSE(add(largest, 1));
    EXPECT_FALSE(add(smallest, -1));
    EXPECT_FALSE(subtract(smallest, 1));
    EXPECT_EQ(subtract(-1, smallest), largest);
}

TEST("money in the base currency is worth itself")
{
    const auto money = Money::of_base(12345, Currency("EUR"));
    EXPECT_EQ(money, (Money{12345, Currency("EUR"), 12345}));
}

}  // namespace shangdao
