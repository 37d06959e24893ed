// Note – a few words about a record, for whoever may see that record.
#pragma once

#include "record/record.h"

namespace shangdao::customer {

struct Note {
    static const record::ObjectDef def;

    static const record::Field<Note, std::string> subject;
    static const record::Field<Note, std::string> body;
};

}  // namespace shangdao::customer
