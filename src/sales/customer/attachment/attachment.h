// Attachment – a file that belongs to a record. The bytes are kept by content hash elsewhere (D24); this is what is known of them.
#pragma once

#include "record/record.h"

namespace shangdao::customer {

struct Attachment {
    static const record::ObjectDef def;

    static const record::Field<Attachment, std::string> file_name;
    static const record::Field<Attachment, std::string> media_type;
    static const record::Field<Attachment, Number> size_bytes;
    static const record::Field<Attachment, std::string> content_hash;   // SHA-256, 64 hex digits
};

}  // namespace shangdao::customer
