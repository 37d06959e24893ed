// The program: one command line, run here under the lock or in the server that holds it.
#include <malloc.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

#include "app/command.h"
#include "exchange/apart/apart.h"

int main(int count, char** words)
{
    if (count == 2 && words[1] == shangdao::exchange::reading_word) return shangdao::exchange::read_sheet_for_parent();
    shangdao::exchange::read_sheets_apart("/proc/self/exe");
    std::signal(SIGPIPE, SIG_IGN);
    // Queries take and give back some hundred KiB each; given to the kernel and taken anew every time, that was 6 % of a search.
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    const shangdao::SystemClock clock;
    const char* language = std::getenv("LANG");
    const bool english = language != nullptr && std::string_view{language}.starts_with("en");
    shangdao::app::Terminal terminal{std::cin, std::cout, std::cerr, std::filesystem::current_path(), english ? shangdao::Language::en : shangdao::Language::zh};
    try {
        return shangdao::app::run({words + 1, words + count}, terminal, clock, nullptr);
    } catch (const std::exception& thrown) {
        std::cerr << "shangdao: " << thrown.what() << '\n';
        return 1;
    }
}
