// A small organisation for tests of the machinery: members in a tree, roles, harbours, boats and their visits, in a store
// of its own in a temporary directory. No word of what is sold.
#pragma once

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "engine/engine.h"

namespace shangdao::engine::testing_fleet {

using record::Need;
using record::Ordered;
using record::Searched;
using record::TextKind;
using record::Type;

inline constexpr record::Choice languages[] = {{.key = "zh", .label = {"中文", "Chinese"}}, {.key = "en", .label = {"英文", "English"}}};
inline constexpr record::Choice role_choices[] = {{.key = "captain", .label = {"船长", "Captain"}}, {.key = "mate", .label = {"大副", "Mate"}}, {.key = "admiral", .label = {"上将", "Admiral"}}, {.key = "clerk", .label = {"文员", "Clerk"}}};
inline constexpr record::FieldDef member_fields[] = {
    {.name = "name", .type = Type::text, .label = {"姓名", "Name"}, .need = Need::required},
    {.name = "email", .type = Type::text, .label = {"邮箱", "E-mail"}, .uniqueness = record::Uniqueness::unique, .text_kind = TextKind::email},
    {.name = "manager", .type = Type::reference, .label = {"上级", "Manager"}, .target = "member", .reverse = "reports"},
    {.name = "roles", .type = Type::choices, .label = {"角色", "Roles"}, .choices = role_choices},
    {.name = "active", .type = Type::boolean, .label = {"启用", "Active"}},
    {.name = "language", .type = Type::choice, .label = {"语言", "Language"}, .choices = languages},
};
inline constexpr record::ObjectDef member_object{.name = "member", .plural = "members", .label = {"成员", "Member"}, .plural_label = {"成员", "Members"}, .ownership = record::Ownership::shared, .fields = member_fields};
inline constexpr record::FieldDef role_fields[] = {
    {.name = "key", .type = Type::text, .label = {"键", "Key"}, .need = Need::required, .uniqueness = record::Uniqueness::unique},
    {.name = "rights", .type = Type::text, .label = {"权限", "Rights"}, .text_kind = TextKind::long_text},
};
inline constexpr record::ObjectDef role_object{.name = "role", .plural = "roles", .label = {"角色", "Role"}, .plural_label = {"角色", "Roles"}, .ownership = record::Ownership::shared, .name_field = "key", .fields = role_fields};
inline constexpr record::FieldDef harbour_fields[] = {
    {.name = "name", .type = Type::text, .label = {"港口", "Name"}, .need = Need::required, .searched = Searched::yes, .ordered = Ordered::indexed},
    {.name = "country", .type = Type::text, .label = {"国家", "Country"}},
};
inline constexpr record::ObjectDef harbour_object{.name = "harbour", .plural = "harbours", .label = {"港", "Harbour"}, .plural_label = {"港", "Harbours"}, .fields = harbour_fields};
inline constexpr record::Choice states[] = {{.key = "afloat", .label = {"在航", "Afloat"}}, {.key = "docked", .label = {"停泊", "Docked"}}, {.key = "sunk", .label = {"沉没", "Sunk"}}};
inline constexpr record::FieldDef boat_fields[] = {
    {.name = "name", .type = Type::text, .label = {"船名", "Name"}, .need = Need::required, .searched = Searched::yes, .ordered = Ordered::indexed},
    {.name = "code", .type = Type::text, .label = {"编号", "Code"}, .uniqueness = record::Uniqueness::unique},
    {.name = "price", .type = Type::money, .label = {"价格", "Price"}, .ordered = Ordered::indexed},
    {.name = "secret_note", .type = Type::text, .label = {"密注", "Secret note"}, .searched = Searched::yes, .text_kind = TextKind::long_text},
    {.name = "state", .type = Type::choice, .label = {"状态", "State"}, .written_by = record::WrittenBy::verb, .choices = states},
    {.name = "harbour", .type = Type::reference, .label = {"母港", "Harbour"}, .target = "harbour", .on_delete = record::OnDelete::refuse},
    {.name = "phone", .type = Type::text, .label = {"电话", "Phone"}, .searched = Searched::yes, .text_kind = TextKind::phone},
    {.name = "built_on", .type = Type::date, .label = {"建造日", "Built on"}},
};
inline constexpr record::FieldDef sink_arguments[] = {{.name = "reason", .type = Type::text, .label = {"原因", "Reason"}, .need = Need::required}};
inline constexpr record::VerbDef boat_verbs[] = {{.name = "sink", .label = {"沉没", "Sink"}, .arguments = sink_arguments, .tone = record::VerbTone::bad}};
inline constexpr record::ObjectDef boat_object{.name = "boat", .plural = "boats", .label = {"船", "Boat"}, .plural_label = {"船", "Boats"}, .fields = boat_fields, .verbs = boat_verbs};
inline constexpr record::FieldDef visit_fields[] = {
    {.name = "name", .type = Type::text, .label = {"主题", "Name"}, .searched = Searched::yes},
    {.name = "boat", .type = Type::reference, .label = {"船", "Boat"}, .target = "boat", .reverse = "visits", .on_delete = record::OnDelete::cascade},
    {.name = "fee", .type = Type::money, .label = {"费用", "Fee"}},
};
inline constexpr std::string_view visit_seen[] = {"boat"};
inline constexpr record::ObjectDef visit_object{.name = "visit", .plural = "visits", .label = {"到港", "Visit"}, .plural_label = {"到港", "Visits"}, .fields = visit_fields, .seen_through = visit_seen};

inline constexpr MeasureDef mean_price{.name = "mean_price", .object = "boat", .formula = "avg(price)", .label = {"均价", "Mean price"}, .unit = "money"};

inline Rooms rooms()
{
    Rooms rooms;
    rooms.objects = {&member_object, &role_object, &harbour_object, &boat_object, &visit_object};
    rooms.measures = {&mean_price};
    rooms.add_behaviours = [](Behaviours& behaviours, Records& records) {
        auto& boat = behaviours.of("boat");
        boat.rules.push_back([](Work&, const Object& object, const Record* before, Record& next, const Occasion&) -> Result<void> {
            if (before == nullptr && record::is_null(next.at(*object.slot("state")))) next.set(*object.slot("state"), record::ChoiceKey{"docked"});
            return {};
        });
        boat.verbs["sink"] = [&records](Work& work, const Object& object, const Record& current, const Arguments& arguments) {
            return records.put(work, object, current, {{*object.slot("state"), record::ChoiceKey{"sunk"}}}, {.verb = "sunk", .reason = *arguments.get<std::string>("reason")});
        };
    };
    return rooms;
}

// captain: own boats; mate: team, price hidden; clerk: everything but secret_note hidden and phone masked; admiral: everything.
inline constexpr std::pair<std::string_view, std::string_view> role_rights[] = {
    {"captain", R"({"objects":{"*":{"create":true,"read":"own","edit":"own","delete":"own","export":"own","bulk":"own"},"member":{"read":"all"},"role":{"read":"none"},"harbour":{"read":"all"}}})"},
    {"mate", R"({"objects":{"*":{"create":true,"read":"team","edit":"team","delete":"team"},"member":{"read":"all"},"boat":{"create":true,"read":"team","edit":"team","fields":{"price":"hidden"}}}})"},
    {"clerk", R"({"objects":{"*":{"read":"all"},"boat":{"read":"all","edit":"all","export":"all","bulk":"all","fields":{"secret_note":"hidden","phone":"masked","built_on":"read"}}}})"},
    {"admiral", R"({"general":["admin","import","import_history"],"objects":{"*":{"create":true,"read":"all","edit":"all","delete":"all","export":"all","bulk":"all"}}})"},
};

class Fleet {
public:
    ManualClock clock{*parse_instant("2026-03-02T01:00:00Z")};
    std::filesystem::path directory;
    std::unique_ptr<Engine> engine;
    Id admiral, captain, mate, clerk, other;

    explicit Fleet(const Rooms& with = rooms())
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "fleet-XXXXXX").string();
        directory = ::mkdtemp(pattern.data());
        open(with);
        write(system(), [&](Work& work) -> Result<std::string> {
            const auto& roles = work.desk.catalogue->at("role");
            for (const auto& [key, rights] : role_rights)
                CHECK_OK(engine->records().create(work, roles, {{*roles.slot("key"), std::string{key}}, {*roles.slot("rights"), std::string{rights}}}));
            return std::string{};
        });
        admiral = member("阿德", "admiral", {});
        mate = member("马特", "mate", admiral);
        captain = member("凯普", "captain", mate);
        other = member("欧舍", "captain", admiral);
        clerk = member("克拉", "clerk", admiral);
    }
    ~Fleet()
    {
        engine.reset();
        std::error_code ignored;
        std::filesystem::remove_all(directory, ignored);
    }
    void open(const Rooms& with = rooms())
    {
        engine.reset();
        auto opened = Engine::open({.directory = directory, .clock = &clock, .readers = 2, .chain_key = std::string(32, 'c'), .seal_key = std::string(32, 's')}, with);
        if (!opened) throw std::runtime_error("the fleet does not open: " + opened.error()[0].code + " " + opened.error()[0].field);
        engine = std::move(*opened);
    }

    static Caller system() { return {.kind = Caller::Kind::system, .via = record::Via::system}; }
    static Caller as(Id id) { return {.member = id}; }

    Result<std::string> write(const Caller& caller, const Engine::Work_& work) const { return engine->write_now(caller, work); }

    Id member(const std::string& name, const std::string& role, Id manager) const
    {
        const auto id = write(system(), [&](Work& work) -> Result<std::string> {
            const auto& members = work.desk.catalogue->at("member");
            record::Changes values{{*members.slot("name"), name}, {*members.slot("roles"), record::ChoiceKeys{{role}}}, {*members.slot("active"), true}};
            if (manager) values.push_back({*members.slot("manager"), manager});
            TRY(const auto record, engine->records().create(work, members, values));
            return to_string(record.id());
        });
        return *parse_id(*id);
    }

    // Creates from JSON as a client would; the id or the refusal.
    Result<Id> create(Id by, std::string_view object, std::string_view json) const
    {
        TRY(const auto id, write(as(by), [&](Work& work) -> Result<std::string> {
            const auto& of = work.desk.catalogue->at(object);
            TRY(const auto changes, read_changes(work.desk, of, boost::json::parse(json)));
            TRY(const auto record, engine->records().create(work, of, changes));
            return to_string(record.id());
        }));
        return *parse_id(id);
    }
    Result<std::string> change(Id by, std::string_view object, Id id, std::optional<std::int64_t> version, std::string_view json) const
    {
        return write(as(by), [&](Work& work) -> Result<std::string> {
            const auto& of = work.desk.catalogue->at(object);
            TRY(const auto changes, read_changes(work.desk, of, boost::json::parse(json)));
            TRY(const auto record, engine->records().change(work, of, id, version, changes));
            return record_answer(work.unit, work.desk, of, record);
        });
    }
    // What a member sees of a list, as parsed JSON; refusals keep their code.
    Result<boost::json::value> list(Id by, std::string_view plural, const ListRequest& request) const
    {
        TRY(const auto desk, engine->desk(as(by)));
        auto view = engine->store().read();
        TRY(const auto answer, list_answer(*view, desk, engine->seal(), engine->anchors(), *desk.catalogue->find_plural(plural), request));
        return boost::json::parse(answer);
    }
    Result<boost::json::value> query(Id by, std::string_view json) const
    {
        TRY(const auto desk, engine->desk(as(by)));
        auto view = engine->store().read();
        TRY(const auto answer, query_answer(*view, desk, boost::json::parse(json)));
        return boost::json::parse(answer);
    }
    Result<boost::json::value> search(Id by, std::string_view text) const
    {
        TRY(const auto desk, engine->desk(as(by)));
        auto view = engine->store().read();
        TRY(const auto answer, search_answer(*view, desk, text, {}, 100));
        return boost::json::parse(answer);
    }
    Result<boost::json::value> timeline(Id by, std::string_view object, Id id) const
    {
        TRY(const auto desk, engine->desk(as(by)));
        auto view = engine->store().read();
        const auto& of = desk.catalogue->at(object);
        TRY(const auto record, engine->records().visible(*view, desk, of, id));
        TRY(const auto answer, timeline_answer(*view, desk, of, record, 0, 100));
        return boost::json::parse(answer);
    }
    // As parsed JSON: the history of a record, and how two of its versions differ.
    Result<boost::json::value> history(Id by, std::string_view object, Id id, const HistoryRequest& request = {}) const
    {
        TRY(const auto desk, engine->desk(as(by)));
        auto view = engine->store().read();
        const auto& of = desk.catalogue->at(object);
        TRY(const auto record, engine->records().visible(*view, desk, of, id));
        TRY(const auto answer, history_answer(*view, desk, of, record, request));
        return boost::json::parse(answer);
    }
    Result<boost::json::value> compare(Id by, std::string_view object, Id id, std::int64_t from, std::int64_t to) const
    {
        TRY(const auto desk, engine->desk(as(by)));
        auto view = engine->store().read();
        const auto& of = desk.catalogue->at(object);
        TRY(const auto record, engine->records().visible(*view, desk, of, id));
        TRY(const auto answer, compare_answer(*view, desk, of, record, from, to));
        return boost::json::parse(answer);
    }
};

inline std::size_t rows(const boost::json::value& answer) { return answer.at(answer.as_object().contains("data") ? "data" : "rows").as_array().size(); }

// The saved views that are there for a member, each with a blank behind it; the list, its total and a query tell the same.
inline std::string names_of_views(const Fleet& fleet, Id by)
{
    std::string seen;
    const auto answer = *fleet.list(by, "views", {.sort = "name", .count = ListRequest::Count::exact});
    for (const auto& row : answer.at("data").as_array()) seen += std::string{row.at("name").as_string()} + " ";
    EXPECT_EQ(answer.at("count").to_number<std::size_t>(), rows(answer));
    const auto counted = *fleet.query(by, R"j({"from":"views","measures":{"n":"count()"}})j");
    EXPECT_EQ(counted.at("rows").at(0).at("n").to_number<std::size_t>(), rows(answer));
    return seen;
}

}  // namespace shangdao::engine::testing_fleet
