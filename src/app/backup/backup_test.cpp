// The command lines themselves, on data directories of their own: what is backed up comes back, and whatever is not as it was made is refused.
#include "base/testing.h"

#include <fstream>
#include <random>

#include "app/house_testing.h"
#include "base/bytes.h"
#include "base/secret.h"

namespace shangdao::app {
namespace {

namespace fs = std::filesystem;

// Changes one bit of a file and, at the end, changes it back.
class Flipped {
public:
    Flipped(const fs::path& path, std::uint64_t bit) : path_(path), bit_(bit) { flip(); }
    ~Flipped() { flip(); }
    Flipped(const Flipped&) = delete;

private:
    void flip() const
    {
        std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
        const auto at = static_cast<std::streamoff>(bit_ / 8);
        file.seekg(at);
        const auto byte = file.get();
        file.seekp(at);
        file.put(static_cast<char>(byte ^ (1 << bit_ % 8)));
    }

    fs::path path_;
    std::uint64_t bit_;
};

TEST("a backup, restored, is the same in every table and file, and sound")
{
    House house;
    house.attach("first");
    house.attach("second");
    house.attach("first");
    EXPECT_EQ(house.call("backup --data D --to B").code, 0);
    EXPECT_EQ(house.call("verify B").code, 0);
    const auto restored = house.call("restore B --data D2");
    EXPECT_EQ(restored.code, 0) << restored.error;
    const auto check = house.call("check --data D2");
    EXPECT_EQ(check.code, 0) << check.error;
    for (const std::string bytes : {"first", "second"}) {
        const auto file = engine::find_kept_file(customer::attachment_shelf(house / "D2" / "orgs" / "main"), hex(sha256(bytes)));
        ASSERT_TRUE(file);
        EXPECT_EQ(read_text(*file), bytes);
    }
    // The restored one goes on: what is made of it is backed up to the same place.
    EXPECT_EQ(house.call("user add --data D2 --email li@example.com --name 李雷").code, 0);
    EXPECT_EQ(house.call("backup --data D2 --to B").code, 0);
    EXPECT_EQ(house.call("verify B").code, 0);
    EXPECT_EQ(Place::find(house / "B")->names().size(), 2u);
    EXPECT_FALSE(fs::exists(house / "B.partial"));
    EXPECT_FALSE(fs::exists(house / "D2.partial"));
}

TEST("a file is copied into a place once, and leaves it with the last backup that knows it")
{
    House house;
    house.attach("kept");
    EXPECT_NE(house.call("backup --data D --to B").out.find("1 files, 1 of them new"), std::string::npos);
    house.attach("more");
    EXPECT_NE(house.call("backup --data D --to B").out.find("2 files, 1 of them new"), std::string::npos);
    fs::remove_all(house / "D");
    EXPECT_EQ(house.call("restore B --data D").code, 0);
    const auto stray = house / "B" / "files" / "ab" / std::string(62, 'c');
    fs::create_directories(stray.parent_path());
    std::ofstream(stray) << "of a backup that is gone";
    fs::last_write_time(stray, fs::file_time_type::clock::now() - std::chrono::hours{72});
    EXPECT_EQ(house.call("backup --data D --to B --keep 1").code, 0);
    EXPECT_EQ(Place::find(house / "B")->names().size(), 1u);
    EXPECT_FALSE(fs::exists(stray));
    EXPECT_EQ(house.call("verify B").code, 0);
}

TEST("a file that is missing or damaged in the data does not stop the backup, which says so")
{
    House house;
    house.attach("kept");
    house.attach("lost");
    const auto shelf = customer::attachment_shelf(house / "D" / "orgs" / "main");
    fs::remove(*engine::find_kept_file(shelf, hex(sha256("lost"))));
    const Flipped flipped(*engine::find_kept_file(shelf, hex(sha256("kept"))), 5);
    const auto made = house.call("backup --data D --to B");
    EXPECT_EQ(made.code, 2);
    for (const auto* bytes : {"lost", "kept"}) EXPECT_NE(made.error.find(hex(sha256(bytes))), std::string::npos) << made.error;
    EXPECT_EQ(house.call("verify B").code, 2);
    EXPECT_EQ(house.call("restore B --data D2").code, 2);
    EXPECT_EQ(house.call("check --data D2").code, 0);
}

// Where to change it: every byte of what is small, and one bit in each page of the database.
std::vector<std::uint64_t> bits_of(const fs::path& path, std::mt19937& random)
{
    constexpr std::uint64_t page_bits = 4096 * 8, small_bits = page_bits * 4;
    const auto size = fs::file_size(path) * 8;
    const auto step = size > small_bits ? page_bits : 8;
    std::vector<std::uint64_t> bits;
    for (std::uint64_t from = 0; from < size; from += step) bits.push_back(from + random() % step);
    return bits;
}

TEST("no bit of a backup changes unseen: neither verify nor restore takes it, and nothing is left behind")
{
    const auto seed = std::random_device{}();
    printf("seed %u\n", seed);
    std::mt19937 random(seed);
    House house;
    house.attach("an attached file");
    ASSERT_EQ(house.call("backup --data D --to B").code, 0);
    std::size_t flips = 0;
    // Each is verified; every 16th is restored as well, which waits for the disk.
    const auto refused = [&](const std::string& what) {
        EXPECT_EQ(house.call("verify B").code, 1) << what;
        if (flips++ % 16 != 0) return;
        EXPECT_EQ(house.call("restore B --data D2").code, 1) << what;
        EXPECT_FALSE(fs::exists(house / "D2") || fs::exists(house / "D2.partial")) << what;
    };
    const auto attached = *engine::find_kept_file(Place::find(house / "B")->files(), hex(sha256("an attached file")));
    for (const auto& path : {house / "B" / "place", house.newest() / "manifest", house.newest() / "server.json", house.newest() / "data.sqlite", attached}) {
        for (const auto bit : bits_of(path, random)) {
            const Flipped flipped(path, bit);
            refused(path.string() + " bit " + std::to_string(bit));
            if (testing::Test::HasFailure()) return;
        }
        const auto whole = read_text(path);
        fs::resize_file(path, whole.size() - 1);
        refused(path.string() + " cut short");
        fs::remove(path);
        refused(path.string() + " gone");
        std::ofstream(path, std::ios::binary) << whole;
    }
    const auto beside = house.newest() / "data.sqlite-wal";
    std::ofstream(beside) << "x";
    EXPECT_EQ(house.call("verify B").code, 1);
    fs::remove(beside);
    EXPECT_EQ(house.call("verify B").code, 0);
    printf("%zu changes, each refused\n", flips);
}

TEST("what a backup is not made to or from is refused with the way out, in both languages")
{
    House house;
    ASSERT_EQ(house.call("backup --data D --to B").code, 0);
    ASSERT_EQ(house.call("init --data Other --org 另一家 --admin other@example.com").code, 0);
    fs::create_directories(house / "full");
    std::ofstream(house / "full" / "note") << "mine";
    ASSERT_EQ(house.call("backup --data D --to Newer").code, 0);
    const auto manifest = Place::find(house / "Newer")->backup(Place::find(house / "Newer")->names().back()) / "manifest";
    std::ofstream(manifest) << sealed(R"({"format":2,"version":"9.0"})");
    ASSERT_EQ(house.call("backup --data D --to Busy").code, 0);
    const auto held = FileLock::take(house / "Busy" / "lock");
    struct Row {
        std::string line, english, chinese;
    };
    for (const auto& [line, english, chinese] : {Row{"backup --data Other --to B", "of another organisation; choose another directory", "另一个组织的备份，请换一个目录"},
                                                 Row{"backup --data D --to full", "is not empty; choose a new one", "不是空的，请换一个新目录"},
                                                 Row{"backup --data D --to Busy", "wait until it is done", "请等它完成"},
                                                 Row{"backup --data none --to B", "is no data directory", "不是数据目录"},
                                                 Row{"restore B --data full", "is not empty; choose a new one", "不是空的，请换一个新目录"},
                                                 Row{"restore B --data D", "is not empty; choose a new one", "不是空的，请换一个新目录"},
                                                 Row{"restore nowhere --data D2", "no complete backup", "没有完整的备份"},
                                                 Row{"verify nowhere", "no complete backup", "没有完整的备份"},
                                                 Row{"verify Newer", "upgrade the program", "请升级程序"},
                                                 Row{"restore Newer --data D2", "upgrade the program", "请升级程序"}}) {
        const auto before = house.call("verify B").out;
        for (const auto& [language, sentence] : {std::pair{Language::en, english}, std::pair{Language::zh, chinese}}) {
            const auto said = house.call(line, language);
            EXPECT_EQ(said.code, 1) << line;
            EXPECT_NE(said.error.find(sentence), std::string::npos) << line << ": " << said.error;
        }
        EXPECT_EQ(house.call("verify B").out, before) << line;
        EXPECT_FALSE(fs::exists(house / "D2")) << line;
    }
    EXPECT_EQ(read_text(house / "full" / "note"), "mine");
}

}  // namespace
}  // namespace shangdao::app
