// KeptCopies – attached files, brought from where an organisation keeps them into a place, each once, by what its bytes hash to.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/durable.h"

namespace shangdao::app {

// Below a directory of kept files, by their hash.
std::filesystem::path kept_path(const std::filesystem::path& directory, const std::string& hash);

class KeptCopies {
public:
    KeptCopies(std::filesystem::path shelf, std::filesystem::path place) : shelf_(std::move(shelf)), place_(std::move(place)) {}

    // Whether the place has the file now: false when nobody has it, or only with other bytes than it is named by. Throws Fault.
    bool bring(const std::string& hash, const Beat& beat = {});
    // Those that have come to the shelf since the last call; all of them at the first.
    void bring_new(const Beat& beat = {});
    std::vector<std::string> on_shelf() const;
    std::int64_t brought() const { return brought_; }

private:
    std::filesystem::path shelf_, place_;
    std::map<std::filesystem::path, std::filesystem::file_time_type> seen_;    // directories of the shelf, as they were when they were read
    std::int64_t brought_ = 0;
};

}  // namespace shangdao::app
