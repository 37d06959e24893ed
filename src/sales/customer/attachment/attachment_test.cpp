// Attachments and their files: what nobody can get back any more leaves the disk, and nothing else.
#include "base/testing.h"

#include <fstream>

#include "sales/customer/attachment/attaching.h"
#include "sales/customer/attachment/purging.h"
#include "sales/office_testing.h"

namespace shangdao::customer {
namespace {

using sales::Office;

struct Cabinet : Office {
    Id lilei = hire("李雷", "rep"), account = create(lilei, "account", R"({"name":"华兴机械"})")->id();

    engine::KeptFile keep(std::string_view bytes)
    {
        const auto arrived = engine().directory() / "arrived";
        std::ofstream(arrived, std::ios::binary) << bytes;
        auto kept = engine::keep_file(attachment_shelf(engine()), arrived);
        std::filesystem::last_write_time(*engine::find_kept_file(attachment_shelf(engine()), kept.hash), std::filesystem::file_time_type::clock::now() - std::chrono::hours{unknown_file_hours + 1});
        return kept;
    }
    Id attach_file(const engine::KeptFile& kept)
    {
        const auto id = engine().write_now({.member = lilei}, [&](engine::Work& work) -> Result<std::string> {
            TRY(const auto record, attach(work, engine().records(), {"account", account}, "a.txt", kept));
            return to_string(record.id());
        });
        return *parse_id(*id);
    }
    void turn(Id attachment, bool in)
    {
        ASSERT_TRUE(engine().write_now({.member = lilei}, [&](engine::Work& work) -> Result<std::string> {
            const auto& attachments = work.desk.catalogue->at("attachment");
            if (in) CHECK_OK(engine().records().remove(work, attachments, attachment, std::nullopt));
            else CHECK_OK(engine().records().restore(work, attachments, attachment));
            return std::string{};
        }));
    }
    bool lies(const engine::KeptFile& kept) { return engine::find_kept_file(attachment_shelf(engine()), kept.hash).has_value(); }
};

TEST("a file of a refused attachment goes after a day, one that is attached stays")
{
    Cabinet cabinet;
    const auto attached = cabinet.keep("attached"), refused = cabinet.keep("refused");
    cabinet.attach_file(attached);
    EXPECT_EQ(purge_attachments(cabinet.engine()), (Purged{.attachments = 0, .files = 1}));
    EXPECT_TRUE(cabinet.lies(attached));
    EXPECT_FALSE(cabinet.lies(refused));
}

TEST("a deleted attachment is purged when it has been in the bin for 30 days, its file with the last that knows it")
{
    Cabinet cabinet;
    const auto alone = cabinet.keep("alone"), shared = cabinet.keep("shared"), saved = cabinet.keep("saved");
    const auto gone = cabinet.attach_file(alone), one = cabinet.attach_file(shared), back = cabinet.attach_file(saved);
    cabinet.attach_file(shared);
    for (const auto id : {gone, one, back}) cabinet.turn(id, true);
    cabinet.on("2026-04-01");   // 30 days later to the minute
    EXPECT_EQ(purge_attachments(cabinet.engine()), Purged{});
    cabinet.turn(back, false);
    cabinet.on("2026-04-02");
    const auto head = cabinet.engine().store().read()->head();
    EXPECT_EQ(purge_attachments(cabinet.engine()), (Purged{.attachments = 2, .files = 1}));
    EXPECT_FALSE(cabinet.lies(alone));
    EXPECT_TRUE(cabinet.lies(shared));
    EXPECT_TRUE(cabinet.lies(saved));
    EXPECT_EQ(cabinet.engine().store().read()->head(), head + 1);
    const auto event = *cabinet.engine().store().read()->event(head + 1);
    EXPECT_EQ(event.verb, "purged");
    EXPECT_EQ(event.ids, (std::vector<Id>{gone, one}));
    EXPECT_EQ(purge_attachments(cabinet.engine()), Purged{});
}

}  // namespace
}  // namespace shangdao::customer
