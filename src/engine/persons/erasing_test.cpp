// Somebody of the crew is erased: what was known of him goes, what hangs on him in numbers stays, and nobody else loses a word.
#include "engine/persons/erasing.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/testing.h"
#include "engine/engine_objects.h"
#include "engine/once.h"
#include "engine/persons/erased_list.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using record::FieldClass;
using record::OnErase;
using record::Type;
using record::WrittenBy;
using testing_fleet::Fleet;

constexpr record::FieldDef recruit_fields[] = {
    {.name = "name", .type = Type::text, .label = {"姓名", "Name"}, .need = record::Need::required, .field_class = FieldClass::personal, .searched = record::Searched::yes},
    {.name = "sailor", .type = Type::reference, .label = {"船员", "Sailor"}, .target = "sailor", .reverse = "recruits", .on_erase = OnErase::texts},
    {.name = "erased_at", .type = Type::instant, .label = {"抹除时间", "Erased at"}, .written_by = WrittenBy::system},
};
constexpr record::FieldDef sailor_fields[] = {
    {.name = "name", .type = Type::text, .label = {"姓名", "Name"}, .need = record::Need::required, .field_class = FieldClass::personal, .searched = record::Searched::yes, .text_kind = record::TextKind::person},
    {.name = "phone", .type = Type::text, .label = {"电话", "Phone"}, .field_class = FieldClass::personal, .searched = record::Searched::yes, .text_kind = record::TextKind::phone},
    {.name = "born_on", .type = Type::date, .label = {"生日", "Born on"}, .field_class = FieldClass::personal},
    {.name = "remarks", .type = Type::text, .label = {"备注", "Remarks"}, .text_kind = record::TextKind::long_text},
    {.name = "boat", .type = Type::reference, .label = {"船", "Boat"}, .target = "boat", .reverse = "crew"},
    {.name = "pay", .type = Type::money, .label = {"酬劳", "Pay"}},
    {.name = "erased_at", .type = Type::instant, .label = {"抹除时间", "Erased at"}, .written_by = WrittenBy::system},
};
constexpr record::FieldDef watch_fields[] = {
    {.name = "name", .type = Type::text, .label = {"值更", "Name"}, .need = record::Need::required, .searched = record::Searched::yes},
    {.name = "sailor", .type = Type::reference, .label = {"船员", "Sailor"}, .target = "sailor", .reverse = "watches", .on_erase = OnErase::texts},
    {.name = "hours", .type = Type::number, .label = {"时数", "Hours"}},
};
constexpr record::FieldDef memo_fields[] = {
    {.name = "name", .type = Type::text, .label = {"便条", "Name"}, .searched = record::Searched::yes},
    {.name = "sailor", .type = Type::reference, .label = {"船员", "Sailor"}, .target = "sailor", .reverse = "memos", .on_erase = OnErase::gone},
    {.name = "watch", .type = Type::reference, .label = {"值更", "Watch"}, .target = "watch", .reverse = "memos", .on_erase = OnErase::gone},
};
constexpr record::FieldDef oath_fields[] = {
    {.name = "name", .type = Type::text, .label = {"誓词", "Name"}},
    {.name = "sailor", .type = Type::reference, .label = {"船员", "Sailor"}, .target = "sailor", .reverse = "oaths", .on_erase = OnErase::personal},
    {.name = "witness", .type = Type::text, .label = {"见证", "Witness"}, .field_class = FieldClass::personal},
};
constexpr record::ObjectDef recruit_object{.name = "recruit", .plural = "recruits", .label = {"新兵", "Recruit"}, .plural_label = {"新兵", "Recruits"}, .about = record::About::person, .fields = recruit_fields};
constexpr record::ObjectDef sailor_object{.name = "sailor", .plural = "sailors", .label = {"船员", "Sailor"}, .plural_label = {"船员", "Sailors"}, .about = record::About::person, .fields = sailor_fields};
constexpr record::ObjectDef watch_object{.name = "watch", .plural = "watches", .label = {"值更", "Watch"}, .plural_label = {"值更", "Watches"}, .fields = watch_fields};
constexpr record::ObjectDef memo_object{.name = "memo", .plural = "memos", .label = {"便条", "Memo"}, .plural_label = {"便条", "Memos"}, .fields = memo_fields};
constexpr record::ObjectDef oath_object{.name = "oath", .plural = "oaths", .label = {"誓词", "Oath"}, .plural_label = {"誓词", "Oaths"}, .fields = oath_fields};

Rooms rooms()
{
    auto rooms = testing_fleet::rooms();
    rooms.objects.insert(rooms.objects.end(), {&recruit_object, &sailor_object, &watch_object, &memo_object, &oath_object});
    return rooms;
}

struct Crew : Fleet {
    Id purser, sailor, recruit, watch, memo, oath, boat, mate_of_his;

    Crew() : Fleet(rooms())
    {
        (void)write(system(), [&](Work& work) -> Result<std::string> {
            const auto& roles = work.desk.catalogue->at("role");
            CHECK_OK(engine->records().create(work, roles, {{*roles.slot("key"), std::string{"purser"}}, {*roles.slot("rights"), std::string{R"({"general":["erase"],"objects":{"*":{"create":true,"read":"all","edit":"all","delete":"all"}}})"}}}));
            return std::string{};
        });
        purser = member("佩瑟", "purser", {});
        boat = *create(purser, "boat", R"({"name":"海鸥"})");
        sailor = *create(purser, "sailor", R"({"name":"辛德瑞","phone":"13800138000","born_on":"1990-05-01","remarks":"怕水的朱红","pay":"8000.00","boat":")" + to_string(boat) + R"("})");
        recruit = *create(purser, "recruit", R"({"name":"辛德瑞新兵","sailor":")" + to_string(sailor) + R"("})");
        watch = *create(purser, "watch", R"({"name":"朱红夜更","hours":4,"sailor":")" + to_string(sailor) + R"("})");
        memo = *create(purser, "memo", R"({"name":"朱红便条","watch":")" + to_string(watch) + R"("})");
        oath = *create(purser, "oath", R"({"name":"第三版","witness":"朱红见证","sailor":")" + to_string(sailor) + R"("})");
        mate_of_his = *create(purser, "sailor", R"({"name":"伙伴","remarks":"留下"})");
        (void)change(purser, "sailor", sailor, std::nullopt, R"({"remarks":"仍怕水的朱红"})");
    }
    std::string begin(Id by, std::string_view object, Id id, std::string_view body, Proof proof = Proof::fresh) const
    {
        auto caller = as(by);
        caller.proof = proof;
        const auto job = engine->write_now(caller, [&](Work& work) -> Result<std::string> {
            TRY(const auto begun, begin_erasing(work, engine->records(), work.desk.catalogue->at(object), id, boost::json::parse(body)));
            return to_string(begun);
        });
        return job ? *job : job.error().front().code;
    }
    Record find(std::string_view object, Id id) const { return *engine->store().read()->find(engine->store().catalogue()->at(object), id); }
    std::string text(std::string_view object, Id id, std::string_view field) const
    {
        const auto record = find(object, id);
        const auto* value = std::get_if<std::string>(&record.at(*engine->store().catalogue()->at(object).slot(field)));
        return value == nullptr ? "" : *value;
    }
    std::string result_of(Id job) const
    {
        const auto row = find("job", job);
        return *row.get(job::result);
    }
    // Texts of the whole ledger.
    std::string ledger() const
    {
        std::string all;
        for (const auto& event : engine->store().read()->events_after(0, 100'000)) all += event.changes + event.reason + "\n";
        return all;
    }
};

TEST("what was known of a person goes with him, and numbers stay")
{
    const Crew crew;
    const auto job = *parse_id(crew.begin(crew.purser, "sailor", crew.sailor, R"({"reason":"他要求的"})"));
    crew.engine->jobs().run_to_end(job);
    EXPECT_EQ(crew.result_of(job), R"({"records":5,"files":0,"clean":true})");
    EXPECT_EQ(crew.text("sailor", crew.sailor, "name"), "已抹除 / Erased " + to_string(crew.sailor));
    const auto sailor = crew.find("sailor", crew.sailor);
    const auto& object = crew.engine->store().catalogue()->at("sailor");
    for (const auto* field : {"phone", "born_on", "remarks"}) EXPECT_TRUE(record::is_null(sailor.at(*object.slot(field)))) << field;
    EXPECT_FALSE(record::is_null(sailor.at(*object.slot("pay"))));
    EXPECT_EQ(sailor.at(*object.slot("boat")), record::Value{crew.boat});
    EXPECT_EQ(crew.text("recruit", crew.recruit, "name"), "已抹除 / Erased " + to_string(crew.recruit)) << "the same person";
    EXPECT_EQ(crew.text("watch", crew.watch, "name"), "已抹除 / Erased " + to_string(crew.watch));
    EXPECT_FALSE(crew.engine->store().read()->find(crew.engine->store().catalogue()->at("memo"), crew.memo)) << "of a watch of his";
    EXPECT_EQ(crew.text("oath", crew.oath, "name"), "第三版");
    EXPECT_EQ(crew.text("oath", crew.oath, "witness"), "");
    EXPECT_EQ(crew.text("sailor", crew.mate_of_his, "remarks"), "留下");
    const auto ledger = crew.ledger();
    for (const auto* word : {"辛德瑞", "13800138000", "朱红", "1990-05-01"}) EXPECT_FALSE(ledger.contains(word)) << word;
    EXPECT_TRUE(ledger.contains("他要求的"));
    EXPECT_TRUE(ledger.contains("留下"));
    EXPECT_EQ(testing_fleet::rows(*crew.search(crew.purser, "朱红")), 0u);
    const auto history = *crew.history(crew.purser, "sailor", crew.sailor);
    EXPECT_EQ(history.at("data").at(0).at("verb").as_string(), "erased");
    EXPECT_EQ(history.at("data").at(0).at("reason").as_string(), "他要求的");
    EXPECT_TRUE(history.at("data").at(1).at("erased").as_bool());
    EXPECT_EQ(read_erased(erased_list(crew.directory)).size(), 2u);
}

TEST("whoever may not, or gives no reason, or shows no proof, erases nobody")
{
    const Crew crew;
    const struct {
        Id by;
        std::string_view object;
        Id id;
        std::string_view body;
        Proof proof;
        std::string_view code;
    } table[] = {
        {crew.captain, "sailor", crew.sailor, R"({"reason":"x"})", Proof::fresh, "not_found"},
        {crew.admiral, "sailor", crew.sailor, R"({"reason":"x"})", Proof::fresh, "forbidden"},
        {crew.purser, "boat", crew.boat, R"({"reason":"x"})", Proof::fresh, "no_person"},
        {crew.purser, "sailor", Id{5}, R"({"reason":"x"})", Proof::fresh, "not_found"},
        {crew.purser, "sailor", crew.sailor, R"({})", Proof::fresh, "required"},
        {crew.purser, "sailor", crew.sailor, R"({"reason":" 　"})", Proof::fresh, "required"},
        {crew.purser, "sailor", crew.sailor, R"({"reason":7})", Proof::fresh, "invalid_value"},
        {crew.purser, "sailor", crew.sailor, R"({"raison":"x"})", Proof::fresh, "unknown_field"},
        {crew.purser, "sailor", crew.sailor, R"([])", Proof::fresh, "invalid_value"},
        {crew.purser, "sailor", crew.sailor, R"({"reason":"x"})", Proof::stale, "proof_required"},
        {crew.purser, "sailor", crew.sailor, R"({"reason":"x"})", Proof::never, "forbidden"},
    };
    for (const auto& row : table) EXPECT_EQ(crew.begin(row.by, row.object, row.id, row.body, row.proof), row.code) << row.body;
    EXPECT_EQ(crew.text("sailor", crew.sailor, "phone"), "13800138000");
}

TEST("nothing is written about somebody who was erased, but the record changes hands and goes to the bin")
{
    const Crew crew;
    crew.engine->jobs().run_to_end(*parse_id(crew.begin(crew.purser, "sailor", crew.sailor, R"({"reason":"x"})")));
    EXPECT_EQ(crew.change(crew.purser, "sailor", crew.sailor, std::nullopt, R"({"phone":"13900139000"})").error().front().code, "record_erased");
    EXPECT_EQ(crew.text("sailor", crew.sailor, "phone"), "");
    const auto& object = crew.engine->store().catalogue()->at("sailor");
    EXPECT_TRUE(crew.write(Fleet::as(crew.purser), [&](Work& work) -> Result<std::string> {
        CHECK_OK(crew.engine->records().hand_over(work, object, *work.unit.find(object, crew.sailor), crew.captain, ""));
        CHECK_OK(crew.engine->records().remove(work, object, crew.sailor, std::nullopt));
        return std::string{};
    }));
}

TEST("a job that is killed at any step goes on where it stood")
{
    for (int steps = 1; steps < 6; ++steps) {
        Crew crew;
        for (int i = 0; i < 250; ++i) ASSERT_TRUE(crew.create(crew.purser, "watch", R"({"name":"朱红更","sailor":")" + to_string(crew.sailor) + R"("})"));
        const auto job = *parse_id(crew.begin(crew.purser, "sailor", crew.sailor, R"({"reason":"x"})"));
        crew.engine->jobs().run_steps(job, steps);
        crew.open(rooms());
        crew.engine->jobs().run_to_end(job);
        EXPECT_EQ(crew.result_of(job), R"({"records":255,"files":0,"clean":true})") << steps;
        EXPECT_FALSE(crew.ledger().contains("朱红")) << steps;
    }
}

TEST("of an event over many what it says of the others stays, and so do kept answers of others")
{
    const Crew crew;
    const auto kept = [&](std::string_view key, const std::string& answer) {
        (void)crew.write(Fleet::as(crew.purser), [&](Work& work) { return only_once(work, {std::string{key}, "h"}, [&]() -> Result<std::string> { return answer; }); });
    };
    kept("his", R"({"id":")" + to_string(crew.memo) + R"("})");
    kept("named", R"({"name":"辛德瑞"})");
    kept("other", R"({"id":")" + to_string(crew.mate_of_his) + R"("})");
    (void)crew.write(Fleet::system(), [&](Work& work) -> Result<std::string> {
        EventBatch batch;
        for (const auto id : {crew.sailor, crew.mate_of_his}) batch.add("sailor", "changed", id, R"({"remarks":["a","朱红)" + to_string(id) + R"("]})");
        batch.flush(work.unit, work.desk);
        return std::string{};
    });
    crew.engine->jobs().run_to_end(*parse_id(crew.begin(crew.purser, "sailor", crew.sailor, R"({"reason":"x"})")));
    EXPECT_FALSE(crew.ledger().contains("朱红" + to_string(crew.sailor)));
    EXPECT_TRUE(crew.ledger().contains("朱红" + to_string(crew.mate_of_his)));
    const auto view = crew.engine->store().read();
    const auto& keys = view->catalogue().at("once_key");
    std::string left;
    for (const auto& row : view->records({.from = &keys, .limit = 100}, {})) left += std::get<std::string>(row.at(keys.name_slot())) + " ";
    EXPECT_EQ(left, to_string(crew.purser) + ":other ");
}

TEST("files that wait to be fetched or imported go, but for those of an import under way")
{
    const Crew crew;
    const auto files = crew.directory / "files";
    for (const auto* name : {"exports/123456789.xlsx", "imports/123456789-a.csv", "imports/987654321-b.csv", "imports/123456789.refused"}) {
        std::filesystem::create_directories((files / name).parent_path());
        std::ofstream(files / name) << "朱红";
    }
    (void)crew.write(Fleet::as(crew.purser), [&](Work& work) -> Result<std::string> { return to_string(Jobs::enqueue(work, "import", R"({"files":{"a":"987654321-b.csv"}})")); });
    const auto job = *parse_id(crew.begin(crew.purser, "sailor", crew.sailor, R"({"reason":"x"})"));
    crew.engine->jobs().run_to_end(job);
    EXPECT_EQ(crew.result_of(job), R"({"records":5,"files":3,"clean":true})");
    EXPECT_TRUE(std::filesystem::exists(files / "imports/987654321-b.csv"));
}

TEST("whoever comes back with an older store is erased again, once")
{
    Crew crew;
    const std::vector<ErasedPerson> list{{"sailor", crew.sailor, crew.clock.now()}, {"sailor", Id{77}, crew.clock.now()}, {"ship", Id{78}, crew.clock.now()}, {"boat", crew.boat, crew.clock.now()}};
    add_erased(erased_list(crew.directory), list);
    std::ofstream(erased_list(crew.directory), std::ios::app) << R"({"object":"sai)";
    add_erased(erased_list(crew.directory), list);
    EXPECT_EQ(read_erased(erased_list(crew.directory)), list);
    EXPECT_EQ(erase_again(*crew.engine), 1);
    EXPECT_EQ(crew.text("sailor", crew.sailor, "phone"), "");
    EXPECT_FALSE(crew.ledger().contains("朱红"));
    EXPECT_EQ(erase_again(*crew.engine), 0);
}

}  // namespace
}  // namespace shangdao::engine
