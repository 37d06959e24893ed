// How fast are sheets read and written, and in how much memory?
//
// 1 M rows × 16 columns of CSV (about 119 MB) and 200 k rows × 10 columns of XLSX (2 M cells). Each question runs in a
// process of its own, so that its peak memory is its own: bench_sheets [csv_read|gb18030_read|xlsx_write|xlsx_read] [folder]
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <chrono>
#include <filesystem>
#include <functional>

#include "exchange/formats.h"

using namespace shangdao;
using namespace shangdao::exchange;

namespace {

struct Answer {
    std::int64_t cells = 0;
    std::uint64_t bytes = 0;
};

const std::vector<Column> wide = {{"id"}, {"name"}, {"city"}, {"note"}, {"n1", ColumnKind::number}, {"n2", ColumnKind::number}, {"n3", ColumnKind::number}, {"day", ColumnKind::date},
                                  {"day2", ColumnKind::date}, {"share", ColumnKind::share}, {"kind"}, {"code"}, {"phone"}, {"mail"}, {"flag", ColumnKind::boolean}, {"tail"}};

void write_rows(SheetWriter& writer, std::span<const Column> columns, std::int64_t rows)
{
    std::vector<WriteCell> cells(columns.size());
    std::vector<std::string> texts(columns.size());
    for (std::int64_t i = 0; i < rows; ++i) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            switch (columns[c].kind) {
            case ColumnKind::number: cells[c] = Number{i * 37 % 1'000'000, 2}; break;
            case ColumnKind::date: cells[c] = Date{static_cast<std::int32_t>(18'000 + i % 3'000)}; break;
            case ColumnKind::share: cells[c] = Share{i % 101 * 10'000}; break;
            case ColumnKind::boolean: cells[c] = i % 2 == 0; break;
            default:
                texts[c] = c == 1 ? fmt::format("虎鲸{}", i) : c == 3 ? fmt::format("a, \"b\" {}", i % 7) : fmt::format("{}{}", columns[c].title, i * 7919 % 10'000);
                cells[c] = std::string_view(texts[c]);
            }
        }
        writer.write(cells);
    }
    writer.finish();
}

Answer read_all(const std::filesystem::path& path)
{
    Answer answer;
    const SheetSource source = SheetSource::file(path).value();
    answer.bytes = source.size();
    const auto reader = open_sheet(source).value();
    while (const auto row = reader->next().value()) answer.cells += static_cast<std::int64_t>(row->cells.size());
    return answer;
}

struct Question {
    std::string_view name;
    std::string_view file;
    std::function<void(const std::filesystem::path&)> prepare;
    std::function<Answer(const std::filesystem::path&)> ask;
};

void measure(const Question& question, const std::filesystem::path& folder)
{
    const std::filesystem::path path = folder / question.file;
    // Prepared in a child too: what preparing takes is not what asking takes.
    for (const bool asking : {false, true}) {
        std::fflush(stdout);
        const pid_t child = ::fork();
        if (child == 0) {
            if (!asking) {
                question.prepare(path);
                std::_Exit(0);
            }
            const auto start = std::chrono::steady_clock::now();
            const Answer answer = question.ask(path);
            const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            rusage usage{};
            ::getrusage(RUSAGE_SELF, &usage);
            const double cpu = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
            fmt::print("{:14} {:8.3f} s {:8.3f} CPU-s {:8.1f} MB/s {:8.2f} M cells/s {:8.1f} MB peak\n", question.name, seconds, cpu, static_cast<double>(answer.bytes) / 1e6 / seconds,
                       static_cast<double>(answer.cells) / 1e6 / seconds, static_cast<double>(usage.ru_maxrss) / 1024);
            std::fflush(stdout);
            std::_Exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
    }
}

void write_gb18030(const std::filesystem::path& path)
{
    const std::filesystem::path utf8 = path.string() + ".utf8";
    write_rows(*open_writer("csv", utf8, wide, {.text_style = TextStyle::raw}).value(), wide, 1'000'000);
    const SheetSource source = SheetSource::file(utf8).value();
    const std::string from = source.head(source.size());
    std::string to(2 * from.size(), '\0');
    UErrorCode error = U_ZERO_ERROR;
    const std::int32_t count = ucnv_convert("gb18030", "UTF-8", to.data(), static_cast<std::int32_t>(to.size()), from.data(), static_cast<std::int32_t>(from.size()), &error);
    file_sink(path)(std::string_view(to).substr(0, static_cast<std::size_t>(count)));
    std::filesystem::remove(utf8);
}

}  // namespace

int main(int count, char** arguments)
{
    const std::string_view only = count > 1 ? arguments[1] : "";
    const std::filesystem::path folder = count > 2 ? arguments[2] : std::filesystem::temp_directory_path();
    const std::span<const Column> ten = std::span(wide).first(10);
    const auto write_workbook = [&](const std::filesystem::path& path) { write_rows(*open_writer("xlsx", path, {ten.begin(), ten.end()}).value(), ten, 200'000); };
    const Question questions[] = {
        {"csv_read", "bench_sheets.csv", [](const auto& path) { write_rows(*open_writer("csv", path, wide, {.text_style = TextStyle::raw}).value(), wide, 1'000'000); }, read_all},
        {"gb18030_read", "bench_sheets_gb.csv", write_gb18030, read_all},
        {"csv_write", "bench_sheets_out.csv", [](const auto&) {}, [](const auto& path) {
             write_rows(*open_writer("csv", path, wide).value(), wide, 1'000'000);
             return Answer{16'000'000, std::filesystem::file_size(path)};
         }},
        {"xlsx_write", "bench_sheets_out.xlsx", [](const auto&) {}, [&](const auto& path) {
             write_workbook(path);
             return Answer{2'000'000, std::filesystem::file_size(path)};
         }},
        {"xlsx_read", "bench_sheets.xlsx", write_workbook, read_all},
    };
    for (const Question& question : questions) {
        if (!only.empty() && only != question.name) continue;
        measure(question, folder);
        std::filesystem::remove(folder / question.file);
    }
}
