#include "engine/persons/traces.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/engine_objects.h"
#include "engine/expressions.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

constexpr std::int64_t page_rows = 200;
constexpr std::size_t word_points_min = 2, id_digits_min = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A run of digits that is one of the ids.
bool names_any(const std::unordered_set<std::int64_t>& ids, std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(text[at])) {
            ++at;
            continue;
        }
        const auto from = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        if (at - from < id_digits_min) continue;
        if (const auto id = parse_id(text.substr(from, at - from)); id && ids.contains(id->value)) return true;
    }
    return false;
}

bool holds_any(const Sought& sought, const Record& row, std::span<const std::size_t> slots)
{
    return std::ranges::any_of(slots, [&](std::size_t slot) {
        const auto* text = std::get_if<std::string>(&row.at(slot));
        return text != nullptr && holds_any(sought, *text);
    });
}

bool has_ended(const Record& job)
{
    const auto* state = job.get(job::state);
    return state == nullptr || (state->key != "waiting" && state->key != "running");
}

void add_word(std::vector<std::string>& words, std::string_view text)
{
    if (code_point_count(text) < word_points_min || std::ranges::find(words, text) != words.end()) return;
    words.emplace_back(text);
}

// The entry of one record among those of many (D10).
bool is_of(const json::value& entry, std::span<const RecordOf> records)
{
    const auto* map = entry.if_object();
    const auto* id = map == nullptr ? nullptr : map->if_contains("id");
    const auto* text = id == nullptr ? nullptr : id->if_string();
    const auto number = text == nullptr ? std::nullopt : parse_id(std::string_view{*text});
    return number && std::ranges::find(records, *number, &RecordOf::id) != records.end();
}

bool is_nothing(const json::value& value)
{
    const auto* pair = value.if_array();
    return pair == nullptr ? value.is_null() : std::ranges::all_of(*pair, [](const auto& one) { return one.is_null(); });
}

// What is left of an event's changes; nullopt when nothing is to be taken from it: it was done, looking or erasing, without a value.
std::optional<std::string> without(const record::Event& event, std::span<const RecordOf> records)
{
    if (event.verb == "erased") return std::nullopt;
    boost::system::error_code error;
    auto changes = json::parse(event.changes, error);
    const auto* one = error ? nullptr : changes.if_object();
    if (one != nullptr && event.reason.empty() && std::ranges::all_of(*one, [](const auto& change) { return is_nothing(change.value()); })) return std::nullopt;
    auto* many = error ? nullptr : changes.if_array();
    if (many == nullptr) return "{}";
    json::array left;
    for (auto& entry : *many)
        if (!is_of(entry, records)) left.push_back(std::move(entry));
    return json::serialize(left);
}

}  // namespace

bool holds_any(const Sought& sought, std::string_view text)
{
    return names_any(sought.ids, text) || std::ranges::any_of(sought.words, [&](const std::string& word) { return text.contains(word); });
}

std::vector<RecordOf> find_traces(store::Store& store, const record::Catalogue& catalogue, const Sought& sought, std::size_t limit)
{
    std::vector<RecordOf> found;
    for (const std::string_view name : {"once_key", "job", "approval"})
        for (Id after; found.size() < limit;) {
            const auto& object = catalogue.at(name);
            std::vector<std::size_t> texts;
            for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot)
                if (object.field(slot).type == record::Type::text) texts.push_back(slot);
            store::Select select{.from = &object, .limit = page_rows};
            select.order = {{field_expression(object, record::slot_id), false}};
            if (after) select.after = {after, after};
            const auto page = store.read()->records(select, {});
            for (const auto& row : page)
                if (found.size() < limit && (name != "job" || has_ended(row)) && holds_any(sought, row, texts)) found.push_back({&object, row.id()});
            if (std::ssize(page) < page_rows) break;
            after = page.back().id();
        }
    return found;
}

void add_words(store::View& view, const Object& object, const Record& record, std::vector<std::string>& words)
{
    const auto personal = [&](std::size_t slot) {
        const auto& field = object.field(slot);
        return field.type == record::Type::text && field.field_class == record::FieldClass::personal;
    };
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot)
        if (const auto* text = std::get_if<std::string>(&record.at(slot)); text != nullptr && personal(slot)) add_word(words, *text);
    const std::pair<const Object*, Id> own[] = {{&object, record.id()}};
    for (const auto& event : view.history(own, INT64_MAX, page_rows)) {
        boost::system::error_code error;
        const auto changes = json::parse(event.changes, error);
        const auto* map = error ? nullptr : changes.if_object();
        if (map == nullptr) continue;
        for (const auto& [name, value] : *map) {
            const auto slot = object.slot(name);
            if (!slot || !personal(*slot)) continue;
            if (const auto* text = value.if_string()) add_word(words, *text);
            if (const auto* pair = value.if_array())
                for (const auto& one : *pair)
                    if (const auto* text = one.if_string()) add_word(words, *text);
        }
    }
}

void redact_events(store::Unit& unit, std::span<const RecordOf> records)
{
    std::vector<std::pair<const Object*, Id>> concerned;
    for (const auto& one : records) concerned.emplace_back(one.object, one.id);
    for (std::int64_t before = INT64_MAX;;) {
        const auto events = unit.history(concerned, before, page_rows);
        for (const auto& event : events)
            if (const auto left = without(event, records)) unit.redact(event.seq, *left);
        if (std::ssize(events) < page_rows) return;
        before = events.back().seq;
    }
}

}  // namespace shangdao::engine
