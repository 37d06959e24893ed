// The event of a write, in the unit that writes it (D10): creation holds new values, change holds [old, new].
#include "base/json.h"
#include "engine/records.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

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

std::int64_t append_event(Work& work, const Object& object, const Record* before, const Record& now, const Occasion& occasion)
{
    auto changes = differences(object, before, now);
    if (changes.empty()) {
        if (before != nullptr && occasion.verb == "changed") return 0;
        changes = "{}";
    }
    record::Event event;
    event.recorded_at = work.desk.moment.now;
    event.happened_at = occasion.happened_at.value_or(work.desk.moment.now);
    event.actor = work.desk.member;
    event.via = work.desk.via;
    event.request = work.desk.request;
    event.object = object.name();
    event.id = now.id();
    event.verb = occasion.verb;
    event.changes = std::move(changes);
    event.reason = occasion.reason;
    event.cause = work.cause;
    return work.unit.append(std::move(event));
}

}  // namespace shangdao::engine
