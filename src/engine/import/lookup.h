// Lookup – records found by what a file calls them: unique keys, then names; only those the importer's member may see.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/desk.h"

namespace shangdao::engine {

class Lookup {
public:
    enum class Found : unsigned char { one, none, several };
    struct Answer {
        Found found = Found::none;
        Id id{};
    };
    // By a unique field of the object, else by name (match_key). Names are read once per object and kept.
    Answer by_text(Work& work, const Object& object, const std::string& text);
    // The live, visible record whose key slots hold these values; null keys match nothing.
    Answer by_key(Work& work, const Object& object, const std::vector<std::size_t>& slots, const Record& wanted);
    // A record was created by this import.
    void add(const Object& object, const Record& record);
    void forget() { names_.clear(); }

private:
    using NameMap = std::unordered_map<std::string, std::vector<Id>>;
    NameMap& names_of(Work& work, const Object& object);
    std::map<std::size_t, NameMap> names_;
};

}  // namespace shangdao::engine
