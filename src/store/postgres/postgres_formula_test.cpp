// The query compiler on PostgreSQL: the contracts of agreement with the record back end, of limits and of pages.
#include "base/text.h"
#include "store/postgres/cluster_testing.h"
#include "store/postgres/connection.h"
#include "store/postgres/postgres_store.h"
#include "store/sql/agreement_testing.h"

namespace shangdao::store::agreement {
namespace {

const SystemClock system_clock;

std::unique_ptr<Store> open_engine(const Directory& directory, std::shared_ptr<const record::Catalogue> definitions)
{
    auto opened = open_postgres({.address = contract::Cluster::running().address(), .schema = directory.path().filename(), .readers = 2, .clock = &system_clock,
                                 .chain_key = std::string(32, 'k')},
                                std::move(definitions));
    require(opened.has_value(), "the store opens");
    return std::move(*opened);
}

}  // namespace
}  // namespace shangdao::store::agreement

#include "store/sql/agreement_contract.h"
#include "store/sql/limits_contract.h"
#include "store/sql/paging_contract.h"

namespace shangdao::store::agreement {
namespace {

std::string utf8(char32_t c)
{
    const auto tail = [&](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3F)); };
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), tail(0)};
    if (c < 0x10000) return {static_cast<char>(0xE0 | c >> 12), tail(6), tail(0)};
    return {static_cast<char>(0xF0 | c >> 18), tail(12), tail(6), tail(0)};
}

TEST("the server finds the key of every character that the program finds")
{
    const Directory directory;
    const auto store = open_engine(directory, catalogue());
    postgres::Connection connection(contract::Cluster::running().address(), std::vector<std::string>{"SET search_path TO \"" + directory.path().filename().string() + "\""});
    auto query = connection.prepare("SELECT match_key(?1), match_key(?2)");
    const auto compare = [&](const std::string& text) {
        query.again();
        query.bind(1, text).bind(2, text + "  B" + text);
        ASSERT_TRUE(query.step());
        EXPECT_EQ(query.text(0), match_key(text)) << text;
        EXPECT_EQ(query.text(1), match_key(text + "  B" + text)) << text;
    };
    // A hundred at a time, apart so that none composes with its neighbour.
    std::string text;
    for (char32_t c = 1, n = 0; c <= 0xE0FFF; ++c) {
        if ((c >= 0xD800 && c <= 0xDFFF) || (c > 0x1FFFF && c < 0xE0000)) continue;    // nothing folds in the planes between
        text += nfc(utf8(c)) + ".";
        if (++n % 100 == 0 || c == 0xE0FFF) compare(std::exchange(text, {}));
        if (testing::Test::HasFailure()) break;
    }
    for (const auto* phrase : {"", " ", "ÀÉÎ straße", "ＡＢＣ　公司", "Ｏ'Neil  &  Söhne", "上海 商道 有限公司", "ΌΣΟΣ ΣΑΣ", "ǅ ﬁn ½"}) compare(nfc(phrase));
}

}  // namespace
}  // namespace shangdao::store::agreement
