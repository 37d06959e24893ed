// What always holds for accounts, activities, notes and consents; run inside every write.
#pragma once

#include "engine/records.h"

namespace shangdao::customer {

using engine::Object;
using engine::Occasion;
using engine::Record;
using engine::Work;

// An account is not, over any number of steps, its own parent. Refusal reference_ring.
Result<void> check_account(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);

// An activity is open or done; a done one has the moment it was done. It is done from the start when told with an end.
// References fill each other: the account of a contact or deal is the account of the activity when none was named.
Result<void> complete_activity(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);

// Verb complete {outcome, body, minutes, next_step, next_step_on}: done now. A next step with a date becomes a task of its own,
// caused by this. Refusal activity_done when it was done already.
Result<Record> perform_complete(Work& work, const engine::Records& records, const Object& object, const Record& current, const engine::Arguments& arguments);

// A note without a subject takes the beginning of its text.
Result<void> complete_note(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);

// A consent is of one contact or one lead, whom its writer may edit, and of the past; what was given stays as it is. Refusals consent_of_one, forbidden,
// in_the_future, consent_given, record_erased.
Result<void> check_consent(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);

// Verb withdraw {withdrawn_at}: now unless said. Refusals consent_withdrawn, in_the_future, before_given.
Result<Record> perform_withdraw(Work& work, const engine::Records& records, const Object& object, const Record& current, const engine::Arguments& arguments);

}  // namespace shangdao::customer
