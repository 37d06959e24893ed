#include "serve/problem.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/fault.h"
#include "base/require.h"
#include "base/testing.h"
#include "base/text.h"

using namespace shangdao;
using namespace shangdao::serve;

namespace {

boost::json::object parsed(const Response& response)
{
    return boost::json::parse(response.body).as_object();
}

}  // namespace

TEST("the table is sorted, and each row is complete in both languages")
{
    const auto table = problem_table();
    EXPECT_TRUE(std::ranges::is_sorted(table, {}, &ProblemRow::code));
    EXPECT_EQ(std::ranges::adjacent_find(table, {}, &ProblemRow::code), table.end());
    for (const ProblemRow& row : table) {
        EXPECT_TRUE(row.status >= 400 && row.status < 600) << row.code;
        EXPECT_FALSE(row.sentence.zh.empty() || row.sentence.en.empty()) << row.code;
        EXPECT_TRUE(valid_utf8(row.sentence.zh)) << row.code;
        for (const Language language : {Language::zh, Language::en}) {
            const std::string said = say(Problem{std::string(row.code), "f", {}}, language);
            EXPECT_EQ(said.find_first_of("{}[]"), std::string::npos) << row.code << ": " << said;
        }
    }
}

TEST("a sentence fills its blanks and leaves out what it does not know")
{
    const Problem known{"unknown_field", "amonut", {{"nearest", "amount"}}};
    EXPECT_EQ(say(known, Language::en), "There is no field \"amonut\"; did you mean \"amount\"?");
    EXPECT_EQ(say(known, Language::zh), "没有字段“amonut”，是否为“amount”？");
    EXPECT_EQ(say({"unknown_field", "amonut", {}}, Language::en), "There is no field \"amonut\"");
    EXPECT_EQ(say({"invalid_value", "mast", {{"expected", "number"}}}, Language::zh), "mast 的值无效，应为数字");
    EXPECT_EQ(say({"invalid_value", "limit", {{"expected", "1…1000"}}}, Language::en),
              "The value of limit is not valid; expected 1…1000");
}

TEST("an unknown code is named, not hidden")
{
    EXPECT_EQ(say({"sea_serpent", "hull", {}}, Language::en), "Refused: sea_serpent (hull)");
    EXPECT_EQ(say({"sea_serpent", "", {}}, Language::zh), "未通过：sea_serpent");
    EXPECT_EQ(problem_response("sea_serpent", Language::zh).status, 400);
}

TEST("a problem answer has type, title, status, code and all errors")
{
    const Problems problems{{"required", "name", {}}, {"unknown_choice", "rigs[2].kind", {{"value", "sl\"oop\n"}}}};
    const Response response = problem_response(problems, Language::en);
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(response.content_type, "application/problem+json");
    const auto json = parsed(response);
    EXPECT_EQ(json.at("type"), "about:blank");
    EXPECT_EQ(json.at("title"), "name is required");
    EXPECT_EQ(json.at("status"), 422);
    EXPECT_EQ(json.at("code"), "required");
    EXPECT_FALSE(json.contains("incident"));
    const auto& second = json.at("errors").as_array().at(1).as_object();
    EXPECT_EQ(second.at("code"), "unknown_choice");
    EXPECT_EQ(second.at("field"), "rigs[2].kind");
    EXPECT_EQ(second.at("pointer"), "/rigs/2/kind");
    EXPECT_EQ(second.at("args").at("value"), "sl\"oop\n");
    EXPECT_EQ(problem_response(problems, Language::en, 409).status, 409);

    const Problems of_elements{{"required", "[1].name", {}}, {"invalid_value", "[0]", {}}};
    const auto elements = parsed(problem_response(of_elements, Language::en)).at("errors").as_array();
    EXPECT_EQ(elements.at(0).as_object().at("pointer"), "/1/name");
    EXPECT_EQ(elements.at(1).as_object().at("pointer"), "/0");
}

TEST("waiting is told in Retry-After")
{
    const Response limited = problem_response({Problem{"rate_limited", "", {{"seconds", "17"}}}}, Language::en);
    EXPECT_EQ(limited.status, 429);
    EXPECT_EQ(limited.headers.at(0), (std::pair<std::string, std::string>{"Retry-After", "17"}));
    EXPECT_EQ(parsed(limited).at("title"), "Too many attempts; try again in 17 seconds");
    EXPECT_EQ(problem_response("overloaded", Language::zh).headers.at(0).second, "1");
}

TEST("faults are 503 or 507, bugs are 500 with an incident number and without their text")
{
    const auto answer = [](const std::exception& thrown) { return problem_response(thrown, Language::en, "3f-0001"); };
    EXPECT_EQ(answer(Fault(FaultKind::storage, "secret")).status, 503);
    EXPECT_EQ(answer(Fault(FaultKind::busy, "secret")).status, 503);
    EXPECT_EQ(answer(Fault(FaultKind::network, "secret")).status, 503);
    EXPECT_EQ(answer(Fault(FaultKind::disk_full, "secret")).status, 507);
    EXPECT_EQ(parsed(answer(Fault(FaultKind::outcome_unknown, "secret"))).at("code"), "outcome_unknown");
    const Response bug = answer(Bug("secret"));
    EXPECT_EQ(bug.status, 500);
    EXPECT_EQ(parsed(bug).at("incident"), "3f-0001");
    EXPECT_EQ(answer(std::bad_alloc()).status, 500);
    EXPECT_EQ(bug.body.find("secret"), std::string::npos);
}
