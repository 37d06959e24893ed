// WAL log – B/log: everything that was committed while a server shipped, as the frames of its WAL, so that a backup can be brought to any later commit.
//
// A run is what one process has shipped without a gap; a segment is a piece of it: a sealed head and raw frames. Segments are numbered through, over
// all runs. A backup says which run it was made in and which segment may be the first to hold what it has not; replaying what it has does no harm.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/durable.h"
#include "base/result.h"
#include "base/time.h"

namespace shangdao::app {

// A commit that a backup can be brought to.
struct LogPoint {
    std::int64_t frame = 0;    // of the WAL, counted from 1: the commit's last
    Instant at;                // rises from point to point
    std::int64_t seq = 0;      // the ledger ends with this event
};

struct Segment {
    std::int64_t number = 0;
    std::string run;
    std::int64_t page_bytes = 0;
    std::int64_t after = 0;            // its frames come after this one of their WAL
    std::vector<LogPoint> points;
    FileProof frames;
};

// Where a backup joins the log.
struct LogPlace {
    std::string run;           // empty: nobody had ever shipped
    std::int64_t from = 1;
};

class WalLog {
public:
    explicit WalLog(std::filesystem::path directory) : directory_(std::move(directory)) {}

    // Whoever ships holds this file (FileLock).
    std::filesystem::path lock_file() const { return directory_ / "lock"; }
    LogPlace place() const;
    // A new run, and its name.
    std::string begin_run(Instant at) const;
    // Safe when it returns. Throws Fault.
    void write(Segment segment, std::string_view frames) const;

    // Of the segments that are there, rising.
    std::vector<std::int64_t> numbers() const;
    // Refusal backup_damaged.
    Result<Segment> head(std::int64_t number) const;
    Result<std::string> frames(const Segment& segment) const;
    // The last one stays: the next is numbered after it.
    void drop_before(std::int64_t number) const;
    std::filesystem::path path(std::int64_t number) const;

private:
    std::filesystem::path directory_;
};

}  // namespace shangdao::app
