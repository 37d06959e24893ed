#include "store/sqlite/gathering_vfs.h"

#include <sqlite3.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "base/require.h"

namespace shangdao::store::sqlite {
namespace {

constexpr std::size_t gathered_bytes_max = std::size_t{120} << 10;    // the usual VFS of Unix writes less than 128 KiB at once
constexpr int file_bytes = 1024;    // of one open file, its real one included

// A WAL: ours in front, the real one behind it in the same block of memory.
struct Wal {
    sqlite3_file base;
    std::string* gathered;      // what is not written yet …
    sqlite3_int64 from;         // … and where it belongs
};

Wal& ours(sqlite3_file* file) { return *reinterpret_cast<Wal*>(file); }
sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(Wal)); }
const sqlite3_io_methods& methods_of(sqlite3_file* file) { return *real(file)->pMethods; }
sqlite3_vfs* usual() { return sqlite3_vfs_find(nullptr); }

int write_gathered(sqlite3_file* file)
{
    auto& wal = ours(file);
    if (wal.gathered->empty()) return SQLITE_OK;
    const int code = methods_of(file).xWrite(real(file), wal.gathered->data(), static_cast<int>(wal.gathered->size()), wal.from);
    wal.gathered->clear();
    return code;
}

// Writes what waits, then does what was asked.
template <typename Call>
int after_writing(sqlite3_file* file, Call call)
{
    const int code = write_gathered(file);
    return code == SQLITE_OK ? call(methods_of(file), real(file)) : code;
}

int close_wal(sqlite3_file* file)
{
    const int written = write_gathered(file);
    const std::unique_ptr<std::string> gathered{ours(file).gathered};
    const int closed = methods_of(file).xClose(real(file));
    return written == SQLITE_OK ? closed : written;
}

int write_wal(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at)
{
    auto& wal = ours(file);
    const auto size = static_cast<std::size_t>(count);
    const bool adjoins = at == wal.from + static_cast<sqlite3_int64>(wal.gathered->size());
    if (!adjoins || wal.gathered->size() + size > gathered_bytes_max)
        if (const int code = write_gathered(file); code != SQLITE_OK) return code;
    if (wal.gathered->empty()) wal.from = at;
    wal.gathered->append(static_cast<const char*>(bytes), size);
    return SQLITE_OK;
}

const sqlite3_io_methods wal_methods = {
    .iVersion = 1,
    .xClose = close_wal,
    .xRead = [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) { return after_writing(f, [&](auto& call, auto* file) { return call.xRead(file, to, n, at); }); },
    .xWrite = write_wal,
    .xTruncate = [](sqlite3_file* f, sqlite3_int64 size) { return after_writing(f, [&](auto& call, auto* file) { return call.xTruncate(file, size); }); },
    .xSync = [](sqlite3_file* f, int flags) { return after_writing(f, [&](auto& call, auto* file) { return call.xSync(file, flags); }); },
    .xFileSize = [](sqlite3_file* f, sqlite3_int64* size) { return after_writing(f, [&](auto& call, auto* file) { return call.xFileSize(file, size); }); },
    .xLock = [](sqlite3_file* f, int level) { return methods_of(f).xLock(real(f), level); },
    .xUnlock = [](sqlite3_file* f, int level) { return methods_of(f).xUnlock(real(f), level); },
    .xCheckReservedLock = [](sqlite3_file* f, int* out) { return methods_of(f).xCheckReservedLock(real(f), out); },
    .xFileControl = [](sqlite3_file* f, int op, void* argument) { return after_writing(f, [&](auto& call, auto* file) { return call.xFileControl(file, op, argument); }); },
    .xSectorSize = [](sqlite3_file* f) { return methods_of(f).xSectorSize(real(f)); },
    .xDeviceCharacteristics = [](sqlite3_file* f) { return methods_of(f).xDeviceCharacteristics(real(f)); },
};

// Every other file is the usual one. One that may be torn is opened once more, as that.
int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out)
{
    auto* vfs = usual();
    require(static_cast<int>(sizeof(Wal)) + vfs->szOsFile <= file_bytes, "an open file has room for the real one");
    if ((flags & SQLITE_OPEN_WAL) == 0) return vfs->xOpen(vfs, name, file, flags, out);
    ours(file).base.pMethods = nullptr;
    const int code = vfs->xOpen(vfs, name, real(file), flags, out);
    if (code != SQLITE_OK) return code;
    if ((methods_of(file).xDeviceCharacteristics(real(file)) & SQLITE_IOCAP_POWERSAFE_OVERWRITE) == 0) {
        methods_of(file).xClose(real(file));
        return vfs->xOpen(vfs, name, file, flags, out);
    }
    auto gathered = std::make_unique<std::string>();
    gathered->reserve(gathered_bytes_max);    // so that nothing is thrown through SQLite
    ours(file).gathered = gathered.release();    // deleted by close_wal
    ours(file).from = 0;
    ours(file).base.pMethods = &wal_methods;
    return SQLITE_OK;
}

}  // namespace

const char* gathering_vfs()
{
    static constexpr const char* name = "gathering";
    static sqlite3_vfs vfs{    // SQLite chains what is registered, so it is not const
        .iVersion = 2,
        .szOsFile = file_bytes,
        .mxPathname = usual()->mxPathname,
        .zName = name,
        .xOpen = open_file,
        .xDelete = [](sqlite3_vfs*, const char* path, int sync) { return usual()->xDelete(usual(), path, sync); },
        .xAccess = [](sqlite3_vfs*, const char* path, int flags, int* out) { return usual()->xAccess(usual(), path, flags, out); },
        .xFullPathname = [](sqlite3_vfs*, const char* path, int size, char* out) { return usual()->xFullPathname(usual(), path, size, out); },
        .xRandomness = [](sqlite3_vfs*, int size, char* out) { return usual()->xRandomness(usual(), size, out); },
        .xSleep = [](sqlite3_vfs*, int us) { return usual()->xSleep(usual(), us); },
        .xCurrentTime = [](sqlite3_vfs*, double* out) { return usual()->xCurrentTime(usual(), out); },
        .xGetLastError = [](sqlite3_vfs*, int size, char* out) { return usual()->xGetLastError(usual(), size, out); },
        .xCurrentTimeInt64 = [](sqlite3_vfs*, sqlite3_int64* out) { return usual()->xCurrentTimeInt64(usual(), out); },
    };
    static const bool registered = sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
    require(registered, "the gathering VFS can be registered");
    return name;
}

}  // namespace shangdao::store::sqlite
