// Any text as what a member asks of the machinery, in JSON or in the words of a list: a query, a new record, the arguments of a verb, a filter, a
// sort, a search, a place in a list. Answers are JSON; what a member may not see is in none of them, whatever was asked. The first byte
// chooses who asks.
#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "engine/lists.h"
#include "engine/testing_fleet.h"
#include "laws.h"

using namespace shangdao;
using namespace shangdao::engine;
using fuzz::law;

namespace {

// Nobody guesses these: in an answer they were taken from the store.
constexpr std::string_view hidden_note = "Q7ZJ4XV2", hidden_name = "W9KD3MT6", masked_phone = "13957204861";

struct World {
    testing_fleet::Fleet fleet;
    Id boat;

    World()
    {
        const auto create = [&](Id by, std::string_view object, std::string_view json) { return fleet.create(by, object, json).value(); };
        const auto harbour = create(fleet.admiral, "harbour", R"({"name":"上海港","country":"CN"})");
        const auto berth = R"(,"harbour":")" + to_string(harbour) + R"(","price":{"amount":"12.50","currency":"CNY"},"built_on":"2026-03-20"})";
        boat = create(fleet.captain, "boat", R"({"name":"海鸥号","code":"B-1","secret_note":")" + std::string{hidden_note} + R"(","phone":")" + std::string{masked_phone} + "\"" + berth);
        create(fleet.other, "boat", R"({"name":")" + std::string{hidden_name} + R"(","code":"B-2")" + berth);
        create(fleet.captain, "visit", R"({"name":"到港","boat":")" + to_string(boat) + R"(","fee":"3"})");
    }
};

class Asker {
public:
    Asker(World& world, Id who) : world_(world), desk_(world.fleet.engine->desk(testing_fleet::Fleet::as(who)).value()), view_(world.fleet.engine->store().read()) {}

    void ask(std::string_view text)
    {
        const auto& boats = desk_.catalogue->at("boat");
        answered(text, search_answer(*view_, desk_, text, {}, 20));
        answered(text, formula_answer(desk_, boats, text));
        for (const auto member : {&ListRequest::filter, &ListRequest::sort, &ListRequest::search, &ListRequest::after}) {
            ListRequest request{.limit = 2, .count = ListRequest::Count::exact};
            request.*member = text;
            answered(text, list(request));
        }
        answered(text, list({.fields = {std::string{text}}}));
        if (const auto json = parse_json(text)) bodies(text, *json);
    }

private:
    void bodies(std::string_view text, const boost::json::value& json)
    {
        answered(text, query_answer(*view_, desk_, json));
        const auto& boats = desk_.catalogue->at("boat");
        if (const auto changes = read_changes(desk_, boats, json))
            for (const auto& change : *changes) law(desk_.guard->field(boats, change.slot) == record::FieldLevel::edit && record::fits(boats.field(change.slot).type, change.value));
        if (const auto arguments = read_arguments(desk_, boats, *boats.verb("sink"), json)) law(arguments->get<std::string>("reason") != nullptr);
    }
    Result<std::string> list(const ListRequest& request)
    {
        return list_answer(*view_, desk_, world_.fleet.engine->seal(), world_.fleet.engine->anchors(), desk_.catalogue->at("boat"), request);
    }
    void answered(std::string_view asked, const Result<std::string>& answer) const
    {
        if (!answer) {
            law(!answer.error().empty());
            for (const auto& problem : answer.error())
                for (const auto& [name, value] : problem.args) keeps_quiet(asked, value);
            return;
        }
        law(parse_json(*answer, {.depth_max = 200, .bytes_max = answer->size()}).has_value());
        keeps_quiet(asked, *answer);
    }
    void keeps_quiet(std::string_view asked, std::string_view said) const
    {
        if (desk_.member == world_.fleet.clerk) law((!said.contains(hidden_note) || asked.contains(hidden_note)) && (!said.contains(masked_phone) || asked.contains(masked_phone)));
        if (desk_.member == world_.fleet.captain) law(!said.contains(hidden_name) || asked.contains(hidden_name));
    }

    World& world_;
    Desk desk_;
    std::unique_ptr<store::View> view_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static World world;
    auto text = fuzz::text_of(data, size);
    const Id who[] = {world.fleet.admiral, world.fleet.clerk, world.fleet.captain, world.fleet.mate};
    const auto asker = who[fuzz::take_byte(text) % 4];
    // What comes over the wire is UTF-8 everywhere but in a body, which the reader of JSON judges.
    if (valid_utf8(text)) Asker(world, asker).ask(text);
    return 0;
}
