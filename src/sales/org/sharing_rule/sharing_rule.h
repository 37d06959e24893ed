// SharingRule – what an organisation shares beyond ownership and the reporting tree, or takes away: all records of an object, those of a group's
// members, or those that meet a condition, for whoever is meant. The engine's People reads it by name.
#pragma once

#include "record/record.h"

namespace shangdao::org {

struct SharingRule {
    static const record::ObjectDef def;

    static const record::Field<SharingRule, std::string> object;
    static const record::Field<SharingRule, record::ChoiceKey> basis;
    static const record::Field<SharingRule, std::string> criteria;
    static const record::Field<SharingRule, record::ChoiceKey> level;
    static const record::Field<SharingRule, bool> active;
};

}  // namespace shangdao::org
