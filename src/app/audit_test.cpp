// `audit verify`: names the first event that does not hold, of the data and of a backup, and remembers a head.
#include "app/house_testing.h"
#include "base/testing.h"
#include "store/sqlite/connection.h"

namespace shangdao::app {
namespace {

std::string head_of(const Said& said) { return said.out.substr(said.out.rfind(' ') + 1, said.out.size() - said.out.rfind(' ') - 2); }

TEST("the chain of the data and of a backup is proved, and a head that was kept holds for ever")
{
    House house;
    const auto first = house.call("audit verify --data D");
    EXPECT_EQ(first.code, 0) << first.error;
    ASSERT_EQ(house.call("backup --data D --to B").code, 0);
    EXPECT_EQ(house.call("audit verify --data B").out, first.out);
    house.attach("later");
    const auto later = house.call("audit verify --data D --head " + head_of(first));
    EXPECT_EQ(later.code, 0) << later.error;
    EXPECT_NE(head_of(later), head_of(first));
    EXPECT_EQ(house.call("audit verify --data B --head " + head_of(later)).code, 1);
}

TEST("an event that was changed, taken out, put in or cut off is named; a head shows what the keys' owner himself rewrote")
{
    struct Row {
        std::string sql, says;
    };
    for (const auto& [sql, says] : {Row{"UPDATE event SET actor = 7 WHERE seq = 3", "the first that does not is event 3"},
                                    Row{"DELETE FROM event WHERE seq = 2", "the first that does not is event 2"},
                                    Row{"UPDATE event SET seq = 900 WHERE seq = 4", "the first that does not is event 4"},
                                    Row{"DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)", "the first that does not"}}) {
        House house;
        house.attach("something");
        store::sqlite::Connection(house / "D" / "orgs" / "main" / "data.sqlite", store::sqlite::Role::writer, 1).execute(sql);
        const auto said = house.call("audit verify --data D");
        EXPECT_EQ(said.code, 1) << sql;
        EXPECT_NE(said.out.find(says), std::string::npos) << sql << ": " << said.out << said.error;
    }
    House house;
    const auto said = house.call("audit verify --data D --head 2:" + std::string(64, '0'), Language::en);
    EXPECT_EQ(said.code, 1);
    EXPECT_NE(said.error.find("was changed"), std::string::npos) << said.error;
    EXPECT_EQ(house.call("audit verify --data D --head two").code, 1);
    EXPECT_EQ(house.call("audit verify --data nowhere").code, 1);
}

}  // namespace
}  // namespace shangdao::app
