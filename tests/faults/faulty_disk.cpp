#include "faulty_disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <memory>

#include "base/require.h"

namespace shangdao::store::contract {
namespace {

constexpr const char* vfs_name = "faulty_disk";
constexpr std::size_t sector = 512;

// One of SQLite's open files: ours in front, the real one behind it in the same block of memory.
struct OpenFile {
    sqlite3_file base;
    FaultyDisk* disk;
    std::string* path;
    sqlite3_file* real;
};

struct Vfs {
    sqlite3_vfs base;
    sqlite3_vfs* real;
    FaultyDisk* disk;
};

OpenFile& ours(sqlite3_file* file) { return *reinterpret_cast<OpenFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return ours(file).real; }

int close_file(sqlite3_file* file)
{
    const std::unique_ptr<std::string> path{ours(file).path};
    const int code = real(file)->pMethods->xClose(real(file));
    return code;
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset)
{
    auto& open = ours(file);
    const auto begin = static_cast<std::size_t>(offset), size = static_cast<std::size_t>(count);
    if (open.disk->full && open.disk->grows(*open.path, begin + size)) return SQLITE_FULL;
    const int code = open.real->pMethods->xWrite(open.real, bytes, count, offset);
    if (code == SQLITE_OK) open.disk->written(*open.path, {begin, {static_cast<const char*>(bytes), size}, false});
    return code;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size)
{
    auto& open = ours(file);
    const int code = open.real->pMethods->xTruncate(open.real, size);
    if (code == SQLITE_OK) open.disk->written(*open.path, {static_cast<std::size_t>(size), {}, true});
    return code;
}

int sync_file(sqlite3_file* file, int)
{
    auto& open = ours(file);
    if (open.disk->syncs_fail || (open.disk->file_syncs_fail && !open.path->ends_with("-wal"))) {
        open.disk->dropped(*open.path);
        return SQLITE_IOERR_FSYNC;
    }
    if (!open.disk->syncs_lie) open.disk->synced(*open.path);
    return SQLITE_OK;
}

const sqlite3_io_methods methods = {
    2, close_file,
    [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) { return real(f)->pMethods->xRead(real(f), to, n, at); },
    write_file, truncate_file, sync_file,
    [](sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); },
    [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    [](sqlite3_file* f, int op, void* argument) { return real(f)->pMethods->xFileControl(real(f), op, argument); },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    [](sqlite3_file* f, int page, int size, int extend, void volatile** out) { return real(f)->pMethods->xShmMap(real(f), page, size, extend, out); },
    [](sqlite3_file* f, int offset, int n, int flags) { return real(f)->pMethods->xShmLock(real(f), offset, n, flags); },
    [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    nullptr, nullptr};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out)
{
    auto& self = *reinterpret_cast<Vfs*>(vfs);
    auto& open = ours(file);
    open.real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(OpenFile));
    open.base.pMethods = nullptr;
    const int code = self.real->xOpen(self.real, name, open.real, flags, out);
    if (code != SQLITE_OK) return code;
    open.disk = self.disk;
    open.path = std::make_unique<std::string>(name != nullptr ? name : "").release();    // deleted by close_file
    open.base.pMethods = &methods;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_directory)
{
    auto& self = *reinterpret_cast<Vfs*>(vfs);
    self.disk->removed(name);
    return self.real->xDelete(self.real, name, sync_directory);
}

void apply(std::string& image, const FaultyDisk::Write& write, std::size_t from, std::size_t to)
{
    if (write.truncates) {
        image.resize(write.offset);
        return;
    }
    if (image.size() < write.offset + to) image.resize(write.offset + to);
    std::copy_n(write.bytes.begin() + static_cast<std::ptrdiff_t>(from), to - from, image.begin() + static_cast<std::ptrdiff_t>(write.offset + from));
}

}  // namespace

FaultyDisk::FaultyDisk()
{
    auto* usual = sqlite3_vfs_find(nullptr);
    auto vfs = std::make_unique<Vfs>();
    vfs->base = *usual;
    vfs->base.zName = vfs_name;
    vfs->base.szOsFile = static_cast<int>(sizeof(OpenFile)) + usual->szOsFile;
    vfs->base.xOpen = open_file;
    vfs->base.xDelete = delete_file;
    vfs->base.pNext = nullptr;
    vfs->real = usual;
    vfs->disk = this;
    require(sqlite3_vfs_register(&vfs.release()->base, 1) == SQLITE_OK, "the faulty disk can be registered");
}

FaultyDisk::~FaultyDisk()
{
    auto* vfs = sqlite3_vfs_find(vfs_name);
    sqlite3_vfs_unregister(vfs);
    const std::unique_ptr<Vfs> gone(reinterpret_cast<Vfs*>(vfs));
}

void FaultyDisk::stand_aside()
{
    sqlite3_vfs_register(reinterpret_cast<Vfs*>(sqlite3_vfs_find(vfs_name))->real, 1);
}

void FaultyDisk::written(const std::string& path, Write write)
{
    const std::lock_guard lock(mutex_);
    auto& file = files_[path];
    file.size = write.truncates ? write.offset : std::max(file.size, write.offset + write.bytes.size());
    file.pending.push_back(std::move(write));
}

void FaultyDisk::synced(const std::string& path)
{
    const std::lock_guard lock(mutex_);
    auto& file = files_[path];
    for (const auto& write : file.pending) apply(file.sure, write, 0, write.bytes.size());
    file.pending.clear();
}

void FaultyDisk::dropped(const std::string& path)
{
    const std::lock_guard lock(mutex_);
    files_[path].pending.clear();
}

void FaultyDisk::removed(const std::string& path)
{
    const std::lock_guard lock(mutex_);
    files_.erase(path);
}

bool FaultyDisk::grows(const std::string& path, std::size_t end)
{
    const std::lock_guard lock(mutex_);
    return end > files_[path].size;
}

void FaultyDisk::cut_power(const std::filesystem::path& directory, std::mt19937& random)
{
    const std::lock_guard lock(mutex_);
    for (const auto& [path, file] : files_) {
        auto image = file.sure;
        auto pending = file.pending;
        std::ranges::shuffle(pending, random);
        const auto mood = random() % 4;    // all lost, all kept, or any mixture
        for (const auto& write : pending) {
            const auto fate = mood == 0 ? 0 : mood == 1 ? 1 : random() % 3;
            if (fate == 0) continue;
            if (fate == 1 || write.truncates) apply(image, write, 0, write.bytes.size());
            else
                for (std::size_t at = 0; at < write.bytes.size(); at += sector)
                    if (random() % 2 == 0) apply(image, write, at, std::min(at + sector, write.bytes.size()));
        }
        std::ofstream(directory / std::filesystem::path(path).filename(), std::ios::binary) << image;
    }
}

}  // namespace shangdao::store::contract
