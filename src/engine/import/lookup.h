// Lookup – records found by what a file calls them: unique keys, then names; only those the importer's member may see.
#pragma once

#include <map>
#include <optional>
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
    // A record was created by this import. A dry run also keeps it under its name, where later rows refer to the object, and under
    // each set of keys by which rows find it again, for its later chunks cannot find it in the store.
    void add(const Object& object, const Record& record);
    void add_name(Work& work, const Object& object, const Record& record);
    void add_keys(const Object& object, const Record& record, const std::vector<std::size_t>& slots);
    // Begins a chunk with the ledger's head: what a text meant in the chunk before still holds when nothing was written since it ended,
    // else it is looked up again.
    void begin(std::int64_t head);
    // Ends a chunk that wrote no record which texts could mean.
    void end(std::int64_t head) { found_until_ = head; }
    void forget()
    {
        names_.clear();
        found_.clear();
    }

private:
    Answer look_up(Work& work, const Object& object, const std::string& text);
    using NameMap = std::unordered_map<std::string, std::vector<Id>>;
    NameMap& names_of(Work& work, const Object& object);
    std::map<std::size_t, NameMap> names_;
    std::unordered_map<std::string, Id> found_;  // object and text → record
    std::optional<std::int64_t> found_until_;  // head when the last chunk ended, if what it found may be kept
    std::unordered_map<std::string, std::vector<Id>> keys_;  // object, slots and values → records of this dry run
};

}  // namespace shangdao::engine
