// Territory – a part of the market, within another maybe: what lies in it is open to its members and to those of the territories that hold it. A
// TerritoryMember puts one in charge of it; a record lies in the territory that a field of it names. The engine's People reads both by name.
#pragma once

#include "record/record.h"

namespace shangdao::org {

struct Territory {
    static const record::ObjectDef def;

    static const record::Field<Territory, Id> parent;
};

struct TerritoryMember {
    static const record::ObjectDef def;

    static const record::Field<TerritoryMember, std::string> name;
    static const record::Field<TerritoryMember, Id> territory;
    static const record::Field<TerritoryMember, Id> member;
};

}  // namespace shangdao::org
