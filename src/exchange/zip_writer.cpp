#include "exchange/zip_writer.h"

#include <zip.h>

#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/fault.h"

namespace shangdao::exchange {

namespace {

[[noreturn]] void fail(const char* what) { throw Fault(FaultKind::storage, std::string{"an archive cannot be written: "} + what); }

}  // namespace

ZipWriter::ZipWriter(const std::filesystem::path& path)
{
    int error = 0;
    archive_ = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (archive_ == nullptr) fail("it does not open");
}

ZipWriter::~ZipWriter()
{
    if (archive_ != nullptr) zip_discard(archive_);
}

void ZipWriter::add(const std::string& name, zip_source* source)
{
    if (source == nullptr) fail(zip_strerror(archive_));
    if (zip_file_add(archive_, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0) return;
    zip_source_free(source);
    fail(zip_strerror(archive_));
}

void ZipWriter::add_text(const std::string& name, std::string_view text)
{
    auto* bytes = static_cast<char*>(std::malloc(text.size() + 1));    // libzip frees it
    if (bytes == nullptr) fail("out of memory");
    std::memcpy(bytes, text.data(), text.size());
    add(name, zip_source_buffer(archive_, bytes, text.size(), 1));
}

void ZipWriter::add_file(const std::string& name, const std::filesystem::path& file) { add(name, zip_source_file(archive_, file.c_str(), 0, -1)); }

void ZipWriter::finish()
{
    if (zip_close(archive_) != 0) fail(zip_strerror(archive_));
    archive_ = nullptr;
}

}  // namespace shangdao::exchange
