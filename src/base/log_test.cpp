#include "base/log.h"

#include <unistd.h>

#include <array>
#include <sstream>
#include <thread>
#include <vector>

#include "base/json.h"
#include "base/testing.h"

namespace shangdao {
namespace {

const Instant noon = parse_instant("2026-03-20T12:00:00.5Z").value();

// Sends the log into a pipe for a while and reads what arrived.
class Listening {
public:
    explicit Listening(LogSettings settings)
    {
        EXPECT_EQ(::pipe(ends_.data()), 0);
        settings.file = ends_[1];
        set_log(settings);
    }
    ~Listening() { stop(); }
    std::vector<std::string> lines()
    {
        stop();
        std::string all;
        std::array<char, 4096> buffer;
        for (ssize_t got = 0; (got = ::read(ends_[0], buffer.data(), buffer.size())) > 0;)
            all.append(buffer.data(), static_cast<std::size_t>(got));
        ::close(ends_[0]);
        std::vector<std::string> found;
        std::istringstream in(all);
        for (std::string line; std::getline(in, line);) found.push_back(line);
        return found;
    }

private:
    void stop()
    {
        if (!listening_) return;
        listening_ = false;
        set_log({});
        ::close(ends_[1]);
    }
    std::array<int, 2> ends_{};
    bool listening_ = true;
};

}  // namespace

TEST("a line of the log is JSON, its fields in their order")
{
    const std::string harbour = "上海 \"A\"\n";
    const auto line = log_line(LogFormat::json, noon, Level::warning, "boat late",
                               {{"harbour", harbour},
                                {"berth", 7},
                                {"size", std::uint64_t{18446744073709551615u}},
                                {"took_ms", 0.1},
                                {"full", true}});
    EXPECT_EQ(
        line,
        R"({"at":"2026-03-20T12:00:00.5Z","level":"warning","message":"boat late","harbour":"上海 \"A\"\n","berth":7,"size":18446744073709551615,"took_ms":0.1,"full":true})");
    EXPECT_TRUE(parse_json(line));
}

TEST("a line of the log is text that a person reads")
{
    EXPECT_EQ(log_line(LogFormat::text, noon, Level::info, "boat\nlate",
                       {{"harbour", "上海"}, {"note", "two words"}, {"none", ""}, {"berth", -7}}),
              "2026-03-20T12:00:00.5Z info    boat late harbour=上海 note=\"two words\" none=\"\" berth=-7");
}

TEST("a field that names a secret keeps it")
{
    for (const auto* key : {"password", "new_password", "Authorization", "api_token", "Set-Cookie", "client_secret"})
        for (const auto format : {LogFormat::json, LogFormat::text}) {
            const auto line = log_line(format, noon, Level::info, "sign in", {{key, "open sesame"}});
            EXPECT_EQ(line.find("sesame"), std::string::npos) << line;
            EXPECT_NE(line.find("…"), std::string::npos) << line;
        }
}

TEST("bytes that are no UTF-8 do not break the line")
{
    const auto line = log_line(LogFormat::json, noon, Level::info, "x\xFF", {{"path", "/\xE5\x8D"}});
    EXPECT_TRUE(parse_json(line)) << line;
}

TEST("what is below the least level is not written")
{
    Listening listening({.format = LogFormat::text, .least = Level::warning});
    log(Level::info, "quiet");
    log(Level::warning, "loud", {{"n", 1}});
    log(Level::error, "louder");
    const auto lines = listening.lines();
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_TRUE(lines[0].ends_with("warning loud n=1")) << lines[0];
    EXPECT_TRUE(lines[1].ends_with("error   louder")) << lines[1];
}

TEST("lines of many threads stay whole")
{
    Listening listening({});
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([i] {
                for (int j = 0; j < 50; ++j) log(Level::info, "line", {{"thread", i}, {"number", j}});
            });
    }
    const auto lines = listening.lines();
    EXPECT_EQ(lines.size(), 200u);
    for (const auto& line : lines) EXPECT_TRUE(parse_json(line)) << line;
}

TEST("a log that nobody can read loses lines, not the program")
{
    set_log({.file = -1});
    EXPECT_NO_THROW(log(Level::error, "nobody hears"));
    set_log({});
}

}  // namespace shangdao
