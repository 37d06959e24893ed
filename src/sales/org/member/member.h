// Member – somebody of the organisation: who signs in, owns records and reports to a manager (D27).
//
// A member without an e-mail address exists, owns and is counted, but cannot sign in: imports bring such members.
#pragma once

#include "record/record.h"

namespace shangdao::org {

struct Member {
    static const record::ObjectDef def;

    static const record::Field<Member, std::string> name;
    static const record::Field<Member, std::string> email;
    static const record::Field<Member, Id> manager;
    static const record::Field<Member, Id> team;
    static const record::Field<Member, record::ChoiceKeys> roles;
    static const record::Field<Member, bool> active;
    static const record::Field<Member, record::ChoiceKey> language;
};

}  // namespace shangdao::org
