// What another program makes of our files: LibreOffice reads them and says what it found. Skipped where it is not installed.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/testing.h"
#include "exchange/sheet_testing.h"

namespace shangdao::exchange {

using Rows = std::vector<std::string>;

namespace {

bool office_installed()
{
    return std::filesystem::exists("/usr/bin/soffice");
}

// Converts inside the directory, with a profile of its own so that runs do not wait for each other.
bool convert(const trial::TemporaryDirectory& directory, std::string_view file, std::string_view filter)
{
    const std::string folder = directory.path().string();
    std::string words[] = {"soffice",   "-env:UserInstallation=file://" + folder + "/profile", "--headless", "--convert-to", std::string(filter),
                           "--outdir", folder,                                                folder + "/" + std::string(file)};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t output;
    posix_spawn_file_actions_init(&output);
    posix_spawn_file_actions_addopen(&output, 1, (directory / "log").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&output, 1, 2);
    pid_t child = 0;
    int status = -1;
    const bool started = ::posix_spawn(&child, "/usr/bin/soffice", &output, nullptr, arguments.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&output);
    return started && ::waitpid(child, &status, 0) == child && status == 0;
}

std::string content(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::size_t formulas_in(const std::string& flat_document)
{
    std::size_t count = 0;
    for (std::size_t at = flat_document.find("table:formula="); at != std::string::npos; at = flat_document.find("table:formula=", at + 1)) ++count;
    return count;
}

constexpr std::string_view to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";
constexpr std::string_view dangerous[] = {"=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"http://x\")", "\t=1+1", "＝1+1", "=cmd|'/c calc'!A0", "plain"};

}  // namespace

TEST("LibreOffice reads our workbook with equal values and finds no formula")
{
    if (!office_installed()) GTEST_SKIP() << "no soffice; install libreoffice-calc";
    const trial::TemporaryDirectory directory;
    const std::vector<Column> columns = {{"船名"}, {"length", ColumnKind::number}, {"worth", ColumnKind::money}, {"load", ColumnKind::share}, {"built", ColumnKind::date}, {"sighted", ColumnKind::instant}};
    const auto writer = open_writer("xlsx", directory / "voyage.xlsx", columns, {.sheet_name = "航行", .zone = Zone::find("Asia/Shanghai").value()}).value();
    Rows expected = {"1: 船名|length|worth|load|built|sighted"};
    for (const std::string_view text : dangerous) {
        const std::vector<WriteCell> row = {text, Number{-1250, 2}, Money{123'456'755, Currency("CNY"), 0}, Share{285'000}, Date::of(2026, 3, 20), parse_instant("2026-03-20T08:30:15Z").value()};
        writer->write(row);
        expected.push_back(fmt::format("{}: {}|-12.5|1234567.55|28.5%|2026-03-20|2026-03-20 16:30:15", expected.size() + 1, text));
    }
    writer->finish();
    ASSERT_TRUE(convert(directory, "voyage.xlsx", to_csv)) << content(directory / "log");
    EXPECT_EQ(trial::rows_of(content(directory / "voyage-航行.csv")), expected);
    ASSERT_TRUE(convert(directory, "voyage.xlsx", "fods"));
    const std::string flat = content(directory / "voyage.fods");
    EXPECT_NE(flat.find("=1+1"), std::string::npos);
    EXPECT_EQ(formulas_in(flat), 0u);
}

TEST("LibreOffice runs nothing out of our text table for people, and would out of a raw one")
{
    if (!office_installed()) GTEST_SKIP() << "no soffice; install libreoffice-calc";
    const trial::TemporaryDirectory directory;
    for (const TextStyle style : {TextStyle::people, TextStyle::raw}) {
        const auto writer = open_writer("csv", directory / "voyage.csv", {{"船名"}, {"b"}}, {.text_style = style}).value();
        for (const std::string_view text : dangerous) {
            const std::vector<WriteCell> row = {text, std::string_view("x")};
            writer->write(row);
        }
        writer->finish();
        ASSERT_TRUE(convert(directory, "voyage.csv", "fods")) << content(directory / "log");
        const std::size_t formulas = formulas_in(content(directory / "voyage.fods"));
        if (style == TextStyle::people) EXPECT_EQ(formulas, 0u);
        else EXPECT_GT(formulas, 0u);
    }
}

}  // namespace shangdao::exchange
