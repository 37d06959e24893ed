#include "app/backup/shipping.h"

#include <algorithm>
#include <iterator>

#include "base/fault.h"
#include "base/log.h"
#include "sales/customer/attachment/attaching.h"

namespace shangdao::app {

namespace {

constexpr std::int64_t frames_a_segment = 2048;

}  // namespace

Result<std::unique_ptr<Shipping>> Shipping::open(const DataDirectory& directory, const ShippingOptions& options, const Clock& clock)
{
    CHECK_OK(check_is_in_file(directory));
    TRY(auto place, Place::find_or_make(options.to, directory));
    place.settle();
    auto lock = FileLock::take(place.log().lock_file());
    if (!lock) return refuse("backup_in_progress", options.to.string(), {{"path", options.to.string()}, {"pid", FileLock::holder(place.log().lock_file())}});
    return std::make_unique<Shipping>(directory, options, clock, std::move(place), std::move(*lock));
}

Shipping::Shipping(const DataDirectory& directory, const ShippingOptions& options, const Clock& clock, Place place, FileLock lock)
    : directory_(directory), options_(options), clock_(clock), place_(std::move(place)), lock_(std::move(lock)), wal_(directory.store_file().string() + "-wal"),
      files_(customer::attachment_shelf(directory.store_directory()), place_.files())
{
}

Shipping::~Shipping() { stop(); }

void Shipping::start()
{
    thread_ = std::thread([this] { loop(); });
}

void Shipping::stop()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Shipping::committed(std::int64_t frames, Instant at, std::int64_t seq)
{
    const std::lock_guard lock(mutex_);
    told_at_ = std::max(told_at_, at);
    if (running_) points_.push_back({.frame = frames, .at = told_at_, .seq = seq});
}

bool Shipping::has_all()
{
    const std::lock_guard lock(mutex_);
    if (points_.empty()) return true;
    hurry_ = true;
    wake_.notify_all();
    return false;
}

void Shipping::left_behind()
{
    {
        const std::lock_guard lock(mutex_);
        running_ = false;
        points_.clear();
    }
    log(Level::error, "the place is too far behind; shipping begins anew with a new backup", {{"path", options_.to.string()}});
}

void Shipping::ends()
{
    stop();
    try {
        ship();
    } catch (const std::exception& thrown) {
        log(Level::error, "the last commits were not shipped", {{"what", thrown.what()}});
    }
}

double Shipping::behind_seconds() const
{
    const std::lock_guard lock(mutex_);
    return points_.empty() ? 0 : std::chrono::duration<double>(clock_.now() - points_.front().at).count();
}

bool Shipping::catch_up()
{
    std::unique_lock lock(mutex_);
    // The turn that is under way may have begun before the newest commit.
    const auto wanted = turns_ + 2;
    while (turns_ < wanted && !stopping_) {
        hurry_ = true;
        wake_.notify_all();
        turned_.wait(lock);
    }
    return !failing_;
}

void Shipping::loop()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        const bool failed_before = failing_;
        hurry_ = false;
        lock.unlock();
        std::string what;
        try {
            turn();
        } catch (const Stopped&) {
            return;
        } catch (const std::exception& thrown) {
            what = thrown.what();
        }
        if (!what.empty() && !failed_before) log(Level::error, "shipping failed; it will be tried again", {{"path", options_.to.string()}, {"what", what}});
        if (what.empty() && failed_before) log(Level::info, "shipping goes on", {{"path", options_.to.string()}});
        lock.lock();
        failing_ = !what.empty();
        ++turns_;
        turned_.notify_all();
        wake_.wait_for(lock, options_.every, [&] { return stopping_ || (hurry_ && !failing_); });
    }
    turned_.notify_all();
}

void Shipping::turn()
{
    bool running = false;
    {
        const std::lock_guard lock(mutex_);
        running = running_;
    }
    if (!running) begin_run();
    ship();
    if (!backed_up_at_ || clock_.now() - *backed_up_at_ >= options_.backup_every) back_up();
}

// The run holds what is committed from now on, and what stands before it in the same WAL.
void Shipping::begin_run()
{
    next_ = place_.log().place().from;
    run_ = place_.log().begin_run(clock_.now());
    head_ = {};
    backed_up_at_.reset();
    const std::lock_guard lock(mutex_);
    running_ = true;
    points_.clear();
}

void Shipping::ship()
{
    std::vector<LogPoint> points;
    {
        const std::lock_guard lock(mutex_);
        points.assign(points_.begin(), points_.end());
    }
    if (points.empty()) return;
    files_.bring_new();    // first, for a file is there before its row
    place_.keep_erased(directory_);
    ship_segments(points);
    const std::lock_guard lock(mutex_);
    // Meanwhile it may have been given up.
    points_.erase(points_.begin(), points_.begin() + std::min(std::ssize(points), std::ssize(points_)));
}

void Shipping::ship_segments(std::span<const LogPoint> points)
{
    const auto head = store::wal_head(wal_);
    if (!head) throw Fault(FaultKind::storage, "there is no WAL at " + wal_.string());
    if (*head != head_) {    // it has begun anew, which it does only when all of the one before was shipped; or the run has just begun
        head_ = *head;
        shipped_ = 0;
    }
    const auto last = points.back().frame;
    while (shipped_ < last) {
        const auto to = std::min(last, shipped_ + frames_a_segment);
        Segment segment{.number = next_, .run = run_, .page_bytes = head_.page_bytes, .after = shipped_, .points = {}, .frames = {}};
        std::ranges::copy_if(points, std::back_inserter(segment.points), [&](const LogPoint& point) { return point.frame > shipped_ && point.frame <= to; });
        place_.log().write(std::move(segment), store::read_wal_frames(wal_, head_, shipped_, to));
        ++next_;
        shipped_ = to;
    }
}

void Shipping::back_up()
{
    const auto ship_meanwhile = [this](std::string_view, std::int64_t, std::int64_t) {
        bool due = false;
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) throw Stopped{};
            due = hurry_ || (!points_.empty() && clock_.now() - points_.front().at >= options_.every);
            hurry_ = false;
        }
        if (due) ship();
    };
    const auto at = clock_.now();
    const auto made = make_backup({.directory = directory_, .to = options_.to, .clock = clock_, .keep = options_.keep, .progress = ship_meanwhile});
    if (!made) throw Fault(FaultKind::storage, made.error().front().code);
    backed_up_at_ = at;
    log(Level::info, "backed up", {{"backup", made->name}, {"event", made->manifest.store.seq}});
    for (const auto& finding : made->manifest.findings) log(Level::error, "the backup is not sound", {{"what", finding}});
    for (const auto& hash : made->manifest.missing) log(Level::error, "a file is missing", {{"hash", hash}});
}

}  // namespace shangdao::app
