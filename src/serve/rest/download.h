// Download – an answer whose body is a file that people brought or made: never rendered in our origin, under its own name.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "serve/http.h"

namespace shangdao::serve::rest {

enum class Disposition : std::uint8_t { save, show };

// `name` is UTF-8 (RFC 6266, with a plain name beside for the old). The file must stay where it is until it is opened.
Response file_answer(const std::filesystem::path& path, std::string_view name, std::string media_type, Disposition disposition = Disposition::save);

}  // namespace shangdao::serve::rest
