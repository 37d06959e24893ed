// The one list of what stands in this room.
#include "sales/customer/objects.h"

#include <array>

#include "sales/customer/account/account.h"
#include "sales/customer/activity/activity.h"
#include "sales/customer/attachment/attachment.h"
#include "sales/customer/contact/contact.h"
#include "sales/customer/note/note.h"
#include "sales/customer/rules.h"

namespace shangdao::customer {

std::span<const record::ObjectDef* const> objects()
{
    static constexpr std::array<const record::ObjectDef*, 5> all{&Account::def, &Contact::def, &Activity::def, &Note::def, &Attachment::def};
    return all;
}

void add_behaviours(engine::Behaviours& behaviours, engine::Records& records)
{
    behaviours.of("account").rules = {check_account};
    behaviours.of("activity").rules = {complete_activity};
    behaviours.of("activity").verbs["complete"] = [&records](Work& work, const Object& object, const Record& current, const engine::Arguments& arguments) {
        return perform_complete(work, records, object, current, arguments);
    };
    behaviours.of("note").rules = {complete_note};
}

}  // namespace shangdao::customer
