// TEST("a sentence") – test names are sentences; a few lines over GoogleTest.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#define SHANGDAO_TEST_NAME_(line) shangdao_test_##line
#define SHANGDAO_TEST_(sentence, line)                                                                          \
    static void SHANGDAO_TEST_NAME_(line)();                                                                    \
    namespace {                                                                                                 \
    struct TestAtLine##line final : testing::Test {                                                             \
        void TestBody() override { SHANGDAO_TEST_NAME_(line)(); }                                               \
    };                                                                                                          \
    [[maybe_unused]] const auto* const registered_##line = testing::RegisterTest(                               \
        shangdao::test_suite_of(__FILE__).data(), sentence, nullptr, nullptr, __FILE__, line,                   \
        []() -> testing::Test* { return new TestAtLine##line; });                                               \
    }                                                                                                           \
    static void SHANGDAO_TEST_NAME_(line)()
#define SHANGDAO_TEST_AT_(sentence, line) SHANGDAO_TEST_(sentence, line)

#undef TEST
#define TEST(sentence) SHANGDAO_TEST_AT_(sentence, __LINE__)

namespace shangdao {

// "…/src/base/money_test.cpp" → "money_test.cpp"; the suite a sentence is filed under.
constexpr std::string_view test_suite_of(std::string_view path)
{
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace shangdao
