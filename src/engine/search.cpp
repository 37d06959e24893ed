// The one box over everything. Candidates come from the index joined with the viewer's sight; each hit is checked again on
// the record's own visible text, so a token of a hidden field betrays nothing.
#include "base/json.h"
#include "base/text.h"
#include "engine/lists.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace shangdao::engine {

namespace {

constexpr std::int64_t looked_at_max = 10'000;

// True when the visible searched fields alone answer the query.
bool found_in_visible(const Desk& desk, const Object& object, const Record& record, const SearchQuery& words)
{
    std::string visible;   // as it is indexed: the fields one after the other
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        if (object.field(slot).searched != record::Searched::yes || desk.guard->field(object, slot) < record::FieldLevel::read) continue;
        if (const auto* text = std::get_if<std::string>(&record.at(slot))) visible += *text + "\n";
    }
    return search_finds(words, search_tokens(visible));
}

bool hides_searched_field(const Desk& desk, const Object& object)
{
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot)
        if (object.field(slot).searched == record::Searched::yes && desk.guard->field(object, slot) < record::FieldLevel::read) return true;
    return false;
}

// The slots that tell a hit: its heading, and what judges whether it is seen.
std::vector<std::size_t> told_slots(const Desk& desk, const Object& object)
{
    std::vector<std::size_t> slots{record::slot_id, record::slot_owner, record::slot_deleted_at, object.name_slot()};
    for (const auto slot : object.seen_through()) slots.push_back(slot);
    if (object.shared_by()) slots.push_back(*object.shared_by());
    for (const auto name : object.layout().key)
        if (const auto slot = object.slot(name)) slots.push_back(*slot);
    if (hides_searched_field(desk, object))
        for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot)
            if (object.field(slot).searched == record::Searched::yes) slots.push_back(slot);
    std::ranges::sort(slots);
    slots.erase(std::ranges::unique(slots).begin(), slots.end());
    return slots;
}

// The records of the hits, fetched object by object.
class Found {
public:
    Found(store::View& view, const Desk& desk, std::span<const store::SearchHit> hits)
    {
        std::map<std::size_t, std::vector<Id>> ids;
        for (const auto& hit : hits) ids[hit.object].push_back(hit.id);
        for (const auto& [index, wanted] : ids) {
            const auto& object = desk.catalogue->object(index);
            for (auto& record : view.find_all(object, wanted, told_slots(desk, object))) records_.emplace(record.id(), std::move(record));
        }
    }
    Record* at(const store::SearchHit& hit)
    {
        const auto found = records_.find(hit.id);
        return found == records_.end() ? nullptr : &found->second;
    }

private:
    std::unordered_map<Id, Record> records_;
};

// A second line for a hit: the first key fields that are text, choice or reference name would cost a look-up; text is enough.
std::string subtitle(const Desk& desk, const Object& object, const Record& record)
{
    for (const auto name : object.layout().key) {
        const auto slot = object.slot(name);
        if (!slot || *slot == object.name_slot() || desk.guard->field(object, *slot) < record::FieldLevel::read) continue;
        if (const auto* text = std::get_if<std::string>(&record.at(*slot))) return *text;
    }
    return {};
}

struct Shown {
    const Object* object;
    Record record;
    std::pair<std::size_t, std::size_t> weight;   // characters of its name – the fewer, the more specific – and its turn
};

std::size_t name_length(const Object& object, const Record& record)
{
    const auto* name = std::get_if<std::string>(&record.at(object.name_slot()));
    return name == nullptr ? 0 : static_cast<std::size_t>(std::ranges::count_if(*name, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

// `wanted` that the viewer may be told of, the most specific first. Hits that only a hidden field answers
// must not push others out of the answer: where some fell away, the index is asked for more.
std::vector<Shown> found(store::View& view, const Desk& desk, const SearchQuery& words, const std::vector<const Object*>& among, std::int64_t wanted)
{
    for (auto asked = wanted;; asked *= 4) {
        std::vector<Shown> shown;
        const auto hits = view.search(words, among, desk.guard.get(), asked);
        Found records(view, desk, hits);
        for (const auto& hit : hits) {
            const auto& object = desk.catalogue->object(hit.object);
            auto* record = records.at(hit);
            if (record == nullptr || record->deleted() || !desk.guard->sees(view, object, *record)) continue;
            if (hides_searched_field(desk, object) && !found_in_visible(desk, object, *record, words)) continue;
            const auto length = name_length(object, *record);
            shown.push_back({&object, std::move(*record), {length, shown.size()}});
            if (std::ssize(shown) == wanted) break;
        }
        if (std::ssize(shown) < wanted && std::ssize(hits) == asked && asked <= looked_at_max) continue;
        std::ranges::sort(shown, {}, &Shown::weight);
        return shown;
    }
}

}  // namespace

Result<std::string> search_answer(store::View& view, const Desk& desk, std::string_view query, const std::vector<std::string>& objects, std::int64_t limit)
{
    if (limit < 1 || limit > 200) return refuse("invalid_value", "limit", {{"expected", "1…200"}});
    std::vector<const Object*> among;
    for (const auto& object : desk.catalogue->objects()) {
        if (!object.routed() || !desk.guard->may(Action::read, object)) continue;
        if (!objects.empty() && std::ranges::find(objects, object.name()) == objects.end()) continue;
        if (desk.guard->field(object, object.name_slot()) >= record::FieldLevel::read) among.push_back(&object);
    }
    for (const auto& name : objects) {
        const auto* object = desk.catalogue->find(name);
        if (object == nullptr || !object->routed() || !desk.guard->may(Action::read, *object)) return refuse("unknown_object", "objects", {{"name", name}});
    }
    const auto words = search_query(query);
    const auto shown = words.empty() || among.empty() ? std::vector<Shown>{} : found(view, desk, words, among, limit + 1);
    const bool more = std::ssize(shown) > limit;
    std::string out = R"({"data":[)";
    for (const auto& [object, record, weight] : std::span{shown}.first(shown.size() - (more ? 1 : 0))) {
        const auto* name = std::get_if<std::string>(&record.at(object->name_slot()));
        out += out.back() == '[' ? "{" : ",{";
        out += R"("object":)";
        append_json_string(out, object->name());
        out += R"(,"id":")" + to_string(record.id()) + R"(","name":)";
        append_json_string(out, name == nullptr ? std::string_view{} : std::string_view{*name});
        out += R"(,"subtitle":)";
        append_json_string(out, subtitle(desk, *object, record));
        out += '}';
    }
    out += R"(],"more":)";
    out += more ? "true}" : "false}";
    return out;
}

}  // namespace shangdao::engine
