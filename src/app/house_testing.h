// House – a data directory of its own for a test, and the command lines that are called on it.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "app/backup/place.h"
#include "app/command.h"
#include "engine/files/kept_files.h"
#include "sales/customer/attachment/attaching.h"

namespace shangdao::app {

inline const ManualClock clock_of_tests{*parse_instant("2026-03-02T01:00:00Z")};

struct Said {
    int code = 0;
    std::string out, error;
};

// A directory with the data directory "D" in it, and commands that are called there.
class House {
public:
    House()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "backup-XXXXXX").string();
        directory_ = ::mkdtemp(pattern.data());
        EXPECT_EQ(call("init --data D --org 示例公司 --admin admin@example.com").code, 0);
    }
    ~House() { std::filesystem::remove_all(directory_); }

    std::filesystem::path operator/(const std::string& name) const { return directory_ / name; }

    Said call(const std::string& line, Language language = Language::en)
    {
        std::istringstream words(line), in;
        std::vector<std::string> arguments{std::istream_iterator<std::string>(words), {}};
        std::ostringstream out, error;
        Terminal terminal{in, out, error, directory_, language};
        const int code = run(arguments, terminal, clock_of_tests, nullptr);
        return {code, out.str(), error.str()};
    }

    // A new record with a file.
    void attach(const std::string& bytes)
    {
        auto opened = open_for_writing(*DataDirectory::find(*this / "D"), clock_of_tests, 1);
        auto& engine = *(*opened)->engine;
        std::ofstream(engine.directory() / "arrived", std::ios::binary) << bytes;
        const auto kept = engine::keep_file(customer::attachment_shelf(engine), engine.directory() / "arrived");
        const engine::Caller system{.kind = engine::Caller::Kind::system};
        ASSERT_TRUE(engine.write_now(system, [&](engine::Work& work) -> Result<std::string> {
            const auto& accounts = work.desk.catalogue->at("account");
            TRY(const auto account, engine.records().create(work, accounts, {{*accounts.slot("name"), std::string{"华兴机械"}}}));
            CHECK_OK(customer::attach(work, engine.records(), {"account", account.id()}, "a.txt", kept));
            return std::string{};
        }));
    }

    std::filesystem::path newest() const { return Place::find(*this / "B")->backup(Place::find(*this / "B")->names().back()); }

private:
    std::filesystem::path directory_;
};

}  // namespace shangdao::app
