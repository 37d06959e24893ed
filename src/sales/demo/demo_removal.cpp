// Taking the demonstration out again: what the ledger says it made, and no more.
#include <algorithm>
#include <map>
#include <unordered_set>

#include "sales/demo/demo.h"
#include "sales/org/member/member.h"

namespace shangdao::demo {

namespace {

using engine::Object;
using engine::Record;
using engine::Work;
using Ids = std::unordered_set<Id>;

constexpr std::string_view mark = "demo";
constexpr std::int64_t page = 1'000;
constexpr std::int64_t records_max = 10'000'000;

class Removal {
public:
    explicit Removal(engine::Engine& engine) : engine_(engine) {}
    Result<std::int64_t> run();

private:
    engine::Caller system() const
    {
        return {.member = {}, .kind = engine::Caller::Kind::system, .scopes = {}, .via = record::Via::system, .request = std::string{mark}, .language = Language::zh};
    }
    void read_ledger();
    void read_belongings();
    // Every record of every object that is not to be removed.
    void each_staying(store::View& view, const std::function<void(const Object&, const Record&)>& look) const;
    void keep_members(store::View& view);
    Result<void> clear_references();
    Result<void> erase();

    engine::Engine& engine_;
    std::map<std::string, Ids, std::less<>> made_;   // by object
    Ids kept_members_;
};

void Removal::read_ledger()
{
    auto view = engine_.store().read();
    for (std::int64_t seq = 0;;) {
        const auto events = view->events_after(seq, page);
        if (events.empty()) break;
        seq = events.back().seq;
        for (const auto& event : events)
            if (event.request == mark && event.verb == "created") made_[event.object].insert(event.id);
    }
    // Passages have no events; they go with their deal or lead.
    const auto& passage = view->catalogue().at("passage");
    store::Select select{.from = &passage};
    select.limit = records_max;
    for (const auto& stay : view->records(select, {}))
        for (const auto* object : {"deal", "lead"})
            if (const auto* id = std::get_if<Id>(&stay.at(*passage.slot(object))); id != nullptr && made_[object].contains(*id)) made_["passage"].insert(stay.id());
}

// What a member was told, how he liked it, what he followed and locked goes with him, or it would keep him here.
void Removal::read_belongings()
{
    auto view = engine_.store().read();
    for (const auto* name : {"notification", "preference", "follow", "record_lock"}) {
        made_[name].clear();
        store::Select select{.from = &view->catalogue().at(name)};
        select.limit = records_max;
        for (const auto& one : view->records(select, {}))
            if (made_["member"].contains(one.owner())) made_[name].insert(one.id());
    }
}

void Removal::each_staying(store::View& view, const std::function<void(const Object&, const Record&)>& look) const
{
    for (const auto& object : view.catalogue().objects()) {
        const auto made = made_.find(object.name());
        for (const auto deleted : {store::Select::Deleted::hide, store::Select::Deleted::only}) {
            store::Select select{.from = &object};
            select.limit = records_max;
            select.deleted = deleted;
            for (const auto& one : view.records(select, {}))
                if (made == made_.end() || !made->second.contains(one.id())) look(object, one);
        }
    }
}

void Removal::keep_members(store::View& view)
{
    auto& members = made_["member"];
    each_staying(view, [&](const Object&, const Record& record) {
        for (const auto slot : {record::slot_owner, record::slot_created_by, record::slot_updated_by, record::slot_deleted_by})
            if (const auto* id = std::get_if<Id>(&record.at(slot)); id != nullptr && members.contains(*id)) kept_members_.insert(*id);
    });
    for (const auto id : kept_members_) members.erase(id);

    // Without another admin the demo's own stays, or nobody could sign in to administer.
    const auto& object = view.catalogue().at("member");
    Ids admins;
    bool other = false;
    store::Select select{.from = &object};
    select.limit = records_max;
    for (const auto& member : view.records(select, {})) {
        const auto* roles = member.get(org::Member::roles);
        const auto* active = member.get(org::Member::active);
        if (roles == nullptr || active == nullptr || !*active || std::ranges::find(roles->keys, std::string_view{"admin"}) == roles->keys.end()) continue;
        if (members.contains(member.id()) || kept_members_.contains(member.id())) admins.insert(member.id());
        else other = true;
    }
    if (other) return;
    for (const auto id : admins) {
        members.erase(id);
        kept_members_.erase(id);   // stays as it is, active
    }
}

// References of staying records to what goes: cleared, or – when the record cannot be without – the record goes too.
Result<void> Removal::clear_references()
{
    CHECK_OK(engine_.write_now(system(), [&](Work& work) -> Result<std::string> {
        std::vector<std::pair<const Object*, Id>> orphans;
        each_staying(work.unit, [&](const Object& object, const Record& record) {
            record::Changes changes;
            bool orphan = false;
            for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
                const auto* id = std::get_if<Id>(&record.at(slot));
                if (id == nullptr || object.field(slot).type != record::Type::reference) continue;
                const auto gone = made_.find(work.desk.catalogue->object(object.target(slot)).name());
                if (gone == made_.end() || !gone->second.contains(*id)) continue;
                if (object.field(slot).need == record::Need::required) orphan = true;
                changes.push_back({slot, record::Null{}});
            }
            if (orphan) orphans.emplace_back(&object, record.id());
            else if (!changes.empty()) engine_.records().update_quietly(work, object, record.id(), changes);
        });
        for (const auto& [object, id] : orphans) made_[std::string{object->name()}].insert(id);
        const auto& members = work.desk.catalogue->at("member");
        for (const auto id : kept_members_) engine_.records().update_quietly(work, members, id, {{*members.slot("active"), false}});
        return std::string{};
    }));
    return {};
}

Result<void> Removal::erase()
{
    for (const auto& [name, ids] : made_) {
        const std::vector<Id> all(ids.begin(), ids.end());
        for (std::size_t from = 0; from < all.size(); from += page) {
            const std::vector<Id> some(all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(std::min(from + page, all.size())));
            CHECK_OK(engine_.write_now(system(), [&](Work& work) -> Result<std::string> {
                const auto& object = work.desk.catalogue->at(name);
                for (const auto id : some)
                    if (work.unit.find(object, id)) work.unit.erase(object, id);
                record::Event event;
                event.recorded_at = event.happened_at = work.desk.moment.now;
                event.via = record::Via::system;
                event.request = mark;
                event.object = name;
                event.ids = some;
                event.verb = "purged";
                event.changes = "{}";
                work.unit.append(std::move(event));
                return std::string{};
            }));
        }
    }
    return {};
}

Result<std::int64_t> Removal::run()
{
    {
        const auto view = engine_.store().read();
        if (!view->setting(mark)) return refuse("demo_absent");
    }
    read_ledger();
    read_belongings();
    {
        const auto view = engine_.store().read();
        keep_members(*view);
    }
    read_belongings();   // of those alone who go
    CHECK_OK(clear_references());
    std::int64_t count = 0;
    for (const auto& [name, ids] : made_) count += static_cast<std::int64_t>(ids.size());
    CHECK_OK(erase());
    CHECK_OK(engine_.write_now(system(), [](Work& work) -> Result<std::string> {
        work.unit.set_setting(mark, std::nullopt);
        return std::string{};
    }));
    return count;
}

}  // namespace

Result<std::int64_t> remove(engine::Engine& engine) { return Removal(engine).run(); }

}  // namespace shangdao::demo
