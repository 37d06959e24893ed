// Names of records that other records refer to, kept between reads: a page of fifty rows refers to two hundred, mostly the same.
//
// Right for every snapshot without asking the file: a reader notes the epoch before its snapshot begins, and the writer
// closes the epoch before a COMMIT that changes or erases names and opens the next one behind it. What is kept in an epoch is true for
// every snapshot that began in it; a reader of another epoch reads the tables. Records that are only made change no epoch.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <shared_mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/id.h"

namespace shangdao::store::sqlite {

constexpr std::size_t names_kept_max = 64 * 1024;  // some 7 MiB; then all are forgotten

class NameCache {
public:
    using Epoch = std::uint64_t;  // odd: closed, a change is being committed

    Epoch epoch() const { return epoch_.load(); }

    // Tells `each` the kept names of `ids` and gives the other ids. `each` must not come back here.
    std::vector<Id> find(Epoch epoch, std::int64_t object, std::span<const Id> ids,
                         const std::function<void(Id, std::string_view)>& each) const
    {
        std::vector<Id> missing;
        const std::shared_lock lock(mutex_);
        const bool holds = in_epoch(epoch);
        for (const auto id : ids) {
            const auto found = holds ? names_.find(id) : names_.end();
            if (found != names_.end() && found->second.object == object)
                each(id, found->second.name);
            else
                missing.push_back(id);
        }
        return missing;
    }

    // Names read in a snapshot of that epoch.
    void keep(Epoch epoch, std::int64_t object, std::vector<std::pair<Id, std::string>> read)
    {
        const std::lock_guard lock(mutex_);
        if (!in_epoch(epoch)) return;
        if (names_.size() + read.size() > names_kept_max) names_.clear();
        for (auto& [id, name] : read) names_.insert_or_assign(id, Kept{object, std::move(name)});
    }

    // Alive around a COMMIT that changes or erases names, whether it succeeds or not.
    class Change {
    public:
        explicit Change(NameCache& cache) : cache_(cache)
        {
            const std::lock_guard lock(cache_.mutex_);
            ++cache_.epoch_;
        }
        ~Change()
        {
            const std::lock_guard lock(cache_.mutex_);
            cache_.names_.clear();
            ++cache_.epoch_;
        }
        Change(const Change&) = delete;
        Change& operator=(const Change&) = delete;

    private:
        NameCache& cache_;
    };

private:
    struct Kept {
        std::int64_t object = 0;  // its number
        std::string name;
    };
    bool in_epoch(Epoch epoch) const { return epoch == epoch_.load() && epoch % 2 == 0; }

    mutable std::shared_mutex mutex_;
    std::unordered_map<Id, Kept> names_;
    std::atomic<Epoch> epoch_ = 0;
};

}  // namespace shangdao::store::sqlite
