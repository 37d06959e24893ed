// Commits shipped to a place bring a backup to any of them: what is restored is compared, table by table, with what there was at that moment.
#include "base/testing.h"

#include <map>
#include <random>
#include <set>

#include "app/backup/shipping.h"
#include "app/house_testing.h"
#include "base/bytes.h"
#include "base/secret.h"

namespace shangdao::app {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// Without the pages of the text indexes, which are merged whenever there is time: not at moments that a test could name.
store::StoreProof proof_of(const fs::path& still)
{
    auto proof = store::prove_sqlite(still);
    std::erase_if(proof.tables, [](const auto& table) { return table.name.starts_with("s_"); });
    return proof;
}

// The organisation of a house, open for writing and shipped to "B".
class Shipped {
public:
    explicit Shipped(House& house) : house_(house), directory_(*DataDirectory::find(house / "D"))
    {
        auto shipping = Shipping::open(directory_, {.to = house / "B", .keep = 3, .every = 20ms}, clock_);
        require(shipping.has_value(), "a place is found");
        shipping_ = std::move(*shipping);
        auto opened = open_for_writing(directory_, clock_, 2, StoreWatch{.on_fail_stop = {}, .follower = shipping_.get()});
        require(opened.has_value(), "the data is opened");
        opened_ = std::move(*opened);
        shipping_->start();
    }
    ~Shipped()
    {
        opened_.reset();    // ships the last commits
    }
    Shipped(const Shipped&) = delete;

    // One second later: a record, with much in it when `bytes` says so.
    Instant write(std::size_t bytes = 10)
    {
        clock_.advance(1s);
        auto& engine = *opened_->engine;
        const engine::Caller system{.kind = engine::Caller::Kind::system};
        const auto written = engine.write_now(system, [&](engine::Work& work) -> Result<std::string> {
            const auto& notes = work.desk.catalogue->at("note");
            TRY(const auto note, engine.records().create(work, notes, {{*notes.slot("body"), std::string(bytes, 'n')}}));
            return to_string(note.id());
        });
        require(written.has_value(), "a record is written");
        return clock_.now();
    }

    // What the store holds now.
    store::StoreProof proof() const
    {
        const auto copy = house_ / "copy.sqlite";
        fs::remove(copy);
        store::copy_sqlite(directory_.store_file(), copy, {}, {});
        return proof_of(copy);
    }

    // Which WAL is being written: its salts, in the head of the file.
    std::string wal() const
    {
        std::ifstream file(directory_.store_file().string() + "-wal", std::ios::binary);
        std::string head(32, '\0');
        file.read(head.data(), static_cast<std::streamsize>(head.size()));
        return head.substr(16, 8);
    }

    Shipping& shipping() { return *shipping_; }
    ManualClock& clock() { return clock_; }

private:
    House& house_;
    ManualClock clock_{*parse_instant("2026-03-02T02:00:00Z")};
    DataDirectory directory_;
    std::unique_ptr<Shipping> shipping_;
    std::unique_ptr<Opened> opened_;
};

store::StoreProof restored(House& house, const std::string& until)
{
    fs::remove_all(house / "D2");
    const auto said = house.call("restore B --data D2" + (until.empty() ? "" : " --until " + until));
    EXPECT_EQ(said.code, 0) << said.error;
    if (said.code != 0) return {};
    const auto check = house.call("check --data D2");
    EXPECT_EQ(check.code, 0) << check.error;
    const auto copy = house / "restored.sqlite";
    fs::remove(copy);
    store::copy_sqlite(DataDirectory::find(house / "D2")->store_file(), copy, {}, {});
    return proof_of(copy);
}

TEST("every moment since the backup comes back as it was, over WALs that began anew, with what came in by the end")
{
    House house;
    std::map<Instant, store::StoreProof> moments;
    store::StoreProof last;
    {
        Shipped shipped(house);
        ASSERT_TRUE(shipped.shipping().catch_up());
        for (int round = 0; round < 3; ++round) {
            for (const auto bytes : {std::size_t{10}, std::size_t{100'000}}) {
                const auto at = shipped.write(bytes);
                moments.emplace(at, shipped.proof());
            }
            // More than a checkpoint waits for; it comes once nobody writes, and with the next write the WAL begins anew.
            const auto before = shipped.wal();
            for (int i = 0; i < 12; ++i) shipped.write(400'000);
            for (int i = 0; i < 100 && shipped.wal() == before; ++i) {
                (void)shipped.proof();
                shipped.write();
            }
            if (round != 1) ASSERT_TRUE(shipped.shipping().catch_up());
        }
        shipped.write();
        last = shipped.proof();
    }
    const auto place = *Place::find(house / "B");
    std::set<std::int64_t> beginnings;
    for (const auto number : place.log().numbers())
        if (const auto segment = place.log().head(number); segment->after == 0) beginnings.insert(number);
    EXPECT_GT(beginnings.size(), 1u) << "the WAL never began anew: this proves too little";
    const auto verified = house.call("verify B");
    EXPECT_EQ(verified.code, 0) << verified.error;
    for (const auto& [at, proof] : moments) {
        EXPECT_EQ(restored(house, to_string(at)), proof) << to_string(at);
    }
    EXPECT_EQ(restored(house, to_string(moments.rbegin()->first + 999ms)), moments.rbegin()->second);
    EXPECT_EQ(restored(house, ""), last);
    const auto too_early = house.call("restore B --data D3 --until 2026-03-02T01:59:59Z");
    EXPECT_EQ(too_early.code, 1);
    EXPECT_NE(too_early.error.find("choose that moment or a later one"), std::string::npos) << too_early.error;
    EXPECT_EQ(house.call("restore B --data D3 --until yesterday").code, 1);
    EXPECT_FALSE(fs::exists(house / "D3"));
}

TEST("a segment that is damaged, cut short or missing is refused, and one that is not needed is not missed")
{
    House house;
    Instant first;
    {
        Shipped shipped(house);
        ASSERT_TRUE(shipped.shipping().catch_up());
        first = shipped.write();
        shipped.write();
        ASSERT_TRUE(shipped.shipping().catch_up());
        shipped.write(2'000'000);
        ASSERT_TRUE(shipped.shipping().catch_up());
        shipped.write();
    }
    const auto log = Place::find(house / "B")->log();
    const auto numbers = log.numbers();
    ASSERT_GE(numbers.size(), 3u);
    const auto middle = log.path(numbers[numbers.size() - 2]);
    const auto whole = read_text(middle);
    std::mt19937 random(11);
    const auto refused = [&](const std::string& what) {
        EXPECT_EQ(house.call("verify B").code, 1) << what;
        EXPECT_EQ(house.call("restore B --data D2").code, 1) << what;
        EXPECT_FALSE(fs::exists(house / "D2")) << what;
        restored(house, to_string(first));
        fs::remove_all(house / "D2");
    };
    for (int i = 0; i < 12; ++i) {
        auto changed = whole;
        // The head at first, then anywhere.
        changed[i < 6 ? random() % 300 : random() % whole.size()] ^= static_cast<char>(1 << random() % 8);
        std::ofstream(middle, std::ios::binary) << changed;
        refused("changed");
    }
    fs::resize_file(middle, whole.size() - 1);
    refused("cut short");
    fs::remove(middle);
    refused("missing");
    std::ofstream(middle, std::ios::binary) << whole;
    EXPECT_EQ(house.call("verify B").code, 0);
}

TEST("what two runs of a server shipped does not run into one, and the newest run is restored")
{
    House house;
    Instant between;
    {
        Shipped shipped(house);
        shipped.write();
        ASSERT_TRUE(shipped.shipping().catch_up());
        between = shipped.write();
    }
    house.attach("written while nobody shipped");
    const auto first = restored(house, to_string(between));
    store::StoreProof last;
    {
        Shipped shipped(house);
        shipped.clock().set(between + 1h);
        ASSERT_TRUE(shipped.shipping().catch_up());
        shipped.write();
        last = shipped.proof();
    }
    EXPECT_EQ(restored(house, to_string(between)), first);
    EXPECT_EQ(restored(house, ""), last);
    const auto hash = hex(sha256("written while nobody shipped"));
    EXPECT_TRUE(engine::find_kept_file(customer::attachment_shelf(DataDirectory::find(house / "D2")->store_directory()), hash));
}

TEST("a place that cannot be written to holds nobody up, and gets all of it when it is back")
{
    House house;
    Shipped shipped(house);
    ASSERT_TRUE(shipped.shipping().catch_up());
    const auto log = house / "B" / "log", away = house / "B" / "away";
    fs::rename(log, away);
    shipped.write();
    EXPECT_FALSE(shipped.shipping().has_all());
    shipped.clock().advance(90s);
    EXPECT_GE(shipped.shipping().behind_seconds(), 90);
    fs::rename(away, log);
    shipped.write();
    ASSERT_TRUE(shipped.shipping().catch_up());
    EXPECT_TRUE(shipped.shipping().has_all());
    EXPECT_EQ(shipped.shipping().behind_seconds(), 0);
    EXPECT_EQ(restored(house, ""), shipped.proof());
    // Given up when it is too far behind: then a new run begins with a backup of its own.
    const auto backups = Place::find(house / "B")->names().size();
    shipped.shipping().left_behind();
    shipped.write();
    shipped.clock().advance(1s);
    ASSERT_TRUE(shipped.shipping().catch_up());
    shipped.write();
    ASSERT_TRUE(shipped.shipping().catch_up());
    EXPECT_EQ(Place::find(house / "B")->names().size(), backups + 1);
    EXPECT_EQ(restored(house, ""), shipped.proof());
}

TEST("only one server ships to a place, and no other organisation")
{
    House house;
    ASSERT_EQ(house.call("init --data Other --org 另一家").code, 0);
    const Shipped shipped(house);
    const ManualClock clock{Instant{}};
    EXPECT_EQ(Shipping::open(*DataDirectory::find(house / "D"), {.to = house / "B"}, clock).error().front().code, "backup_in_progress");
    EXPECT_EQ(Shipping::open(*DataDirectory::find(house / "Other"), {.to = house / "B"}, clock).error().front().code, "backup_of_another");
}

}  // namespace
}  // namespace shangdao::app
