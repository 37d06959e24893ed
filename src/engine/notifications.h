// Notifications – what a member is told without having asked: others did something that concerns them or a record they follow, long work
// of theirs ended, a day brought something. A notification holds who, why and which record, no word of the record: what it is called is asked when it is read,
// and who may not see the record is not told of it. Each reason can be switched off (engine/preferences.h).
#pragma once

#include <boost/json/value.hpp>

#include "engine/behaviour.h"
#include "record/definition.h"

namespace shangdao::engine {

extern const record::ObjectDef notification_object;

struct NotificationReason {
    std::string_view key;
    std::string_view preference;      // its name in engine/preferences.h
};
std::span<const NotificationReason> notification_reasons();

// Inside the unit of a write, behind its event: writes the notifications that follow from it. Imports tell nobody, bulk changes tell the
// new owner once, when they end.
void notify_of(Work& work, const Object& object, const Record* before, const Record& now, const Occasion& occasion);
// `count` records of `object` became this member's in one go.
void notify_of_many(Work& work, Id recipient, const Object& object, std::int64_t count);

// A record is shared with this member from now on.
void notify_of_share(Work& work, Id recipient, const Object& object, Id record);

// An approval waits for this member (approval_asked), or what he asked for was decided (approval_decided).
void notify_of_approval(Work& work, Id recipient, std::string_view reason, Id approval);

// A letter to `member` could not be sent and was given up; told to administrators.
void notify_of_mail(Work& work, Id recipient, Id member);

// Long work of its owner's ended: well when it was long enough to have been left alone, badly in any case.
enum class JobEnd : unsigned char { well, badly };
void notify_of_job(Work& work, const Record& job, JobEnd end);

// What a day brings (due, overdue, stalled): once a day and reason, naming the record where there is one alone. Gives whether it was told.
struct DayNews {
    Id recipient;
    std::string_view reason;
    const Object* object = nullptr;
    std::vector<Id> records;
};
bool notify_of_day(Work& work, const DayNews& news);

// The members named in a text: "@[张三](123)" names 123. Each once, at most 20.
std::vector<Id> mentioned_in(std::string_view text);

// Whether the desk's member, whose notification this is, hears of it now: who may not see the record, or nothing of what was changed, does not.
bool is_told(store::View& view, const Desk& desk, const Record& notification);

struct NotificationRequest {
    bool unread_only = false;
    std::optional<Id> after;
    std::int64_t limit = 50;
};
// {"data":[{"id","reason","at","by":{"id","name"},"object","record":{"id","name"},"count","fields","read"}],"next","unread"}, the newest first;
// `unread` counts to 100. Of a followed record `count` is that of its changes and `fields` what they changed.
std::string notifications_answer(store::View& view, const Desk& desk, const NotificationRequest& request);

// Marks own notifications as read, all of them without `ids`; gives how many were unread. Also forgets old ones. Refusal not_found.
Result<std::int64_t> mark_read(Work& work, const std::optional<std::vector<Id>>& ids);

}  // namespace shangdao::engine
