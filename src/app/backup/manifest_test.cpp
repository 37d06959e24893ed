// A seal proves that a text is whole, not who made it: what is sealed and tells of something else is damaged, and nothing worse.
#include "app/backup/manifest.h"

#include <fstream>

#include "app/backup/place.h"
#include "base/testing.h"
#include "store/store_testing.h"

namespace shangdao::app {
namespace {

const Manifest manifest{.version = "1.0", .organisation = "a", .name = "甲", .at = Instant{1}, .log = {}, .database = {"00", 1}, .keys = {"00", 1}, .store = {.tables = {{"o_deal", "ab", 3}}}, .files = {{"11", 2}}, .missing = {"22"}, .findings = {}};

using Replacements = std::vector<std::pair<std::string_view, std::string_view>>;

// A sealed text, sealed anew with another word in it.
std::string with(std::string_view text, std::string_view word, std::string_view instead)
{
    const auto line = unsealed(text).value();
    const auto at = line.find(word);
    return at == std::string::npos ? "" : sealed(std::string{line}.replace(at, word.size(), instead));
}

TEST("a manifest reads as it was written, and one of another shape is damaged")
{
    const auto text = manifest.text();
    EXPECT_EQ(Manifest::read(text, "B")->text(), text);
    const Replacements others{{R"("seq":"0")", R"("seq":"x")"}, {R"("seq":"0")", R"("seq":0)"}, {R"("tables")", R"("tabels")"}, {R"("at":"1970)", R"("at":"197)"},
                              {R"("bytes":1)", R"("bytes":1.5)"}, {R"("missing":["22"])", R"("missing":[22])"}, {R"("format":1)", R"("format":"1")"}, {"{", "["}};
    for (const auto& [word, instead] : others) {
        const auto read = Manifest::read(with(text, word, instead), "B");
        ASSERT_FALSE(read) << instead;
        EXPECT_EQ(read.error(), (Problems{{"backup_damaged", "B", {{"path", "B"}}}})) << instead;
    }
    EXPECT_EQ(Manifest::read(sealed(R"({"format":2,"version":"9.0"})"), "B").error().front().code, "backup_too_new");
}

TEST("a segment and a place of another shape are damaged, a run that cannot be read is none")
{
    const store::contract::Directory directory;
    const WalLog log(directory.path());
    const std::string head = R"({"format":1,"segment":1,"run":"r","page_bytes":4096,"after":0,"frames_bytes":0,"frames_sha256":"","points":[[1,2,3]]})";
    std::ofstream(log.path(1)) << sealed(head);
    EXPECT_EQ(log.head(1)->points.front().seq, 3);
    const Replacements others{{R"("run")", R"("ran")"}, {"[1,2,3]", "[1,2]"}, {"[1,2,3]", "7"}, {R"("segment":1)", R"("segment":2)"}, {"4096", "0"}, {"4096", "-24"}};
    for (const auto& [word, instead] : others) {
        std::ofstream(log.path(1)) << with(sealed(head), word, instead);
        const auto read = log.head(1);
        ASSERT_FALSE(read) << instead;
        EXPECT_EQ(read.error().front().code, "backup_damaged") << instead;
    }
    std::ofstream(directory.path() / "run") << sealed(R"({"run":7})");
    EXPECT_EQ(log.place().run, "");
    std::ofstream(directory.path() / "place") << sealed("[]");
    EXPECT_EQ(Place::find(directory.path()).error().front().code, "backup_damaged");
}

}  // namespace
}  // namespace shangdao::app
