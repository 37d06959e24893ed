#include "exchange/xlsx/archive.h"

#include <zip.h>

#include <algorithm>
#include <exception>
#include <new>

#include "exchange/xlsx/end_record.h"

namespace shangdao::exchange::xlsx {

struct Archive::Bytes {
    SheetSource source;
    std::uint64_t offset = 0;
    zip_error_t error{};
    std::exception_ptr fault{};

    explicit Bytes(SheetSource from) : source(std::move(from)) { zip_error_init(&error); }
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;
    ~Bytes() { zip_error_fini(&error); }

    // libzip's way to read from us. No exception may pass through its C frames: it waits in `fault`.
    static zip_int64_t answer(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command);
    zip_int64_t read(void* data, zip_uint64_t length);
};

zip_int64_t Archive::Bytes::read(void* data, zip_uint64_t length)
{
    try {
        const std::size_t count = source.read(offset, std::span(static_cast<char*>(data), length));
        offset += count;
        return static_cast<zip_int64_t>(count);
    } catch (...) {
        fault = std::current_exception();
        zip_error_set(&error, ZIP_ER_READ, 0);
        return -1;
    }
}

zip_int64_t Archive::Bytes::answer(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command)
{
    Bytes& bytes = *static_cast<Bytes*>(self);
    switch (command) {
    case ZIP_SOURCE_OPEN: bytes.offset = 0; return 0;
    case ZIP_SOURCE_READ: return bytes.read(data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE: return 0;
    case ZIP_SOURCE_STAT: {
        if (length < sizeof(zip_stat_t)) return -1;
        auto* const status = static_cast<zip_stat_t*>(data);
        zip_stat_init(status);
        status->size = bytes.source.size();
        status->valid |= ZIP_STAT_SIZE;
        return sizeof(zip_stat_t);
    }
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&bytes.error, data, length);
    case ZIP_SOURCE_SEEK: {
        const zip_int64_t to = zip_source_seek_compute_offset(bytes.offset, bytes.source.size(), data, length, &bytes.error);
        if (to < 0) return -1;
        bytes.offset = static_cast<std::uint64_t>(to);
        return 0;
    }
    case ZIP_SOURCE_TELL: return static_cast<zip_int64_t>(bytes.offset);
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                              ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
    default: zip_error_set(&bytes.error, ZIP_ER_OPNOTSUPP, 0); return -1;
    }
}

namespace {

bool ratio_exceeded(std::uint64_t inflated, std::uint64_t stored, const ArchiveLimits& limits)
{
    return inflated > limits.ratio_from_bytes && inflated / limits.ratio > stored;
}

// What the directory declares, before any entry is opened. Entries that overlap add up to more than the file.
Result<void> check_declared(zip* archive, std::uint64_t file_size, const ArchiveLimits& limits)
{
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    if (count > limits.entries) return refuse("xlsx_too_many_entries", {}, {{"limit", std::to_string(limits.entries)}});
    std::uint64_t inflated = 0;
    std::uint64_t stored = 0;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        zip_stat_t status;
        if (zip_stat_index(archive, i, 0, &status) != 0) return refuse("file_damaged");
        if (status.size > limits.inflated_bytes || ratio_exceeded(status.size, status.comp_size, limits)) return refuse("xlsx_too_large");
        if (status.comp_size > file_size) return refuse("file_damaged");
        inflated += status.size;
        stored += status.comp_size;
        if (inflated > limits.inflated_bytes) return refuse("xlsx_too_large");
        if (stored > file_size) return refuse("file_damaged");
    }
    return {};
}

}  // namespace

void Archive::Discard::operator()(zip* archive) const
{
    zip_discard(archive);
}

Archive::Archive(std::unique_ptr<Bytes> bytes, zip* opened, const ArchiveLimits& limits) : bytes_(std::move(bytes)), zip_(opened), limits_(limits) {}

Archive::Archive(Archive&& other) noexcept = default;

Archive::~Archive() = default;

Result<Archive> Archive::open(const SheetSource& source, const ArchiveLimits& limits)
{
    CHECK_OK(check_end_record(source, static_cast<std::uint64_t>(limits.entries), limits.directory_bytes));
    auto bytes = std::make_unique<Bytes>(source);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const from = zip_source_function_create(&Bytes::answer, bytes.get(), &error);
    if (from == nullptr) throw std::bad_alloc{};
    zip* const opened = zip_open_from_source(from, ZIP_RDONLY, &error);
    zip_error_fini(&error);
    if (opened == nullptr) {
        zip_source_free(from);
        if (bytes->fault) std::rethrow_exception(bytes->fault);
        return refuse("file_damaged");
    }
    Archive archive(std::move(bytes), opened, limits);
    CHECK_OK(check_declared(opened, source.size(), limits));
    return archive;
}

bool Archive::has(const std::string& name) const
{
    return zip_name_locate(zip_.get(), name.c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<ArchiveEntry> Archive::entry(const std::string& name) const
{
    const zip_int64_t index = zip_name_locate(zip_.get(), name.c_str(), ZIP_FL_NOCASE);
    zip_stat_t status;
    if (index < 0 || zip_stat_index(zip_.get(), static_cast<zip_uint64_t>(index), 0, &status) != 0) return refuse("file_damaged", {}, {{"part", name}});
    if (status.encryption_method != ZIP_EM_NONE) return refuse("xlsx_encrypted");
    if (status.comp_method != ZIP_CM_STORE && status.comp_method != ZIP_CM_DEFLATE) return refuse("file_damaged", {}, {{"part", name}});
    zip_file* const file = zip_fopen_index(zip_.get(), static_cast<zip_uint64_t>(index), 0);
    if (file == nullptr) {
        if (bytes_->fault) std::rethrow_exception(bytes_->fault);
        return refuse("file_damaged", {}, {{"part", name}});
    }
    return ArchiveEntry(file, status.size, status.comp_size, limits_, &bytes_->fault);
}

ArchiveEntry::ArchiveEntry(zip_file* file, std::uint64_t size, std::uint64_t stored, const ArchiveLimits& limits, const std::exception_ptr* fault)
    : file_(file, [](zip_file* opened) { zip_fclose(opened); }), size_(size), stored_(stored), limits_(limits), fault_(fault)
{
}

Result<std::size_t> ArchiveEntry::read(std::span<char> into)
{
    const zip_int64_t count = zip_fread(file_.get(), into.data(), into.size());
    if (count < 0) {
        if (*fault_) std::rethrow_exception(*fault_);
        return refuse("file_damaged");
    }
    read_ += static_cast<std::uint64_t>(count);
    if (read_ > limits_.inflated_bytes || ratio_exceeded(read_, stored_, limits_)) return refuse("xlsx_too_large");
    return static_cast<std::size_t>(count);
}

}  // namespace shangdao::exchange::xlsx
