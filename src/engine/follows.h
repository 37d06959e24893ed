// Follows – the records that a member keeps an eye on: whoever follows one is told what others make of it (engine/notifications.h) and
// finds it by `id in followed()`. A follow is a row of the machinery's own, of one member and one record. All of them are held in memory
// and kept by the writer's thread, as people are, so that a write looks up nothing for it. What a member may no longer see he follows
// still, and hears nothing of it.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/behaviour.h"
#include "record/definition.h"
#include "record/owner_set.h"

namespace shangdao::engine {

class Records;

extern const record::ObjectDef follow_object;
// What a member follows is a view of every object of the business.
inline constexpr record::ViewDef followed_view{.key = "followed", .label = {"我关注的", "Followed"}, .filter = "id in followed()"};

class Follows {
public:
    void load(store::View& view);                                     // those of everybody
    void renew(store::View& view, Id member);                         // those of one member, who began or ended one
    std::shared_ptr<const record::OwnerSet> of(Id member) const;      // ids of records; never null
    std::vector<Id> followers(Id record) const;                       // members, by id

private:
    void keep(Id member, std::shared_ptr<const record::OwnerSet> records);

    mutable std::mutex mutex_;
    std::unordered_map<Id, std::shared_ptr<const record::OwnerSet>> by_member_;
    std::unordered_map<Id, std::vector<Id>> by_record_;
};

// Begins or ends to follow a record that the desk's member sees; where it is so already, nothing happens. Refusals not_found, too_many.
enum class Following : unsigned char { begins, ends };
Result<void> follow(Work& work, const Records& records, const Object& object, Id id, Following wanted);

// {"data":[{"object","id"}]}: what the desk's member follows and may see.
std::string follows_answer(store::View& view, const Desk& desk);

}  // namespace shangdao::engine
