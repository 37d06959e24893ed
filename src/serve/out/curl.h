// What the files of this folder share of libcurl: a handle that frees itself, and lists. Nothing else in the house opens a connection to the
// outside, and nothing else includes this.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace shangdao::serve::out {

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Words = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

// With what holds for every connection: no signals, TLS 1.2 at least, `trust` (PEM) instead of the system's authorities where it is not empty.
Handle make_handle(const std::string& trust);

// Throws Fault(busy) when there is no memory for it.
void append(Words& words, const std::string& word);

}  // namespace shangdao::serve::out
