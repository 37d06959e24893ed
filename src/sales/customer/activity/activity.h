// Activity – a call, e-mail, meeting, visit or task: planned, then done with an outcome and a next step.
//
// It hangs on an account, contact, lead or deal – the last two by name only, since their room lies to the right.
#pragma once

#include "record/record.h"

namespace shangdao::customer {

struct Activity {
    static const record::ObjectDef def;

    static const record::Field<Activity, std::string> subject;
    static const record::Field<Activity, record::ChoiceKey> kind;      // call, email, meeting, visit, task
    static const record::Field<Activity, record::ChoiceKey> state;     // open, done
    static const record::Field<Activity, record::ChoiceKey> outcome;
    static const record::Field<Activity, Id> account;
    static const record::Field<Activity, Id> contact;
    static const record::Field<Activity, Id> lead;
    static const record::Field<Activity, Id> deal;
    static const record::Field<Activity, Date> due_on;
    static const record::Field<Activity, Instant> starts_at;
    static const record::Field<Activity, Instant> ends_at;
    static const record::Field<Activity, Instant> done_at;
    static const record::Field<Activity, Number> minutes;
    static const record::Field<Activity, std::string> next_step;
    static const record::Field<Activity, Date> next_step_on;
    static const record::Field<Activity, std::string> body;
};

}  // namespace shangdao::customer
