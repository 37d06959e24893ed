// The one list of what stands in this room.
#include "sales/customer/objects.h"

#include <array>

#include "sales/customer/account/account.h"
#include "sales/customer/activity/activity.h"
#include "sales/customer/attachment/attaching.h"
#include "sales/customer/attachment/attachment.h"
#include "sales/customer/attachment/purging.h"
#include "sales/customer/consent/consent.h"
#include "sales/customer/contact/contact.h"
#include "sales/customer/note/note.h"
#include "sales/customer/rules.h"

namespace shangdao::customer {

std::span<const record::ObjectDef* const> objects()
{
    static constexpr std::array<const record::ObjectDef*, 6> all{&Account::def, &Contact::def, &Activity::def, &Note::def, &Attachment::def, &Consent::def};
    return all;
}

void add_behaviours(engine::Behaviours& behaviours, engine::Records& records)
{
    behaviours.of("account").rules = {check_account};
    behaviours.of("activity").rules = {complete_activity};
    behaviours.of("activity").verbs["complete"] = [&records](Work& work, const Object& object, const Record& current, const engine::Arguments& arguments) {
        return perform_complete(work, records, object, current, arguments);
    };
    behaviours.of("attachment").files = {.hash_of = [](const Record& attachment) -> std::optional<std::string> {
                                             const auto* hash = attachment.get(Attachment::content_hash);
                                             return hash == nullptr ? std::nullopt : std::optional{*hash};
                                         },
                                         .find = [](const engine::Engine& engine, const std::string& hash) { return engine::find_kept_file(attachment_shelf(engine), hash); },
                                         .drop = drop_unattached};
    behaviours.of("note").rules = {complete_note};
    behaviours.of("consent").rules = {check_consent};
    behaviours.of("consent").verbs["withdraw"] = [&records](Work& work, const Object& object, const Record& current, const engine::Arguments& arguments) {
        return perform_withdraw(work, records, object, current, arguments);
    };
}

}  // namespace shangdao::customer
