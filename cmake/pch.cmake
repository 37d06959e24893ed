# shangdao_pch(<target> <floor|test>) – lets a target's files take the headers of other people's from one precompiled header: a third of the
# time of a build. What a file uses it still includes: the preset `dev` builds without.
set(shangdao_pch_headers
    <algorithm> <array> <atomic> <chrono> <cstdint> <filesystem> <fstream> <functional> <map> <memory> <mutex> <optional> <random> <ranges>
    <set> <span> <sstream> <string> <string_view> <thread> <unordered_map> <variant> <vector> <fmt/format.h> <boost/json.hpp>)

if(SHANGDAO_PCH)
    file(WRITE ${CMAKE_BINARY_DIR}/pch/empty.cpp "")
    add_library(sd_pch_floor OBJECT ${CMAKE_BINARY_DIR}/pch/empty.cpp)
    target_link_libraries(sd_pch_floor PRIVATE fmt::fmt Boost::json shangdao_flags)
    target_precompile_headers(sd_pch_floor PRIVATE ${shangdao_pch_headers})
    if(SHANGDAO_TESTS)
        add_library(sd_pch_test OBJECT ${CMAKE_BINARY_DIR}/pch/empty.cpp)
        target_link_libraries(sd_pch_test PRIVATE fmt::fmt Boost::json GTest::gtest shangdao_flags)
        target_precompile_headers(sd_pch_test PRIVATE ${shangdao_pch_headers} <gtest/gtest.h>)
        shangdao_unoptimised(sd_pch_test)
    endif()
endif()

function(shangdao_pch target kind)
    if(SHANGDAO_PCH)
        target_precompile_headers(${target} REUSE_FROM sd_pch_${kind})
    endif()
endfunction()
