// The event of a write, in the unit that writes it (D10): creation holds new values, change holds [old, new].
#include <algorithm>

#include "base/json.h"
#include "engine/records.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

constexpr std::size_t records_of_event_max = 1'000;

// Stamps and secrets are not news.
bool told(const Object& object, std::size_t slot)
{
    if (slot < record::slot_owner && slot != record::slot_deleted_at) return false;
    return object.field(slot).field_class != record::FieldClass::secret;
}

std::string differences(const Object& object, const Record* before, const Record& now)
{
    std::string out;
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot) {
        if (!told(object, slot)) continue;
        if (before == nullptr ? record::is_null(now.at(slot)) : before->at(slot) == now.at(slot)) continue;
        out += out.empty() ? '{' : ',';
        append_json_string(out, object.field(slot).name);
        out += ':';
        if (before != nullptr) {
            out += '[';
            record::append_wire(out, object.field(slot), before->at(slot));
            out += ',';
        }
        record::append_wire(out, object.field(slot), now.at(slot));
        if (before != nullptr) out += ']';
    }
    if (!out.empty()) out += '}';
    return out;
}

}  // namespace

void EventBatch::add(std::string_view object, std::string_view verb, Id id, std::string_view changes)
{
    auto& part = parts_.try_emplace({std::string{object}, std::string{verb}}, Part{.ids = {}, .entries = {}, .ends = {}, .place = parts_.size()}).first->second;
    part.ids.push_back(id);
    part.entries += R"({"id":")" + to_string(id) + R"(","changes":)";
    part.entries += changes;
    part.entries += "},";
    part.ends.push_back(part.entries.size());
}

EventBatch::Mark EventBatch::mark() const
{
    Mark mark;
    for (const auto& [key, part] : parts_) mark.sizes[key] = part.ids.size();
    mark.singles = singles_.size();
    return mark;
}

void EventBatch::drop_since(const Mark& mark)
{
    singles_.resize(mark.singles);
    for (auto& [key, part] : parts_) {
        const auto known = mark.sizes.find(key);
        const auto kept = known == mark.sizes.end() ? 0 : known->second;
        part.ids.resize(kept);
        part.ends.resize(kept);
        part.entries.resize(kept == 0 ? 0 : part.ends.back());
    }
}

std::vector<std::int64_t> EventBatch::flush(store::Unit& unit, const Desk& desk)
{
    std::vector<std::pair<const std::pair<std::string, std::string>*, Part*>> order;
    for (auto& [key, part] : parts_)
        if (!part.ids.empty()) order.emplace_back(&key, &part);
    std::ranges::sort(order, {}, [](const auto& one) { return std::pair{one.first->second != "created", one.second->place}; });
    std::vector<std::int64_t> seqs;
    for (const auto& [key, part] : order)
        for (std::size_t first = 0; first < part->ids.size(); first += records_of_event_max) {
            const auto last = std::min(first + records_of_event_max, part->ids.size());
            const auto from = first == 0 ? 0 : part->ends[first - 1];
            record::Event event;
            event.recorded_at = event.happened_at = desk.moment.now;
            event.actor = desk.member;
            event.on_behalf = desk.on_behalf;
            event.via = desk.via;
            event.request = desk.request;
            event.object = key->first;
            event.verb = key->second;
            event.ids.assign(part->ids.begin() + static_cast<std::ptrdiff_t>(first), part->ids.begin() + static_cast<std::ptrdiff_t>(last));
            event.changes = "[" + part->entries.substr(from, part->ends[last - 1] - from);
            event.changes.back() = ']';
            seqs.push_back(unit.append(std::move(event)));
        }
    for (auto& event : singles_) seqs.push_back(unit.append(std::move(event)));
    parts_.clear();
    singles_.clear();
    return seqs;
}

std::int64_t append_event(Work& work, const Object& object, const Record* before, const Record& now, const Occasion& occasion)
{
    if (work.batch != nullptr && work.batch->keeps() == EventBatch::Keeps::nothing) return work.cause;
    auto changes = differences(object, before, now);
    if (changes.empty()) {
        if (before != nullptr && occasion.verb == "changed") return 0;
        changes = "{}";
    }
    if (work.batch != nullptr && !occasion.happened_at && occasion.reason.empty()) {
        work.batch->add(object.name(), occasion.verb, now.id(), changes);
        return work.cause;
    }
    record::Event event;
    event.recorded_at = work.desk.moment.now;
    event.happened_at = occasion.happened_at.value_or(work.desk.moment.now);
    event.actor = work.desk.member;
    event.on_behalf = work.desk.on_behalf;
    event.via = work.desk.via;
    event.request = work.desk.request;
    event.object = object.name();
    event.id = now.id();
    event.verb = occasion.verb;
    event.changes = std::move(changes);
    event.reason = occasion.reason;
    event.cause = work.cause;
    if (work.batch != nullptr) {
        work.batch->add(std::move(event));
        return work.cause;
    }
    return work.unit.append(std::move(event));
}

void append_deed(Work& work, std::string_view object, Id id, std::string_view verb, std::string changes, std::string reason)
{
    record::Event event;
    event.recorded_at = event.happened_at = work.desk.moment.now;
    event.actor = work.desk.member;
    event.on_behalf = work.desk.on_behalf;
    event.via = work.desk.via;
    event.request = work.desk.request;
    event.object = object;
    event.id = id;
    event.verb = verb;
    event.changes = std::move(changes);
    event.reason = std::move(reason);
    work.unit.append(std::move(event));
}

}  // namespace shangdao::engine
