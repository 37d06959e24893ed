#include "kill_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <thread>

#include "store/store_testing.h"

namespace shangdao::store::contract {
namespace {

const SystemClock system_clock;

void say(const std::string& line)
{
    // One write of less than PIPE_BUF: whole or not at all.
    if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) _exit(3);
}

Result<void> write_pair(Unit& unit, Pair& pair)
{
    const auto& object = unit.catalogue().at("boat");
    for (auto* id : {&pair.first, &pair.second}) {
        auto record = new_boat(unit, "双生");
        *id = record.id();
        record.set(boat_number, "N" + to_string(record.id()));
        record.set(boat_state, record::ChoiceKey{"afloat"});
        CHECK_OK(unit.insert(object, record));
    }
    const record::Change change[] = {{boat_state.slot, record::ChoiceKey{"docked"}}};
    CHECK_OK(unit.update(object, pair.first, change));
    auto event = event_of("boat", {}, "created");
    event.ids = {pair.first, pair.second};
    unit.append(event);
    return {};
}

void keep_writing(Store& store)
{
    for (;;) {
        std::promise<void> answered;
        Pair pair;
        store.submit([&](Unit& unit) { return write_pair(unit, pair); },
                     [&](Store::Outcome outcome) {
                         if (outcome.result && !outcome.failure) say(fmt::format("{} {}\n", pair.first.value, pair.second.value));
                         answered.set_value();
                     });
        answered.get_future().wait();
    }
}

Killed read_acknowledged(int pipe)
{
    std::string text;
    char buffer[65536];
    for (;;) {
        const auto n = ::read(pipe, buffer, sizeof buffer);
        if (n <= 0) break;
        text.append(buffer, static_cast<std::size_t>(n));
    }
    Killed killed;
    std::size_t begin = 0;
    for (auto end = text.find('\n'); end != std::string::npos; begin = end + 1, end = text.find('\n', begin)) {
        const auto line = text.substr(begin, end - begin);
        if (line == "ready") {
            killed.ready = true;
            continue;
        }
        const auto space = line.find(' ');
        killed.acknowledged.push_back({Id{std::stoll(line)}, Id{std::stoll(line.substr(space + 1))}});
    }
    return killed;
}

}  // namespace

SqliteOptions fault_options(const std::filesystem::path& file)
{
    return {.file = file, .readers = 2, .cache_mib_per_reader = 4, .clock = &system_clock, .chain_key = std::string(32, 'k')};
}

int write_until_killed(const std::filesystem::path& file, int threads)
{
    auto store = open_sqlite(fault_options(file), catalogue());
    if (!store) return 2;
    say("ready\n");
    std::vector<std::thread> writers;
    for (int i = 0; i < threads; ++i) writers.emplace_back([&] { keep_writing(**store); });
    for (auto& writer : writers) writer.join();
    return 0;
}

std::shared_ptr<const record::Catalogue> wider_catalogue()
{
    const record::FieldOverlay colour{.name = "x_colour", .type = record::Type::text, .label = record::OwnedLabel{"颜色", "Colour"}, .unique = true,
                                      .searched = true, .ordered = true, .column = "x1"};
    return catalogue({{.object = "boat", .fields = {colour}}}, 2);
}

int migrate_and_end(const std::filesystem::path& file)
{
    const auto store = open_sqlite(fault_options(file), wider_catalogue());
    say("ready\n");
    return store ? 0 : 2;
}

Killed run_and_kill(const std::vector<std::string>& command, int after_ms)
{
    int ends[2];
    require(pipe2(ends, O_CLOEXEC) == 0, "a pipe can be made");
    fcntl(ends[0], F_SETPIPE_SZ, 1 << 20);
    const auto child = fork();
    require(child >= 0, "a process can be started");
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        std::vector<char*> arguments;
        for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    close(ends[1]);
    // A thread reads, so that a full pipe never slows the writers.
    auto reading = std::async(std::launch::async, [&] { return read_acknowledged(ends[0]); });
    if (after_ms >= 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(after_ms));
        kill(child, SIGKILL);
    }
    int status = 0;
    waitpid(child, &status, 0);
    auto killed = reading.get();
    close(ends[0]);
    return killed;
}

}  // namespace shangdao::store::contract
