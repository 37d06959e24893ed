// Rehearsal – the memory of a dry run or a trial. It goes chunk by chunk in units that are rolled back, so that it never holds the
// writer for longer than a chunk; what earlier chunks wrote is therefore gone, but must count: a record found again is no
// second creation, a reference to it is good, the unique keys it took are taken and those it gave up are free.
//
// So every unit is wrapped: what a row inserts is remembered and only written – into its own unit or a later one – the moment
// somebody looks for it. Most rows are never looked for, and all would be taken back anyway. Kept beyond their unit are the writes of
// rows that a later step can refer to or change again; of all others only the hashes of their unique keys.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "store/store.h"

namespace shangdao::engine {

using record::Object;
using record::Record;

class Rehearsal {
public:
    // Objects whose records later rows may need.
    void remember(std::set<std::string, std::less<>> objects) { remembered_ = std::move(objects); }

    // One chunk's unit: everything goes to `unit`, and is remembered here. Lives as long as the chunk.
    class Chunk;

private:
    // Unique keys a record came to hold, or gave up, by their hashes.
    struct Keys {
        std::vector<std::uint64_t> taken, freed;
    };
    struct Write {
        std::size_t object = 0;             // catalogue index
        Id id{};
        std::vector<record::Change> values;
        Keys keys;
        enum class Kind : unsigned char { insertion, update } kind = Kind::insertion;
    };
    struct Row {
        std::int64_t number = 0;            // in the order they were written
        std::vector<Write> writes;
    };
    using KeptRow = std::shared_ptr<const Row>;

    std::set<std::string, std::less<>> remembered_;
    std::unordered_map<Id, std::vector<KeptRow>> rows_;
    std::unordered_map<std::uint64_t, Id> keys_;                    // by object, slot and match_key → who took it
    std::unordered_map<std::uint64_t, std::vector<Id>> freed_;      // who ever gave it up
    std::int64_t rows_kept_ = 0;
};

class Rehearsal::Chunk final : public store::Unit {
public:
    Chunk(store::Unit& unit, Rehearsal& memory) : unit_(unit), memory_(memory) {}

    const record::Catalogue& catalogue() const override { return unit_.catalogue(); }
    std::optional<Record> find(const Object& object, Id id) override { need(id); return unit_.find(object, id); }
    std::vector<Record> find_all(const Object& object, std::span<const Id> ids, std::span<const std::size_t> slots) override;
    std::optional<Id> find_unique(const Object& object, std::size_t slot, const record::Value& value) override;
    void names(const Object& object, std::span<const Id> ids, const std::function<void(Id, std::string_view)>& each) override;
    std::vector<Record> records(const store::Select& select, const formula::Moment& moment) override { need_all(); return unit_.records(select, moment); }
    std::vector<store::Row> rows(const store::Select& select, const formula::Moment& moment) override { need_all(); return unit_.rows(select, moment); }
    std::int64_t count(const store::Select& select, const formula::Moment& moment, std::int64_t at_most) override { need_all(); return unit_.count(select, moment, at_most); }
    std::vector<store::SearchHit> search(const SearchQuery& words, std::span<const Object* const> objects, const record::Sight* sight, std::int64_t limit) override { need_all(); return unit_.search(words, objects, sight, limit); }
    std::optional<record::Event> event(std::int64_t seq) override { return unit_.event(seq); }
    std::vector<record::Event> events_after(std::int64_t seq, std::int64_t limit) override { return unit_.events_after(seq, limit); }
    std::vector<record::Event> history(std::span<const std::pair<const Object*, Id>> records, std::int64_t before, std::int64_t limit) override { return unit_.history(records, before, limit); }
    std::int64_t head() override { return unit_.head(); }
    std::optional<std::string> setting(std::string_view key) override { return unit_.setting(key); }

    Id next_id() override { return unit_.next_id(); }
    Result<void> insert(const Object& object, const Record& record) override;
    Result<void> update(const Object& object, Id id, std::span<const record::Change> changes) override;
    // One row: remembered when it is kept. What is inserted outside of attempts is written at once.
    Result<void> attempt(const std::function<Result<void>()>& work) override;
    void erase(const Object& object, Id id) override;
    std::int64_t append(record::Event event) override { return unit_.append(std::move(event)); }
    void redact(std::int64_t seq, std::string_view left) override { unit_.redact(seq, left); }
    void set_setting(std::string_view key, std::optional<std::string_view> value) override { unit_.set_setting(key, value); }
    void set_order_aside(const Object&) override {}    // what is taken back writes few pages
    Result<void> redefine(std::shared_ptr<const record::Catalogue> catalogue) override;

private:
    template <typename Take> void each_row(Id id, Take take) const;    // that writes the record, and is remembered
    void need(Id id);
    void need_all();    // of this chunk
    void gather(Id id, std::vector<KeptRow>& rows);
    void write(const Write& write);
    void write_attempt();    // from here on it writes into the unit
    void make_room(std::uint64_t key);
    static Keys keys_of(const Object& object, const Record* before, const Record& after);
    std::optional<Id> holder_of(const Object& object, std::size_t slot, const record::Value& value);
    Result<void> may_take(const Object& object, Id id, const Record& record);
    std::optional<Record> remembered(const Object& object, Id id) const;
    void remember_row();

    store::Unit& unit_;
    Rehearsal& memory_;
    std::unordered_set<const Row*> present_;              // rows that are in this unit
    std::vector<KeptRow> put_off_;                        // of this chunk, in their order
    std::size_t put_off_from_ = 0;                        // those before are present
    std::unordered_map<Id, std::vector<KeptRow>> own_;    // of this chunk, that later ones do not need
    std::optional<std::uint64_t> free_key_;               // nobody in the unit holds it
    // Of the attempt that runs:
    enum class Writes : unsigned char { at_once, put_off } writes_ = Writes::at_once;
    std::vector<Write> writing_;
    std::vector<const Row*> brought_;
};

}  // namespace shangdao::engine
