// Shipping – a server that brings each commit to another place within seconds: a backup when it begins and every day, and the frames of its WAL
// between (wal_log.h). What is lost with the whole machine is what was written since the last piece, at most `every`.
//
// The WAL begins anew only when all of it is there, so no commit is missed; the writer never waits. When the place cannot be written to, the WAL grows and the
// next try comes; beyond 2 GiB it is given up, and a new run begins with a new backup once the place is back. One thread does all of it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <thread>

#include "app/backup/backup.h"
#include "app/backup/kept_copies.h"
#include "store/sqlite/wal_frames.h"

namespace shangdao::app {

struct ShippingOptions {
    std::filesystem::path to;
    int keep = 7;                                // backups that stay in the place, with the log since the oldest
    std::chrono::milliseconds every{10'000};
    std::chrono::hours backup_every{24};
};

class Shipping final : public store::WalFollower {
public:
    // Finds or makes the place. Refusals of Place; backup_in_progress when another server ships to it.
    static Result<std::unique_ptr<Shipping>> open(const DataDirectory& directory, const ShippingOptions& options, const Clock& clock);
    // As open() does, which has found the place and holds its lock.
    Shipping(const DataDirectory& directory, const ShippingOptions& options, const Clock& clock, Place place, FileLock lock);
    ~Shipping() override;

    // Once the store is open: begins the run and its first backup.
    void start();
    // Ships what is committed by now, and waits for it and for the first backup; false when the place cannot be written to.
    bool catch_up();
    // Seconds since the oldest commit that is not in the place yet; 0 when all of them are.
    double behind_seconds() const;

    void committed(std::int64_t frames, Instant at, std::int64_t seq) override;
    bool has_all() override;
    void left_behind() override;
    void ends() override;

private:
    struct Stopped {};    // thrown out of a backup that the end of the process cuts short

    void loop();
    void turn();
    void begin_run();
    void ship();
    void ship_segments(std::span<const LogPoint> points);
    void back_up();
    void stop();

    DataDirectory directory_;
    ShippingOptions options_;
    const Clock& clock_;
    Place place_;
    FileLock lock_;
    std::filesystem::path wal_;

    mutable std::mutex mutex_;
    std::condition_variable wake_, turned_;
    std::deque<LogPoint> points_;    // commits that are not in the place
    Instant told_at_{};
    bool running_ = false, hurry_ = false, stopping_ = false, failing_ = false;
    std::int64_t turns_ = 0;

    // Of the shipping thread; of `ends` when that has ended.
    std::string run_;
    store::WalHead head_;            // of the WAL …
    std::int64_t shipped_ = 0;       // … whose frames are in the place up to this one
    std::int64_t next_ = 1;
    KeptCopies files_;
    std::optional<Instant> backed_up_at_;
    std::thread thread_;
};

}  // namespace shangdao::app
