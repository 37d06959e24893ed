// Zip writer – an archive of texts and files, for people to unpack. Entries are deflated when it is finished; texts are kept until then, files are
// read then. Not thread-safe.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct zip;
struct zip_source;

namespace shangdao::exchange {

class ZipWriter {
public:
    // Makes or replaces the file when it is finished. Throws Fault when the disk fails, here or later.
    explicit ZipWriter(const std::filesystem::path& path);
    ~ZipWriter();    // one that was not finished leaves nothing
    ZipWriter(const ZipWriter&) = delete;

    // `name`: UTF-8, "/" between directories; each but once.
    void add_text(const std::string& name, std::string_view text);
    void add_file(const std::string& name, const std::filesystem::path& file);
    void finish();

private:
    void add(const std::string& name, zip_source* source);

    zip* archive_;
};

}  // namespace shangdao::exchange
