#include "serve/out/curl.h"

#include "base/fault.h"

namespace shangdao::serve::out {

Handle make_handle(const std::string& trust)
{
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    Handle handle(ready == CURLE_OK ? curl_easy_init() : nullptr, &curl_easy_cleanup);
    if (!handle) throw Fault(FaultKind::busy, "libcurl gives no handle");
    curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle.get(), CURLOPT_PROXY, "");   // what the environment says of proxies is for programs that a person runs
    if (!trust.empty()) curl_easy_setopt(handle.get(), CURLOPT_CAINFO, trust.c_str());
    return handle;
}

void append(Words& words, const std::string& word)
{
    auto* longer = curl_slist_append(words.get(), word.c_str());
    if (longer == nullptr) throw Fault(FaultKind::busy, "no memory for a list of libcurl");
    (void)words.release();
    words.reset(longer);
}

}  // namespace shangdao::serve::out
