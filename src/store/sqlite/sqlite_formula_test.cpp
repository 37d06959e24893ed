// The query compiler on SQLite: the contracts of agreement with the record back end, of limits and of pages; and that common pages are
// walks over an index.
#include "store/sqlite/sqlite_store.h"

#include "store/sql/agreement_testing.h"
#include "store/sql/statement.h"
#include "store/sqlite/connection.h"

namespace shangdao::store::agreement {
namespace {

const SystemClock system_clock;

std::unique_ptr<Store> open_engine(const Directory& directory, std::shared_ptr<const record::Catalogue> definitions)
{
    auto opened = open_sqlite({.file = directory.path() / "store.db", .readers = 2, .cache_mib_per_reader = 8, .clock = &system_clock, .chain_key = std::string(32, 'k')}, std::move(definitions));
    require(opened.has_value(), "the store opens");
    return std::move(*opened);
}

// The walk SQLite takes, a line a step.
std::string plan_of(const World& world, const std::string& sql)
{
    sqlite::Connection connection(world.directory.path() / "store.db", sqlite::Role::reader, 2);
    auto query = connection.prepare("EXPLAIN QUERY PLAN " + sql);
    std::string lines;
    while (query.step()) lines += std::string{query.text(3)} + "\n";
    return lines;
}

}  // namespace
}  // namespace shangdao::store::agreement

#include "store/sql/agreement_contract.h"
#include "store/sql/limits_contract.h"
#include "store/sql/paging_contract.h"

namespace shangdao::store::agreement {
namespace {

TEST("the bin is walked by its own index, the last deleted first")
{
    World world(open_engine, 1);
    Select select{.from = &world.object("boat"), .deleted = Select::Deleted::only};
    select.order = {{by(world, "deleted_at"), true}};
    EXPECT_TRUE(sql::order_is_indexed(select));
    const auto statement = sql::compile(*world.definitions, select, world.moment, sql::Dialect::sqlite);
    ASSERT_TRUE(statement);
    const auto plan = plan_of(world, statement->text);
    EXPECT_FALSE(plan.contains("TEMP B-TREE")) << statement->text << plan;
    select.deleted = Select::Deleted::hide;
    EXPECT_FALSE(sql::order_is_indexed(select));
}

TEST("a common page walks an index and sorts nothing but itself")
{
    World world(open_engine, 1);
    const auto owners = std::make_shared<const record::OwnerSet>(record::OwnerSet{Id{11}, Id{12}, Id{13}});
    auto many = record::OwnerSet{};
    for (int i = 0; i < 64; ++i) many.insert(Id{11 + i});
    const std::shared_ptr<const Viewer> viewers[] = {nullptr, std::make_shared<Viewer>(std::make_shared<const record::OwnerSet>(record::OwnerSet{Id{11}}), false),
                                                     std::make_shared<Viewer>(owners, false),
                                                     std::make_shared<Viewer>(std::make_shared<const record::OwnerSet>(std::move(many)), false)};
    for (const auto* name : {"name", "crew", "price", "built_on", "state", "created_at"})
        for (const bool descending : {false, true})
            for (const auto& viewer : viewers)
                for (const bool later : {false, true}) {
                    Select select{.from = &world.object("boat"), .sight = viewer.get()};
                    select.order = {{by(world, name), descending}};
                    EXPECT_TRUE(sql::order_is_indexed(select)) << name;
                    if (later) {
                        const auto rows = world.seen("boat");
                        const auto slot = select.order[0].by->path.front();
                        const auto row = std::ranges::find_if(rows, [&](const record::Record* one) { return !record::is_null(one->at(slot)); });
                        select.after = {(*row)->at(slot), (*row)->id()};
                    }
                    const auto statement = sql::compile(*world.definitions, select, world.moment, sql::Dialect::sqlite);
                    ASSERT_TRUE(statement);
                    const auto plan = plan_of(world, statement->text);
                    // The merged page of a few owners is put in order once more, a page's worth of rows; and keys that are no
                    // longer listed have no index. The system's times have none per owner: one owner's rows are sorted.
                    const bool times = name == std::string_view{"created_at"};
                    const bool merged = (viewer == viewers[2] || viewer == viewers[3]) && !times;
                    const bool sorts = merged || (name == std::string_view{"state"} && viewer != nullptr) || (times && viewer == viewers[1]);
                    EXPECT_EQ(plan.contains("TEMP B-TREE"), sorts) << name << " " << descending << " " << later << "\n" << statement->text << "\n" << plan;
                    EXPECT_TRUE(plan.contains("INDEX")) << plan;
                    EXPECT_FALSE(merged && !plan.contains("MERGE")) << plan;
                }
}

}  // namespace
}  // namespace shangdao::store::agreement
