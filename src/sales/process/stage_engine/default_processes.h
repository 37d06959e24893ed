// The processes every organisation begins with: the seven stages for deals, three for leads.
#pragma once

#include <span>
#include <string_view>

#include "base/label.h"

namespace shangdao::process {

struct DefaultProcess {
    std::string_view key;
    std::string_view runs_on;
    Label name;
    std::string_view document;   // JSON, as process_document.h
};

std::span<const DefaultProcess> default_processes();

}  // namespace shangdao::process
