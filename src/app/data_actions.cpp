// Data in and out: import by plan, export of a list, demo data.
#include <fstream>
#include <iostream>

#include "app/actions.h"
#include "base/bytes.h"
#include "base/require.h"
#include "base/secret.h"
#include "engine/export/exporter.h"
#include "engine/import/refused_table.h"
#include "sales/demo/demo.h"
#include "serve/problem.h"

namespace shangdao::app {

namespace {

constexpr int refused_rows = 2;
constexpr std::size_t shown_rows = 10;

Result<engine::Caller> caller_for(Opened& opened, const std::string& email, const Terminal& terminal, record::Via via)
{
    const auto person = opened.engine->people().find_by_email(email);
    if (!person) return refuse("unknown_member", "user", {{"email", email}});
    return engine::Caller{.member = person->id, .via = via, .request = "cli", .language = terminal.language};
}

Result<std::string> read_file(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) return refuse("file_unreadable", path.string(), {{"path", path.string()}});
    return std::string{std::istreambuf_iterator<char>(in), {}};
}

// Every regular file of the directory, under its own name.
engine::ImportFiles files_in(const std::filesystem::path& directory)
{
    engine::ImportFiles files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(directory, error))
        if (entry.is_regular_file()) files[entry.path().filename().string()] = entry.path();
    return files;
}

}  // namespace

namespace {

// Where the refused rows go: as asked, else beside the plan.
std::filesystem::path errors_path(const ImportCall& call)
{
    if (!call.errors.empty()) return call.errors;
    auto path = call.plan;
    return path.replace_extension(".refused.csv");
}

}  // namespace

int import_files(Opened& opened, const ImportCall& call, Terminal& terminal)
{
    const auto caller = caller_for(opened, call.user, terminal, record::Via::import);
    if (!caller) return say_problems(terminal, caller.error());
    const auto text = read_file(call.plan);
    if (!text) return say_problems(terminal, text.error());
    const auto mode = call.dry_run ? engine::ImportMode::dry_run : engine::ImportMode::real;
    const auto import = engine::run_import(*opened.engine, *caller, {.plan = *text, .files = files_in(call.from), .mode = mode});
    if (!import) return say_problems(terminal, import.error());

    const auto& progress = import->progress;
    if (call.dry_run) terminal.out << "dry run, nothing was written\n";
    for (const auto& [object, counts] : progress.objects)
        terminal.out << object << ": created " << counts.created << ", updated " << counts.updated << ", skipped " << counts.skipped << ", refused " << counts.refused << '\n';
    for (std::size_t i = 0; i < std::min(shown_rows, progress.problems.size()); ++i) {
        const auto& one = progress.problems[i];
        terminal.error << one.file << " row " << one.row << (one.column.empty() ? "" : " \"" + one.column + "\"") << ": " << serve::say(one.problem, terminal.language) << '\n';
    }
    if (progress.counts().refused == 0) return 0;
    const auto path = errors_path(call);
    const auto say = [&](const Problem& problem) { return serve::say(problem, terminal.language); };
    const auto written = engine::write_refused_table(*opened.engine, *import, "csv", path, terminal.language, say);
    require(written.has_value(), "CSV is no format any more");
    terminal.error << "refused rows with their reasons: " << path.string() << '\n';
    return refused_rows;
}

int export_records(Opened& opened, const ExportCall& call, Terminal& terminal)
{
    const auto caller = caller_for(opened, call.user, terminal, record::Via::cli);
    if (!caller) return say_problems(terminal, caller.error());
    const auto rows = engine::export_list(*opened.engine, *caller, {.plural = call.object, .list = {.filter = call.filter}, .format = call.format}, call.output);
    if (!rows) return say_problems(terminal, rows.error());
    terminal.out << *rows << " rows\n";
    return 0;
}

int fill_demo(Opened& opened, std::uint64_t seed, Terminal& terminal)
{
    const auto written = demo::write(*opened.engine, demo::draw(demo::until_now(*opened.engine, seed)));
    if (!written) return say_problems(terminal, written.error());
    const auto password = base64url(bytes_of(random_bytes(9)));
    const engine::Caller system{.kind = engine::Caller::Kind::system, .via = record::Via::cli};
    terminal.out << "log in with (password for all three: " << password << ")\n";
    for (const auto& login : demo::logins()) {
        const auto person = opened.engine->people().find_by_email(login.email);
        if (!person) return say_problems(terminal, {{"unknown_member", "user", {{"email", std::string{login.email}}}}});
        if (const auto set = opened.access->set_password(system, person->id, password); !set) return say_problems(terminal, set.error());
        terminal.out << "  " << login.role << ": " << login.email << "  (" << login.name << ")\n";
    }
    return 0;
}

int remove_demo(Opened& opened, Terminal& terminal)
{
    const auto removed = demo::remove(*opened.engine);
    if (!removed) return say_problems(terminal, removed.error());
    terminal.out << *removed << " records removed\n";
    return 0;
}

}  // namespace shangdao::app
