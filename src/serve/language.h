// Accept-Language → one of the product's two languages.
#pragma once

#include <optional>
#include <string_view>

#include "base/label.h"

namespace shangdao::serve {

// The language with the highest q; the first on a tie; zh when neither is named or the header is absent.
Language accepted_language(std::optional<std::string_view> accept_language);

}  // namespace shangdao::serve
