// test_faults – what is lost when the process dies? `--writer <file> <threads>` is the process that dies; without arguments the
// tests start it again and again.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

#include "kill_writer.h"

int main(int count, char** words)
{
    if (count == 4 && std::string_view{words[1]} == "--writer") return shangdao::store::contract::write_until_killed(words[2], std::atoi(words[3]));
    testing::InitGoogleTest(&count, words);
    return RUN_ALL_TESTS();
}
