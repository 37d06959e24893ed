// Behaviour – what a room adds to the machinery for one object: rules that run inside every write and the functions of its
// verbs (D17 `with`, D18). Registered once in the room's objects.cpp; the machinery never names a room.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/desk.h"

namespace shangdao::engine {

// Values of a verb's arguments in the order of its definition, read and checked like fields.
class Arguments {
public:
    Arguments(const record::VerbDef& verb, std::vector<record::Value> values) : verb_(&verb), values_(std::move(values)) {}
    const record::Value& at(std::string_view name) const;                 // a bug when the verb has no such argument
    template <typename T> const T* get(std::string_view name) const { return std::get_if<T>(&at(name)); }

private:
    const record::VerbDef* verb_;
    std::vector<record::Value> values_;
};

// How the write came about; rules look at it where history or reasons matter.
struct Occasion {
    std::string verb = "changed";             // event verb: created, changed, won, …
    std::string reason;
    std::optional<Instant> happened_at;       // differs from now for history
    enum class History : unsigned char { live, history } history = History::live;   // D30
    enum class Turn : unsigned char { on, back } turn = Turn::on;                       // back: an undo gives back what verbs had changed
};

// Runs before a record is stored; may complete `next` or refuse. `before` is nullptr when the record is being created.
using Rule = std::function<Result<void>(Work&, const Object&, const Record* before, Record& next, const Occasion&)>;
// Runs after it was stored, in the same unit; for records that belong to it (passages).
using Aftermath = std::function<Result<void>(Work&, const Object&, const Record* before, const Record& now, const Occasion&)>;
// Performs a verb on a record that was checked for existence, version and right. Returns the record as it is now.
using VerbFunction = std::function<Result<Record>(Work&, const Object&, const Record& current, const Arguments&)>;
// Writes a field that only verbs may write, from an import or a bulk change, through its own door: (stage → advance).
using DoorFunction = std::function<Result<Record>(Work&, const Object&, const Record& current, const record::Value& wanted)>;

// Gives a record back what one of its verbs had changed, with what belongs to it (D21); `old` holds fields that only verbs or the system
// write, too. Every field of it still is what the verb wrote.
using TakeBackFunction = std::function<Result<Record>(Work&, const Object&, const Record& current, const record::Changes& old)>;

class Engine;

// Of an object whose records stand for files beside the store (D24).
struct FilesOfRecords {
    std::function<std::optional<std::string>(const Record&)> hash_of;                       // of the record's file
    std::function<std::optional<std::filesystem::path>(const Engine&, const std::string& hash)> find;   // where it lies; nullopt when it is missing
    std::function<std::int64_t(Engine&, std::span<const std::string>)> drop;                // of these hashes the files that no record stands for any more, and how many; outside any unit
};

// Whom one may ask to let a write pass, the first of them first, never the asker; and how the record stands: another word at the decision, and the
// approval fits no more.
struct Judged {
    std::vector<Id> deciders;
    std::string standing;
};

// What is refused of an object's verbs, and what a second person may let pass (engine/approvals/approvals.h): the function then finds the kind in Desk::approved.
struct Matter {
    std::string_view kind;                       // of the approval
    std::string_view refusal;                    // code of the problems that stand in the way
    std::span<const std::string_view> verbs;     // each refuses so before its first write
    std::function<Result<Judged>(store::View&, const Desk&, const Object&, const Record&, Id asker)> judge;
};

struct Behaviour {
    std::vector<Rule> rules;
    std::vector<Aftermath> aftermaths;
    std::map<std::string, VerbFunction, std::less<>> verbs;
    std::map<std::string, DoorFunction, std::less<>> doors;       // by field name
    std::vector<std::string_view> born_with;                      // fields of verbs that a new record may name; its rules judge them
    std::vector<Matter> matters;
    TakeBackFunction take_back;                                   // empty: its verbs have nothing but their fields
    FilesOfRecords files;                                         // empty: its records stand for none
};

class Behaviours {
public:
    Behaviour& of(std::string_view object) { return by_object_[std::string{object}]; }
    const Behaviour* find(std::string_view object) const
    {
        const auto found = by_object_.find(object);
        return found == by_object_.end() ? nullptr : &found->second;
    }

private:
    std::map<std::string, Behaviour, std::less<>> by_object_;
};

}  // namespace shangdao::engine
