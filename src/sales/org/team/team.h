// Team – a group of members with a lead. The reporting tree, not the team, decides rights (D27); teams are for counting.
#pragma once

#include "record/record.h"

namespace shangdao::org {

struct Team {
    static const record::ObjectDef def;

    static const record::Field<Team, std::string> name;
    static const record::Field<Team, Id> parent;
    static const record::Field<Team, Id> leader;
};

}  // namespace shangdao::org
