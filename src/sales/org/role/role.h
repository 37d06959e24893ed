// Role – a flat set of rights with a name (D27); `rights` is the JSON of engine/guard.h, checked before it is stored.
#pragma once

#include <span>

#include "record/record.h"

namespace shangdao::org {

struct Role {
    static const record::ObjectDef def;

    static const record::Field<Role, std::string> name;
    static const record::Field<Role, std::string> name_en;
    static const record::Field<Role, std::string> key;
    static const record::Field<Role, std::string> rights;
};

// The roles every organisation begins with; `rights` is JSON.
struct DefaultRole {
    std::string_view key;
    Label name;
    std::string_view rights;
};
std::span<const DefaultRole> default_roles();   // rep, manager, admin

}  // namespace shangdao::org
