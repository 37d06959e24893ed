// Files read in a process of their own: the same rows as here, nothing that a taken-over parser could do, and a parent that believes nothing.
#include "base/testing.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "base/fault.h"
#include "base/text.h"
#include "exchange/apart/apart.h"
#include "exchange/apart/frames.h"
#include "exchange/apart/sandbox.h"
#include "exchange/sheet_testing.h"

namespace shangdao::exchange {

namespace {

// This binary is its own worker: started with the word it serves a sheet and never comes to its tests.
const bool is_worker = [] {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    const std::string words{std::istreambuf_iterator<char>(file), {}};
    if (words.ends_with('\0' + std::string{reading_word} + '\0')) ::_exit(read_sheet_for_parent());
    return false;
}();

class Apart {
public:
    explicit Apart(const std::string& program = "/proc/self/exe") { read_sheets_apart(program); }
    ~Apart() { read_sheets_apart({}); }
};

std::string many_rows(int rows)
{
    std::string text = "code,name,amount\n";
    for (int i = 0; i < rows; ++i) text += std::to_string(i) + ",海鸥" + std::to_string(i) + (i % 7 == 0 ? "" : ",12.50") + "\n";
    return text;
}

// How the child that did `work` in the sandbox ended: "exit 0", "signal 31".
template <typename Work> std::string end_of(Work work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        if (!apart::enter_sandbox()) ::_exit(99);
        ::_exit(work());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status)) : "exit " + std::to_string(WEXITSTATUS(status));
}

#if __has_feature(address_sanitizer)
constexpr bool is_confined = false;
#else
constexpr bool is_confined = true;
#endif

}  // namespace

TEST("rows read apart are the rows read here, to the last flaw and refusal, whatever their number")
{
    const std::vector<std::string> files{"a,b\n1,2\n", "a;b\n\"x\"y;2\n3\n4;5;6\n", many_rows(3'000), "a,b\n1,\"never closed\n" + many_rows(40), std::string("a\xFF\xFE\n"), "", std::string(3, '\0'),
                                         "%PDF-1.7", "\xFF\xFE" + std::string("a\0,\0b\0\n\0", 8)};
    for (const auto& bytes : files) {
        const auto here = trial::rows_of(bytes);
        const Apart apart;
        EXPECT_EQ(trial::rows_of(bytes), here) << bytes.substr(0, 30);
    }
    EXPECT_EQ(trial::rows_of(many_rows(3'000)).size(), 3'001U);
}

TEST("a reader apart goes on where another stood, before, behind and within what it has asked for")
{
    const auto source = SheetSource::bytes(many_rows(2'000));
    const Apart apart;
    auto first = open_sheet(source).value();
    std::vector<std::pair<SheetPosition, std::string>> places;
    while (true) {
        const auto place = first->position();
        const auto row = first->next().value();
        if (!row) break;
        places.emplace_back(place, trial::shown(*row));
    }
    ASSERT_EQ(places.size(), 2'001U);
    EXPECT_EQ(first->columns(), 3U);
    auto second = open_sheet(source).value();
    for (const std::size_t at : {0U, 1'999U, 3U, 700U, 701U, 512U, 511U, 1U, 2'000U}) {
        ASSERT_TRUE(second->seek(places[at].first)) << at;
        EXPECT_EQ(trial::shown(**second->next()), places[at].second) << at;
    }
    EXPECT_FALSE(second->seek({.byte = 1U << 30}));
    EXPECT_EQ(second->facts().format, "csv");
    EXPECT_EQ(second->facts().delimiter, ',');
}

TEST("a worker that is gone, or is no reader at all, is a refusal of the file")
{
    for (const auto* program : {"/bin/true", "/bin/cat"}) {
        const Apart apart(program);
        EXPECT_EQ(trial::rows_of("a,b\n1,2\n"), std::vector<std::string>{"refused file_reader_failed"}) << program;
        EXPECT_EQ(sheet_list(SheetSource::bytes("a\n")).error().front().code, "file_reader_failed") << program;
    }
    const Apart apart("/nowhere/at/all");
    EXPECT_THROW((void)sheet_list(SheetSource::bytes("a\n")), Fault);
}

TEST("in the sandbox nothing is opened, nobody is called, nothing is started and no memory runs")
{
    if (!is_confined) return;
    EXPECT_EQ(end_of([] { return 0; }), "exit 0");
    EXPECT_EQ(end_of([] { return ::open("/etc/hostname", O_RDONLY) < 0 ? 7 : 0; }), "exit 7");
    EXPECT_EQ(end_of([] { return ::access("/etc/hostname", F_OK) < 0 ? 7 : 0; }), "exit 7");
    EXPECT_EQ(end_of([] { return ::mmap(nullptr, std::size_t{1} << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? 7 : 0; }), "exit 7");
    const std::vector<std::pair<const char*, int (*)()>> deeds{
        {"a socket", [] { return ::socket(AF_INET, SOCK_STREAM, 0); }},
        {"a local socket", [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }},
        {"a pair of sockets", [] { int ends[2]; return ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends); }},
        {"a program", [] { char word[] = "/bin/true"; char* words[] = {word, nullptr}; return ::execve(word, words, nullptr); }},
        {"a process", [] { return static_cast<int>(::fork()); }},
        {"a signal to the parent", [] { return ::kill(::getppid(), 0); }},
        {"tracing", [] { return static_cast<int>(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }},
        {"another's memory", [] { return static_cast<int>(::syscall(SYS_process_vm_readv, 1, nullptr, 0, nullptr, 0, 0)); }},
        {"memory that runs", [] { return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? 1 : 0; }},
        {"memory made to run", [] { static char page[8192]; return ::mprotect(page, 4096, PROT_READ | PROT_EXEC); }},
        {"a file in memory", [] { return ::memfd_create("x", 0); }},
        {"a new name", [] { return ::rename("/tmp/a", "/tmp/b"); }},
        {"a directory", [] { return ::mkdir("/tmp/shangdao-escape", 0700); }},
        {"openat2", [] { return static_cast<int>(::syscall(SYS_openat2, AT_FDCWD, "/etc/hostname", nullptr, 0)); }},
        {"io_uring", [] { return static_cast<int>(::syscall(SYS_io_uring_setup, 1, nullptr)); }},
        {"bpf", [] { return static_cast<int>(::syscall(SYS_bpf, 0, nullptr, 0)); }},
        {"another user", [] { return ::setuid(0); }},
        {"a new view of the system", [] { return static_cast<int>(::syscall(SYS_unshare, 0x10000000)); }},
        {"a way out of the limits", [] { const rlimit none{RLIM_INFINITY, RLIM_INFINITY}; return ::setrlimit(RLIMIT_CPU, &none); }},
    };
    for (const auto& [what, deed] : deeds) EXPECT_EQ(end_of(deed), "signal " + std::to_string(SIGSYS)) << what;
}

TEST("what a worker says is read with bounds: any cut, any turned byte is rows or malformed, never more")
{
    apart::FrameWriter frame(apart::FrameKind::rows);
    const std::vector<Cell> cells{{"海鸥", CellKind::text}, {"1.5", CellKind::number}, {}};
    for (std::int64_t row = 1; row <= 3; ++row) apart::write_row(frame, {.row = row, .line = row, .cells = cells}, {.byte = 7, .row = row, .line = row});
    frame.byte(0);
    frame.number(3);
    frame.number(10);
    frame.number(20);
    frame.byte(2);
    frame.problems({{"csv_row_too_long", "x", {{"line", "4"}}}});
    const std::string whole{frame.finished().substr(5)};
    const auto batch = apart::read_rows(whole);
    ASSERT_EQ(batch.rows.size(), 3U);
    EXPECT_EQ(batch.cells[3].text, "海鸥");
    EXPECT_EQ(batch.problems.front().args.at("line"), "4");
    for (std::size_t cut = 0; cut < whole.size(); ++cut) EXPECT_THROW((void)apart::read_rows(whole.substr(0, cut)), apart::Malformed) << cut;
    EXPECT_THROW((void)apart::read_rows(whole + "x"), apart::Malformed);
    int malformed = 0;
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const char turned : {'\x00', '\x01', '\x7F', '\xFF'}) {
            auto other = whole;
            other[at] = turned;
            try {
                const auto read = apart::read_rows(std::move(other));
                for (const auto& cell : read.cells) EXPECT_TRUE(valid_utf8(cell.text));
            } catch (const apart::Malformed&) {
                ++malformed;
            }
        }
    EXPECT_GT(malformed, 100);
}

}  // namespace shangdao::exchange
