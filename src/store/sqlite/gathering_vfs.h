// Gathering VFS – SQLite writes each frame of its WAL in two calls, 24 bytes and a page; a commit of some hundred frames spends more
// time in these calls than in all of its statements. This VFS stands before the default one and, for a WAL alone, gathers what
// adjoins until something else is asked of the file: a sync, a read, its size, a write elsewhere, or a full buffer.
//
// Nothing is promised earlier than before: the writer commits with synchronous = FULL, so each commit ends with a sync, and only after it do
// others learn of the frames. An error of the delayed write is the error of that sync, so the commit fails all the same. A disk
// whose sectors may be torn (no POWERSAFE_OVERWRITE) is written to past the sync; there nothing is gathered.
#pragma once

namespace shangdao::store::sqlite {

// For sqlite3_open_v2 of the writer. The default VFS is asked for at each opening of a file.
const char* gathering_vfs();

}  // namespace shangdao::store::sqlite
