// Consents: of one person, given in the past, never edited, withdrawn once, and recorded by whoever may edit whom they are of.
#include "base/testing.h"

#include <fmt/format.h>

#include "sales/office_testing.h"

namespace shangdao::customer {
namespace {

using sales::Office;
using sales::refusal;

std::string consent_of(Id contact, std::string_view more = "")
{
    return fmt::format(R"({{"purpose":"marketing","text_version":"隐私政策 2026-03 版","contact":"{}"{}}})", to_string(contact), more);
}

TEST("a consent is given now unless said, is told apart by its views, and is withdrawn as easily")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto contact = office.create(lilei, "contact", R"({"name":"王芳"})")->id();
    const auto consent = office.create(lilei, "consent", consent_of(contact));
    ASSERT_TRUE(consent) << refusal(consent);
    EXPECT_EQ(office.show(*consent, "consent", "given_at"), "2026-03-02T01:00:00Z");
    EXPECT_EQ(office.list(lilei, "consent", "withdrawn_at is null").size(), 1U);
    EXPECT_EQ(office.list(lilei, "contact", R"(count(consents, purpose = "marketing" and withdrawn_at is null) >= 1)").size(), 1U);
    EXPECT_EQ(refusal(office.change(lilei, "consent", consent->id(), R"({"purpose":"service"})")), "consent_given purpose");
    EXPECT_EQ(office.show(office.read("consent", consent->id()), "consent", "purpose"), "marketing");
    const auto withdrawn = office.perform(lilei, "consent", consent->id(), "withdraw", "{}");
    ASSERT_TRUE(withdrawn) << refusal(withdrawn);
    EXPECT_EQ(office.show(*withdrawn, "consent", "withdrawn_at"), "2026-03-02T01:00:00Z");
    EXPECT_EQ(office.list(lilei, "consent", "withdrawn_at is null").size(), 0U);
    EXPECT_EQ(office.list(lilei, "contact", R"(count(consents, purpose = "marketing" and withdrawn_at is null) >= 1)").size(), 0U);
    EXPECT_EQ(refusal(office.perform(lilei, "consent", consent->id(), "withdraw", "{}")), "consent_withdrawn withdrawn_at");
}

TEST("what is no consent of one person, or was not given yet, is refused and not kept")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto contact = office.create(lilei, "contact", R"({"name":"王芳"})")->id();
    const auto lead = office.create(lilei, "lead", R"({"name":"王芳"})")->id();
    const struct {
        std::string json, refused;
    } table[] = {
        {R"({"purpose":"marketing","text_version":"A"})", "consent_of_one contact"},
        {consent_of(contact, fmt::format(R"(,"lead":"{}")", to_string(lead))), "consent_of_one contact"},
        {consent_of(contact, R"(,"given_at":"2026-03-02T01:00:01Z")"), "in_the_future given_at"},
        {consent_of(Id{7}), "unknown_reference contact"},
    };
    for (const auto& row : table) EXPECT_EQ(refusal(office.create(lilei, "consent", row.json)), row.refused) << row.json;
    EXPECT_TRUE(office.list({}, "consent").empty());
}

TEST("who may not edit somebody records no consent of his, and whoever sees him sees what he agreed to")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep"), lily = office.hire("李莉", "rep");
    const auto contact = office.create(lilei, "contact", R"({"name":"王芳"})")->id();
    EXPECT_EQ(refusal(office.create(lily, "consent", consent_of(contact))), "unknown_reference contact");
    const auto consent = office.create({}, "consent", consent_of(contact));
    ASSERT_TRUE(consent) << refusal(consent);
    EXPECT_EQ(office.list(lilei, "consent").size(), 1U);
    EXPECT_TRUE(office.list(lily, "consent").empty());
    EXPECT_TRUE(office.perform(lilei, "consent", consent->id(), "withdraw", "{}")) << "it is his whose the person is";
}

}  // namespace
}  // namespace shangdao::customer
