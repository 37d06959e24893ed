// Given – what is shared with one member, as his guard takes it.
#pragma once

#include <map>
#include <vector>

#include "formula/expression.h"
#include "record/owner_set.h"

namespace shangdao::engine {

// What is given: to read, or to read and change. Neither lets its taker delete, hand over or share.
enum class Grant : unsigned char { read, edit };

// What one member was given of one object, and what is withheld from him.
struct Given {
    bool all_read = false, all_edit = false;
    bool by_parent_edit = false;                    // what belongs to a record that he may edit
    record::OwnerSet owners_read, owners_edit;      // of owners whose records a rule shares with him
    record::OwnerSet records_read, records_edit;    // ids
    struct Opened {
        formula::Expression when;
        Grant grant;
    };
    std::vector<Opened> opened;
    std::vector<formula::Expression> restrictions, locks;   // each must be true to see a record; where one is true, it is only read
};
using GivenByObject = std::map<std::size_t, Given>;    // by catalogue index

}  // namespace shangdao::engine
