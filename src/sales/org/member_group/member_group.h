// MemberGroup – members gathered across teams, so that records are shared with all of them at once; a Membership puts one in it.
#pragma once

#include "record/record.h"

namespace shangdao::org {

struct MemberGroup {
    static const record::ObjectDef def;

    static const record::Field<MemberGroup, Id> parent;
};

struct Membership {
    static const record::ObjectDef def;

    static const record::Field<Membership, std::string> name;
    static const record::Field<Membership, Id> member_group;
    static const record::Field<Membership, Id> member;
};

}  // namespace shangdao::org
