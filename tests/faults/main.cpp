// test_faults – what is lost when the process dies? `--writer <file> <threads>` and `--migrate <file>` are the processes that
// die; without arguments the tests start them again and again.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

#include "kill_writer.h"

int main(int count, char** words)
{
    if (count == 4 && std::string_view{words[1]} == "--writer") return shangdao::store::contract::write_until_killed(words[2], std::atoi(words[3]));
    if (count == 3 && std::string_view{words[1]} == "--migrate") return shangdao::store::contract::migrate_and_end(words[2]);
    testing::InitGoogleTest(&count, words);
    return RUN_ALL_TESTS();
}
