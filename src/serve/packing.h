// Packing – gzip for who takes it. The web app's files are packed once, answers of some size each time: the definitions that every page begins
// with are 150 kB, packed 20. An answer that held a secret beside words of the asker would tell the secret by its length; tokens have small
// answers of their own, which are left as they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "serve/http.h"

namespace shangdao::serve {

// Whether Accept-Encoding names `coding` ("gzip", "br") as one of its own, and not with q=0.
bool accepts(const Request& request, std::string_view coding);

enum class Effort : std::uint8_t { quick, best };
std::string gzipped(std::string_view bytes, Effort effort);

// The answer as this request takes it: JSON of 4 KiB and more is packed, everything else stays as it is.
Response packed(Response response, const Request& request);

}  // namespace shangdao::serve
