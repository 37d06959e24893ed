// Assets – the web app's files, read once at start and served from memory.
//
// A request's path is looked up in a map and never becomes a file name. Files under /assets/ carry a hash in their name
// and are immutable; index.html is asked for again each time and stands in for every route of the web app. What the build left as
// x.js.br is how x.js is sent to whoever takes brotli: a tenth less than gzip, and too dear to make at each start.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "serve/http.h"

namespace shangdao::serve {

class Assets {
public:
    // Throws Fault when the directory cannot be read. Hidden files and links are left out.
    explicit Assets(const std::filesystem::path& directory);

    // For GET and HEAD: 200, 304, or 404 for a missing file (a path under /assets/ or with an extension). Everything
    // else gets index.html, if there is one.
    Response find(const Request& request) const;
    std::size_t size() const { return files_.size(); }

private:
    struct File {
        std::shared_ptr<const std::string> plain;
        std::shared_ptr<const std::string> brotli, gzip;  // nullptr: there is none, or it is not smaller
        std::string type, etag;
        std::string_view cache_control;
    };
    static File load(const std::filesystem::path& path, std::string_view name);
    static Response answer(const File& file, const Request& request);

    std::unordered_map<std::string, File> files_;  // by path from '/'
};

// "application/javascript; charset=utf-8" for ".js"; application/octet-stream for an unknown extension.
std::string_view content_type_of(std::string_view file_name);

}  // namespace shangdao::serve
