// Duplicates – records that look like the one being entered (D26): similarity never refuses, it is shown. Only visible
// records are compared, so nothing is betrayed.
#pragma once

#include <string>
#include <vector>

#include "engine/desk.h"

namespace shangdao::engine {

struct Duplicate {
    const Object* object = nullptr;
    Id id{};
    std::string name;
    std::vector<std::string> reasons;     // "same_name", "similar_name", "same_email", "same_phone", "same_website"
    int score = 0;                        // 0…100
};

// Persons and firms, told by an e-mail, phone or URL field, are looked for on every entry; of others an equal name is no news.
bool has_twins(const Object& object);

// At most ten, best first; `except` is the record itself. Looks at the name field, e-mails, phones and URLs among `values`.
std::vector<Duplicate> find_duplicates(store::View& view, const Desk& desk, const Object& object, const record::Changes& values, Id except);

// [{object,id,name,reasons,score},…]
std::string duplicates_json(const std::vector<Duplicate>& duplicates);

}  // namespace shangdao::engine
