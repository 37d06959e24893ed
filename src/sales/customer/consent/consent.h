// Consent – that somebody agreed to something: to what, in which words, how and when, and since when no more. What was given is never edited; it is
// withdrawn, which is as easy as giving it.
#pragma once

#include "record/record.h"

namespace shangdao::customer {

struct Consent {
    static const record::ObjectDef def;

    static const record::Field<Consent, Instant> given_at;
    static const record::Field<Consent, Instant> withdrawn_at;
    static const record::Field<Consent, Id> contact;
    static const record::Field<Consent, Id> lead;
};

}  // namespace shangdao::customer
