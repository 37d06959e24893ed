// What a viewer may not see is not there: every text gives the same answer, to the letter, as in a world whose definitions lack
// the field. A masked field is compared by = and nothing else.
#include "base/testing.h"

#include "formula/check.h"
#include "formula/testing_boats.h"

namespace shangdao::formula {
namespace {

using testing_boats::Fleet;

struct Without {
    std::vector<record::FieldDef> boat_fields, visit_fields;
    record::ObjectDef boat = testing_boats::boat_object, visit = testing_boats::visit_object;
    std::shared_ptr<const record::Catalogue> catalogue;

    explicit Without(std::string_view object, std::string_view field)
    {
        const auto keep = [&](std::string_view of, std::span<const record::FieldDef> fields) {
            std::vector<record::FieldDef> kept;
            for (const auto& one : fields)
                if (of != object || one.name != field) kept.push_back(one);
            return kept;
        };
        boat_fields = keep("boat", testing_boats::boat_fields);
        visit_fields = keep("visit", testing_boats::visit_fields);
        boat.fields = boat_fields;
        visit.fields = visit_fields;
        record::CatalogueBuilder builder;
        for (const record::ObjectDef* def : std::initializer_list<const record::ObjectDef*>{&boat, &testing_boats::harbour_object, &visit, &testing_boats::member_object}) builder.add(*def);
        catalogue = *builder.build(1);
    }
    Scope scope() const { return {.catalogue = *catalogue, .object = catalogue->at("boat"), .base = Currency{"CNY"}}; }
};

constexpr std::string_view shapes[] = {
    "{} > 5", "{} = 5", "{} is null", "{} in (1, 2)", "{} contains \"a\"", "{} starts_with \"a\"", "not ({} is null)", "price > 1 and {} = 1", "-{} = 1", "{} + 1 > 2", "1 - {} > 2",
    "coalesce({}, length) > 1", "if({} > 1, true, false)", "if(true, {}, 1) = 1", "abs({}) > 1", "days_since({}) > 1", "lower({}) = \"a\"", "has({}, \"a\")", "original({}) > 1", "country({}) = \"CN\"",
    "[{}] = 1", "boat.{} = 1", "{}.name = \"a\"", "harbour.{} = 1", "max({}) > 1", "sum({}) > 1", "count({}) > 1", "count(visits, {} = 1) > 1", "sum(visits.{}) > 1", "sum(visits.fee, {} = 1) > 1",
    "max(visits.{}) is null", "count({}, true) > 1", "median({}.fee) > 1", "{}", "{}()", "[{}].name = \"a\"", "visits.{} = 1", "count(visits, boat.{} = 1) > 1", "{} in this_month()", "{} = me()"};

template <typename T>
std::string answer(const Result<T>& result)
{
    if (result) return "accepted";
    std::string text = result.error().front().code;
    for (const auto& [key, value] : result.error().front().args) text += " " + key + "=" + value;
    return text;
}

TEST("a hidden field answers in every position as if it were not defined")
{
    const Fleet fleet;
    const std::pair<std::string_view, std::string_view> hidden[] = {{"boat", "price"}, {"boat", "harbour"}, {"boat", "state"}, {"boat", "built_on"}, {"visit", "fee"}, {"visit", "boat"}, {"visit", "kind"}};
    int compared = 0;
    for (const auto& [object, field] : hidden) {
        const Without without(object, field);
        const testing_boats::Hides hides(*fleet.catalogue, object, field);
        auto scope = fleet.scope();
        scope.sight = &hides;
        const auto& def = fleet.catalogue->at(object).field(*fleet.catalogue->at(object).slot(field));
        for (const auto shape : shapes)
            for (const auto& name : {std::string{field}, std::string{def.label.zh}, std::string{def.label.en}, std::string{field}.substr(1), std::string{"visits"}, std::string{"visit"}}) {
                std::string text{shape};
                text.replace(text.find("{}"), 2, name);
                EXPECT_EQ(answer(check_condition(text, scope)), answer(check_condition(text, without.scope()))) << object << "." << field << ": " << text;
                EXPECT_EQ(answer(check_value(text, scope)), answer(check_value(text, without.scope()))) << object << "." << field << ": " << text;
                EXPECT_EQ(answer(check_measure(text, scope)), answer(check_measure(text, without.scope()))) << object << "." << field << ": " << text;
                ++compared;
            }
    }
    EXPECT_GT(compared, 1'000);
}

class Masks final : public record::Sight {
public:
    explicit Masks(const record::Catalogue& catalogue) : object_(catalogue.at("boat").index()), slot_(*catalogue.at("boat").slot("length")) { all_.kind = record::RowSight::Kind::all; }
    record::FieldLevel field(const record::Object& object, std::size_t slot) const override
    {
        return object.index() == object_ && slot == slot_ ? record::FieldLevel::masked : record::FieldLevel::read;
    }
    const record::RowSight& rows(const record::Object&) const override { return all_; }

private:
    std::size_t object_, slot_;
    record::RowSight all_;
};

TEST("a masked field is matched exactly and asked nothing else")
{
    const Fleet fleet;
    const Masks masks(*fleet.catalogue);
    auto scope = fleet.scope();
    scope.sight = &masks;
    EXPECT_TRUE(check_condition("length = 12.5", scope));
    EXPECT_TRUE(check_condition("price > 1 and [长度] = 12.5", scope));
    EXPECT_TRUE(check_condition("count(visits, boat.length = 12.5) > 1", scope));
    for (const auto* text : {"length > 12", "length != 12", "length < 12", "length is null", "length = null", "length in (12, 13)", "length = length", "12 = length", "length + 0 = 12", "coalesce(length, 1) = 12",
                             "if(length > 12, 1, 2) = 1", "if(length = 12, length, 2) = 1", "abs(length) = 12", "round(length, 0) = 12", "length = 1 + 1", "not (length > 1)", "count(visits, boat.length > 1) > 1",
                             "sum(visits.boat.length) = 1", "least(length, 5) = 5", "-length = 1"})
        EXPECT_EQ(answer(check_condition(text, scope)).substr(0, 14), "formula_masked") << text;
    for (const auto* text : {"length", "length * 1"}) EXPECT_EQ(answer(check_value(text, scope)).substr(0, 14), "formula_masked") << text;
    for (const auto* text : {"sum(length)", "max(length)", "count(length > 1)", "median(length)"}) EXPECT_EQ(answer(check_measure(text, scope)).substr(0, 14), "formula_masked") << text;
}

}  // namespace
}  // namespace shangdao::formula
