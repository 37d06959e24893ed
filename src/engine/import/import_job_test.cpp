// Imports as jobs: killed and gone on with, cancelled, rehearsed, taken back – and never more than the importer may see.
#include "engine/import/import_undo.h"

#include <fstream>

#include "base/testing.h"
#include "engine/engine_objects.h"
#include "engine/expressions.h"
#include "engine/import/refused_rows.h"
#include "engine/testing_fleet.h"
#include "record/overlay.h"
#include "record/wire.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

struct Desktop : Fleet {
    std::map<std::string, std::string> texts;

    ImportRequest request(const std::string& plan, ImportMode mode = ImportMode::real)
    {
        ImportRequest request{.plan = plan, .files = {}, .mode = mode};
        for (const auto& [name, text] : texts) {
            const auto path = directory / name;
            std::ofstream(path, std::ios::binary) << text;
            request.files[name] = path;
        }
        return request;
    }
    Result<ImportRecord> run(Id by, const std::string& plan, ImportMode mode = ImportMode::real)
    {
        return run_import(*engine, as(by), request(plan, mode));
    }
    std::int64_t count(std::string_view object)
    {
        const auto view = engine->store().read();
        return view->count({.from = &view->catalogue().at(object)}, {});
    }
    record::Record job(Id id)
    {
        const auto view = engine->store().read();
        return *view->find(view->catalogue().at("job"), id);
    }
    Result<boost::json::value> undo(Id by, Id import)
    {
        TRY(const auto id, write(as(by), [&](Work& work) -> Result<std::string> {
                TRY(const auto undo, start_undo(work, import));
                return to_string(undo);
            }));
        engine->jobs().run_to_end(*parse_id(id));
        const auto row = job(*parse_id(id));
        EXPECT_EQ(row.get(job::state)->key, "done") << (row.get(job::problem) != nullptr ? *row.get(job::problem) : "");
        return boost::json::parse(*row.get(job::result));
    }
};

std::string fleet_file(int rows)
{
    std::string out = "Boat No,Port,Name,Worth\n";
    for (int i = 1; i <= rows; ++i)
        out += "B" + std::to_string(i) + ",上海港,船" + std::to_string(i) + "," + std::to_string(i) + "\n";
    return out;
}

constexpr auto fleet_plan = R"(
name: Fleet
objects:
  - {file: ports.csv, object: harbour, key: [name], columns: {Port: name}}
  - file: boats.csv
    object: boat
    key: [code]
    on_duplicate: update
    columns: {Boat No: code, Port: harbour, Name: name, Worth: price}
)";

TEST("an import writes every row once and tells its counts")
{
    Desktop desk;
    desk.texts = {{"ports.csv", "Port\n上海港\n上海港\n"}, {"boats.csv", fleet_file(2'500)}};
    const auto import = desk.run(desk.admiral, fleet_plan);
    ASSERT_TRUE(import) << import.error().front().code;
    EXPECT_EQ(import->state, "done");
    EXPECT_EQ(import->progress.counts(), (ImportCounts{.created = 2'501, .skipped = 1}));
    EXPECT_EQ(import->progress.total, 2'502);
    EXPECT_EQ(desk.count("boat"), 2'500);
    EXPECT_EQ(desk.run(desk.admiral, fleet_plan)->progress.counts(), (ImportCounts{.skipped = 2'502}));
}

TEST("no event holds more than a thousand records, and what was dropped is in none")
{
    Desktop desk;
    const auto seqs = desk.engine->write_now({.kind = Caller::Kind::system}, [](Work& work) -> Result<std::string> {
        EventBatch batch;
        const auto add = [&](std::int64_t from, std::int64_t count) {
            for (auto id = from; id < from + count; ++id) batch.add("boat", "created", Id{id}, fmt::format(R"({{"name":"{}"}})", id));
        };
        add(1, 1'999);
        const auto mark = batch.mark();
        add(10'000, 3);
        batch.drop_since(mark);
        add(2'000, 346);
        std::string found;
        for (const auto seq : batch.flush(work.unit, work.desk)) {
            const auto event = work.unit.event(seq);
            const auto entries = boost::json::parse(event->changes).as_array();
            EXPECT_EQ(entries.size(), event->ids.size());
            for (std::size_t i = 0; i < entries.size(); ++i) {
                EXPECT_EQ(entries[i].at("id").as_string(), to_string(event->ids[i]));
                EXPECT_EQ(entries[i].at("changes").at("name").as_string(), to_string(event->ids[i]));
            }
            found += fmt::format("{} from {} to {};", entries.size(), event->ids.front().value, event->ids.back().value);
        }
        return found;
    });
    EXPECT_EQ(*seqs, "1000 from 1 to 1000;1000 from 1001 to 2000;345 from 2001 to 2345;");
}

TEST(
    "a row that merges fills what its record lacks and changes nothing people wrote; a dry run counts it so; undo "
    "empties it again")
{
    Desktop desk;
    ASSERT_TRUE(desk.create(desk.admiral, "boat", R"({"name":"旧船","code":"B7","price":"1.00"})"));
    desk.texts = {{"boats.csv", "Boat No,Name,Worth,Phone\nB7,改名,9,555\nB7,又名,,\nB8,新船,8,556\n"}};
    const auto plan =
        "objects: [{file: boats.csv, object: boat, key: [code], on_duplicate: merge, columns: {Boat No: code, Name: "
        "name, Worth: price, Phone: phone}}]";
    const auto told = ImportCounts{.created = 1, .updated = 1, .skipped = 1};
    EXPECT_EQ(desk.run(desk.admiral, plan, ImportMode::dry_run)->progress.counts(), told);
    const auto merged = desk.run(desk.admiral, plan);
    ASSERT_TRUE(merged) << merged.error().front().code;
    EXPECT_EQ(merged->progress.counts(), told);
    const auto boat = [&] {
        const auto view = desk.engine->store().read();
        const auto& object = view->catalogue().at("boat");
        const auto record = *view->find(object, *view->find_unique(object, *object.slot("code"), std::string{"B7"}));
        std::string told;
        for (const auto* name : {"name", "price", "phone"}) {
            record::append_wire(told, object.field(*object.slot(name)), record.at(*object.slot(name)));
            told += " ";
        }
        return told;
    };
    EXPECT_EQ(boat(), R"("旧船" {"amount":"1.00","currency":"CNY"} "555" )");
    EXPECT_EQ(desk.run(desk.admiral, plan)->progress.counts(), (ImportCounts{.skipped = 3}))
        << "nothing is empty any more";
    ASSERT_TRUE(desk.undo(desk.admiral, merged->id));
    EXPECT_EQ(boat(), R"("旧船" {"amount":"1.00","currency":"CNY"} null )");
}

TEST("an import that was killed goes on where it stood")
{
    Desktop desk;
    desk.texts = {{"ports.csv", "Port\n上海港\n"}, {"boats.csv", fleet_file(3'500)}};
    const auto request = desk.request(fleet_plan);
    const auto id = *parse_id(*desk.write(Fleet::as(desk.admiral), [&](Work& work) -> Result<std::string> {
        return to_string(start_import(work, request));
    }));
    desk.engine->jobs().run_steps(id, 3);
    EXPECT_EQ(desk.count("boat"), 2'000);
    EXPECT_EQ(desk.job(id).get(job::state)->key, "running");
    desk.open();
    const auto import = run_import(*desk.engine, Fleet::as(desk.admiral), request);
    ASSERT_TRUE(import) << import.error().front().code;
    EXPECT_EQ(import->id, id) << "the same command takes up the import it left";
    EXPECT_EQ(import->progress.counts(), (ImportCounts{.created = 3'501}));
    EXPECT_EQ(desk.count("boat"), 3'500);
}

TEST("a dry run in chunks counts as the import does")
{
    Desktop desk;
    ASSERT_TRUE(desk.create(desk.admiral, "boat", R"({"name":"旧船","code":"B7","price":"1.00"})"));
    std::string boats =
        fleet_file(1'400) + fleet_file(1'200).substr(fleet_file(0).size());  // later chunks repeat earlier keys
    boats += "B9,青岛港,船9,9\nB2000,上海港,,5\nB2001,上海港,好船,x\nB8,上海港,改名,8\nB8,上海港,改名,8\n";
    desk.texts = {{"ports.csv", "Port\n上海港\n"},
                  {"boats.csv", boats},
                  {"visits.csv", "Boat,Topic\nB3,进港\nB1399,进港\nB3,进港\nB5000,进港\n"}};
    const auto plan = std::string{fleet_plan} + R"(
  - {file: visits.csv, object: visit, key: [boat, name], columns: {Boat: boat, Topic: name}}
)";
    const auto boats_before = desk.count("boat");
    const auto rehearsed = desk.run(desk.admiral, plan, ImportMode::dry_run);
    ASSERT_TRUE(rehearsed) << rehearsed.error().front().code;
    EXPECT_EQ(desk.count("boat"), boats_before);
    EXPECT_EQ(desk.count("harbour"), 0);
    const auto written = desk.run(desk.admiral, plan);
    ASSERT_TRUE(written) << written.error().front().code;
    EXPECT_EQ(rehearsed->progress.objects, written->progress.objects);
    EXPECT_EQ(written->progress.counts().refused, 4);
    EXPECT_EQ(rehearsed->progress.problems.size(), written->progress.problems.size());
}

TEST("a dry run knows the keys that its earlier chunks gave up, took, and gave up again")
{
    Desktop desk;
    ASSERT_TRUE(desk.create(desk.admiral, "boat", R"({"name":"旧船","code":"K1"})"));
    ASSERT_TRUE(desk.create(desk.admiral, "boat", R"({"name":"他船","code":"K3"})"));
    const auto filler = [](int from) {
        std::string out;
        for (int i = from; i < from + 3'100; ++i) out += "筏" + std::to_string(i) + ",R" + std::to_string(i) + ",\n";
        return out;
    };
    desk.texts = {{"boats.csv", "Name,Code,Phone\n旧船,K2,\n" + filler(0) +  // K1 is free
                                    "新船,K1,\n二船,K2,\n" + filler(4'000) +  // taken again; K2 is not free
                                    "旧船,K1,\n新船,K9,\n" + filler(8'000) +  // refused; then K1 is free once more
                                    "旧船,K1,\n三船,K2,\n新船,K3,\n新船,,777\n" + filler(12'000) +
                                    "四船,K9,\n新船,K8,\n五船,K9,\n"}};
    const auto plan =
        "objects: [{file: boats.csv, object: boat, key: [name], on_duplicate: update, columns: {Name: name, Code: "
        "code, Phone: phone}}]";
    const auto rehearsed = desk.run(desk.admiral, plan, ImportMode::dry_run);
    ASSERT_TRUE(rehearsed) << rehearsed.error().front().code;
    const auto written = desk.run(desk.admiral, plan);
    ASSERT_TRUE(written) << written.error().front().code;
    EXPECT_EQ(written->progress.counts(), (ImportCounts{.created = 4 * 3'100 + 3, .updated = 5, .refused = 4}));
    EXPECT_EQ(rehearsed->progress.counts(), written->progress.counts());
    const auto rows = [](const ImportRecord& import) {
        std::string out;
        for (const auto& one : import.progress.problems) out += std::to_string(one.row) + " " + one.problem.code + ", ";
        return out;
    };
    EXPECT_EQ(rows(*rehearsed), rows(*written));
}

TEST("a cancelled import stops between chunks and what it wrote can be taken back")
{
    Desktop desk;
    desk.texts = {{"ports.csv", "Port\n上海港\n"}, {"boats.csv", fleet_file(2'500)}};
    const auto request = desk.request(fleet_plan);
    const auto id = *parse_id(*desk.write(Fleet::as(desk.admiral), [&](Work& work) -> Result<std::string> {
        return to_string(start_import(work, request));
    }));
    desk.engine->jobs().run_steps(id, 2);
    ASSERT_TRUE(desk.write(Fleet::as(desk.admiral), [&](Work& work) -> Result<std::string> {
        CHECK_OK(Jobs::cancel(work, id));
        return std::string{};
    }));
    desk.engine->jobs().run_to_end(id);
    EXPECT_EQ(desk.job(id).get(job::state)->key, "cancelled");
    EXPECT_EQ(desk.count("boat"), 1'000);
    const auto result = desk.undo(desk.admiral, id);
    ASSERT_TRUE(result) << result.error().front().code;
    EXPECT_EQ(result->at("removed").as_int64(), 1'001);
    EXPECT_EQ(desk.count("boat"), 0);
    EXPECT_EQ(desk.count("harbour"), 0);
}

TEST("an undo takes back what is untouched and lists the rest")
{
    Desktop desk;
    const auto old = *desk.create(desk.admiral, "boat", R"({"name":"旧名","code":"B1","price":"7.00"})");
    const auto other = *desk.create(desk.admiral, "boat", R"({"name":"另名","code":"B2"})");
    desk.texts = {{"ports.csv", "Port\n上海港\n"}, {"boats.csv", fleet_file(6)}};
    const auto import = desk.run(desk.admiral, fleet_plan);
    ASSERT_TRUE(import) << import.error().front().code;
    EXPECT_EQ(import->progress.counts(), (ImportCounts{.created = 5, .updated = 2}));
    const auto list = desk.list(desk.admiral, "boats", {.sort = "code"});
    const auto id_of = [&](std::size_t i) {
        return *parse_id(std::string{list->at("data").at(i).at("id").as_string()});
    };
    ASSERT_TRUE(desk.change(desk.admiral, "boat", other, std::nullopt, R"({"name":"后来改的"})"));
    ASSERT_TRUE(desk.change(desk.admiral, "boat", id_of(2), std::nullopt, R"({"phone":"123"})"));
    ASSERT_TRUE(desk.create(desk.admiral, "visit", R"({"name":"到","boat":")" + to_string(id_of(3)) + "\"}"));

    const auto result = desk.undo(desk.admiral, import->id);
    ASSERT_TRUE(result) << result.error().front().code;
    EXPECT_EQ(result->at("removed").as_int64(), 2) << boost::json::serialize(*result);
    EXPECT_EQ(result->at("restored").as_int64(), 2);
    EXPECT_EQ(result->at("kept").as_int64(), 4) << "a changed field, a changed boat, a visited boat, and their harbour";
    const auto view = desk.engine->store().read();
    const auto& boat = view->catalogue().at("boat");
    EXPECT_EQ(std::get<std::string>(view->find(boat, old)->at(boat.name_slot())), "旧名");
    EXPECT_EQ(std::get<std::string>(view->find(boat, other)->at(boat.name_slot())), "后来改的");
    EXPECT_TRUE(record::is_null(view->find(boat, other)->at(*boat.slot("price"))));
    const auto again = desk.undo(desk.admiral, import->id);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().front().code, "already_undone");
}

TEST("an import can be taken back for seven days, not a moment longer")
{
    Desktop desk;
    desk.texts = {{"ports.csv", "Port\n上海港\n"}, {"boats.csv", fleet_file(3)}};
    const auto import = desk.run(desk.admiral, fleet_plan);
    ASSERT_TRUE(import) << import.error().front().code;
    ASSERT_TRUE(import->undo_ends);
    desk.clock.set(Instant{import->undo_ends->us + 1});
    const auto late = desk.undo(desk.admiral, import->id);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().front().code, "undo_expired");
    EXPECT_EQ(late.error().front().args.at("until"), "2026-03-09");
    EXPECT_EQ(desk.count("boat"), 3);
    desk.clock.set(*import->undo_ends);
    ASSERT_TRUE(desk.undo(desk.admiral, import->id));
    EXPECT_EQ(desk.count("boat"), 0);
}

// A role that may import, sees its own boats only, and does not know of the secret note.
struct Sight : Desktop {
    Id rep;
    Sight()
    {
        write(system(), [&](Work& work) -> Result<std::string> {
            const auto& roles = work.desk.catalogue->at("role");
            store::Select select{.from = &roles};
            for (const auto& role : work.unit.records(select, work.desk.moment))
                if (std::get<std::string>(role.at(*roles.slot("key"))) == "mate")
                    CHECK_OK(engine->records().change(
                        work, roles, role.id(), std::nullopt,
                        {{*roles.slot("rights"),
                          std::string{
                              R"({"general":["import"],"objects":{"*":{"create":true,"read":"own","edit":"own"},"member":{"read":"all"},"boat":{"create":true,"read":"own","edit":"own","fields":{"secret_note":"hidden"}}}})"}}}));
            return std::string{};
        });
        rep = member("瑞普", "mate", admiral);
    }
};

TEST("an import neither finds nor changes what its member may not see")
{
    Sight desk;
    for (int i = 0; i < 100; ++i)
        ASSERT_TRUE(desk.create(i % 33 == 0 && i < 99 ? desk.rep : desk.admiral, "boat",
                                R"({"name":"船)" + std::to_string(i) + R"(","code":"C)" + std::to_string(i) + "\"}"));
    std::string visits = "Boat,Topic\n", boats = "Name,Phone\n";
    for (int i = 0; i < 100; ++i)
        visits += "船" + std::to_string(i) + ",到\n", boats += "船" + std::to_string(i) + ",555\n";
    desk.texts = {{"visits.csv", visits}, {"boats.csv", boats}};
    const auto seen =
        desk.run(desk.rep, "objects: [{file: visits.csv, object: visit, columns: {Boat: boat, Topic: name}}]");
    ASSERT_TRUE(seen) << seen.error().front().code;
    EXPECT_EQ(seen->progress.counts(), (ImportCounts{.created = 3, .refused = 97}));
    for (const auto& problem : seen->progress.problems) EXPECT_EQ(problem.problem.code, "reference_not_found");
    const auto changed = desk.run(desk.rep,
                                  "objects: [{file: boats.csv, object: boat, key: [name], on_duplicate: update, "
                                  "columns: {Name: name, Phone: phone}}]");
    ASSERT_TRUE(changed) << changed.error().front().code;
    EXPECT_EQ(changed->progress.counts(), (ImportCounts{.created = 97, .updated = 3}))
        << "a name of somebody else's boat is no match";

    desk.texts["boats.csv"] = "Name,Code,secret_note\n甲,C1,x\n";
    const auto hidden = desk.run(
        desk.rep, "objects: [{file: boats.csv, object: boat, columns: {Name: name, secret_note: secret_not}}]");
    ASSERT_FALSE(hidden);
    EXPECT_EQ(hidden.error().front().code, "unknown_field");
    EXPECT_EQ(hidden.error().front().args.count("nearest"), 0u);
    EXPECT_FALSE(desk.run(
        desk.rep, "objects: [{file: boats.csv, object: boat, columns: {Name: name, secret_note: secret_note}}]"));
    const auto taken = desk.run(desk.rep,
                                "objects: [{file: boats.csv, object: boat, key: [code], on_duplicate: update, columns: "
                                "{Name: name, Code: code}}]");
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->progress.counts(), (ImportCounts{.refused = 1}));
    EXPECT_EQ(taken->progress.problems.front().problem.code, "duplicate_key");
    EXPECT_FALSE(taken->progress.problems.front().problem.args.contains("id")) << "the other record is not betrayed";
}

// A choice that anybody may write, beside the state that only verbs do.
Result<std::string> give_boats_a_rig(Fleet& fleet)
{
    return fleet.write(Fleet::as(fleet.admiral), [&](Work& work) -> Result<std::string> {
        TRY(const auto overlay,
            record::object_overlay_from_json(boost::json::parse(
                R"({"object":"boat","fields":[{"name":"x_rig","type":"choice","label":{"zh":"帆装","en":"Rig"},"required":false,"choices":[{"key":"sloop","label":{"zh":"单桅","en":"Sloop"}}]}]})")));
        CHECK_OK(fleet.engine->define(work, overlay));
        return std::string{};
    });
}

constexpr auto rig_plan = R"(
name: Rigs
objects:
  - file: boats.csv
    object: boat
    empty: [Select, "-"]
    columns: {Name: name, Code: code, Rig: {field: x_rig, values: {slp: sloop}, missing: add}}
)";

TEST(
    "words that stand for nothing are empty; unknown words become choices where the plan says so, once, before the "
    "first row")
{
    Desktop desk;
    ASSERT_TRUE(give_boats_a_rig(desk));
    desk.texts = {
        {"boats.csv",
         "Name,Code,Rig\n甲,select,slp\n乙,B2,Select\n丙,B3,双桅船\n丁,-,Gaff Rig\n戊,B5,gaff rig\n己,B6,单桅\n"}};
    const std::vector<NewChoices> added{{"boat", "x_rig", {"双桅船", "Gaff Rig"}}};

    const auto tried = desk.run(desk.admiral, rig_plan, ImportMode::dry_run);
    ASSERT_TRUE(tried) << tried.error().front().code;
    EXPECT_EQ(tried->progress.counts(), (ImportCounts{.created = 6}));
    EXPECT_EQ(tried->progress.choices, added);
    const auto choices = [&] {
        const auto view = desk.engine->store().read();
        const auto& boat = view->catalogue().at("boat");
        std::vector<std::string> told;
        for (const auto& choice : boat.field(*boat.slot("x_rig")).choices)
            told.push_back(std::string{choice.key} + "=" + std::string{choice.label.zh});
        return told;
    };
    EXPECT_EQ(choices(), std::vector<std::string>{"sloop=单桅"}) << "a dry run adds nothing";

    const auto import = desk.run(desk.admiral, rig_plan);
    ASSERT_TRUE(import) << import.error().front().code;
    EXPECT_EQ(import->progress.counts(), (ImportCounts{.created = 6}));
    EXPECT_EQ(import->progress.choices, added);
    EXPECT_EQ(choices(), (std::vector<std::string>{"sloop=单桅", "shuangweichuan=双桅船", "gaff_rig=Gaff Rig"}));
    const auto view = desk.engine->store().read();
    const auto& boat = view->catalogue().at("boat");
    std::vector<std::string> rows;
    for (const auto& record :
         view->records({.from = &boat, .order = {{field_expression(boat, record::slot_id), false}}}, {})) {
        const auto* code = std::get_if<std::string>(&record.at(*boat.slot("code")));
        const auto* rig = std::get_if<record::ChoiceKey>(&record.at(*boat.slot("x_rig")));
        rows.push_back((code == nullptr ? "" : *code) + " " + (rig == nullptr ? "" : rig->key));
    }
    EXPECT_EQ(rows,
              (std::vector<std::string>{" sloop", "B2 ", "B3 shuangweichuan", " gaff_rig", "B5 gaff_rig", "B6 sloop"}));
}

TEST("a dry run finds by name what it made under another key, chunks ago")
{
    Desktop desk;
    std::string ports = "Port,Land\n", boats = "Name,Port\n";
    for (int i = 0; i < 1'500; ++i)
        ports += "港" + std::to_string(i) + ",L" + std::to_string(i) + "\n",
            boats += "船" + std::to_string(i) + ",港" + std::to_string(i) + "\n";
    desk.texts = {{"ports.csv", ports}, {"boats.csv", boats}};
    constexpr auto plan =
        "objects:\n  - {file: ports.csv, object: harbour, key: [country], columns: {Port: name, Land: country}}\n  - "
        "{file: boats.csv, object: boat, columns: {Name: name, Port: harbour}}\n";
    const auto tried = desk.run(desk.admiral, plan, ImportMode::dry_run);
    ASSERT_TRUE(tried);
    EXPECT_EQ(tried->progress.counts(), (ImportCounts{.created = 3'000}));
    EXPECT_EQ(desk.run(desk.admiral, plan)->progress.counts(), tried->progress.counts());
}

TEST("choices are added to fields that have choices of their own, and not by the hundred")
{
    Desktop desk;
    ASSERT_TRUE(give_boats_a_rig(desk));
    desk.texts = {{"boats.csv", "Name,Code,Rig\n甲,B1,new\n"}};
    const auto elsewhere = desk.run(
        desk.admiral, "objects:\n  - {file: boats.csv, object: boat, columns: {Name: {field: name, missing: add}}}\n");
    EXPECT_EQ(elsewhere.error().front().code + " " + elsewhere.error().front().field,
              "invalid_value objects[0].columns.Name.missing");

    std::string names = "Name,Code,Rig\n";
    for (int i = 0; i < 201; ++i) names += "n,C" + std::to_string(i) + ",word " + std::to_string(i) + "\n";
    desk.texts = {{"boats.csv", names}};
    const auto many = desk.run(desk.admiral, rig_plan);
    EXPECT_EQ(many.error().front().code + " " + many.error().front().field, "too_many objects[0].columns.Rig");
    EXPECT_EQ(desk.count("boat"), 0);
}

TEST("what is wrong is also told by column, with how many rows it is wrong in")
{
    Desktop desk;
    desk.texts = {{"boats.csv", "Name,Code,Price\n甲,B1,dear\n,B2,x\n丙,B3,5\n丁,B4,y\n"}};
    const auto import =
        desk.run(desk.admiral,
                 "objects:\n  - {file: boats.csv, object: boat, columns: {Name: name, Code: code, Price: price}}\n",
                 ImportMode::dry_run);
    ASSERT_TRUE(import);
    std::vector<std::string> told;
    for (const auto& flaw : import->progress.flaws)
        told.push_back(flaw.column + " " + flaw.code + " " + std::to_string(flaw.rows) + " from " +
                       std::to_string(flaw.first.row));
    EXPECT_EQ(told, (std::vector<std::string>{"Price invalid_value 3 from 2"}))
        << "a row whose cells do not read is not judged further";
    EXPECT_EQ(import_progress(to_json(import->progress)).flaws.size(), 1u);
}

}  // namespace
}  // namespace shangdao::engine
