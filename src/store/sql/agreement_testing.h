// A world for tests of the query compiler: neutral objects with a field of every type, records full of nulls and extremes, the
// same records in a store and in memory, and a viewer. The record back end over memory is the oracle of the SQL back end.
#pragma once

#include <map>
#include <random>
#include <set>

#include "base/text.h"
#include "formula/check.h"
#include "store/store_testing.h"

namespace shangdao::store::agreement {

using contract::Directory;
using record::Choice;
using record::FieldDef;
using record::Ordered;
using record::Type;

inline constexpr Choice states[] = {{.key = "zeta", .label = {"末", "Zeta"}}, {.key = "alpha", .label = {"首", "Alpha"}}, {.key = "old", .label = {"旧", "Old"}, .state = Choice::State::retired}};
inline constexpr FieldDef boat_fields[] = {
    {.name = "name", .type = Type::text, .label = {"船名", "Name"}, .ordered = Ordered::indexed},
    {.name = "note", .type = Type::text, .label = {"备注", "Note"}},
    {.name = "crew", .type = Type::number, .label = {"船员", "Crew"}, .ordered = Ordered::indexed},
    {.name = "length", .type = Type::number, .label = {"长度", "Length"}, .scale = 2},
    {.name = "depth", .type = Type::number, .label = {"吃水", "Depth"}, .scale = 6},
    {.name = "load", .type = Type::share, .label = {"载率", "Load"}},
    {.name = "price", .type = Type::money, .label = {"价格", "Price"}, .ordered = Ordered::indexed},
    {.name = "budget", .type = Type::money, .label = {"预算", "Budget"}},
    {.name = "built_on", .type = Type::date, .label = {"建造日", "Built on"}, .ordered = Ordered::indexed},
    {.name = "sold_on", .type = Type::date, .label = {"售出日", "Sold on"}},
    {.name = "seen_at", .type = Type::instant, .label = {"最近出现", "Seen at"}},
    {.name = "patience", .type = Type::duration, .label = {"等待", "Patience"}},
    {.name = "insured", .type = Type::boolean, .label = {"保险", "Insured"}},
    {.name = "state", .type = Type::choice, .label = {"状态", "State"}, .ordered = Ordered::indexed, .choices = states},
    {.name = "flags", .type = Type::choices, .label = {"旗帜", "Flags"}, .choices = states},
    {.name = "harbour", .type = Type::reference, .label = {"母港", "Harbour"}, .target = "harbour"},
    {.name = "place", .type = Type::address, .label = {"地址", "Place"}},
};
inline constexpr FieldDef harbour_fields[] = {
    {.name = "name", .type = Type::text, .label = {"港口", "Name"}},
    {.name = "berths", .type = Type::number, .label = {"泊位", "Berths"}},
    {.name = "kind", .type = Type::choice, .label = {"种类", "Kind"}, .choices = states},
    {.name = "next", .type = Type::reference, .label = {"邻港", "Next"}, .target = "harbour"},
};
inline constexpr FieldDef voyage_fields[] = {
    {.name = "name", .type = Type::text, .label = {"航次", "Name"}},
    {.name = "boat", .type = Type::reference, .label = {"船", "Boat"}, .target = "boat", .reverse = "voyages"},
    {.name = "fee", .type = Type::money, .label = {"费用", "Fee"}},
    {.name = "tons", .type = Type::number, .label = {"吨", "Tons"}, .scale = 3},
    {.name = "began_on", .type = Type::date, .label = {"出发日", "Began on"}},
    {.name = "kind", .type = Type::choice, .label = {"种类", "Kind"}, .choices = states},
};
inline constexpr FieldDef member_fields[] = {{.name = "name", .type = Type::text, .label = {"姓名", "Name"}}};
inline constexpr std::string_view by_boat[] = {"boat"};
inline constexpr record::ObjectDef boat{.name = "boat", .plural = "boats", .label = {"船", "Boat"}, .plural_label = {"船", "Boats"}, .fields = boat_fields};
inline constexpr record::ObjectDef harbour{.name = "harbour", .plural = "harbours", .label = {"港", "Harbour"}, .plural_label = {"港", "Harbours"}, .fields = harbour_fields};
inline constexpr record::ObjectDef voyage{.name = "voyage", .plural = "voyages", .label = {"航次", "Voyage"}, .plural_label = {"航次", "Voyages"},
                                          .fields = voyage_fields, .seen_through = by_boat};
inline constexpr record::ObjectDef member{.name = "member", .plural = "members", .label = {"成员", "Member"}, .plural_label = {"成员", "Members"},
                                          .ownership = record::Ownership::shared, .fields = member_fields};

inline std::shared_ptr<const record::Catalogue> catalogue()
{
    record::CatalogueBuilder builder;
    for (const auto* def : {&member, &harbour, &boat, &voyage}) builder.add(*def);
    auto built = builder.build(1);
    require(built.has_value(), built ? "" : built.error().front().code + " " + built.error().front().field);
    return *built;
}

// Sees every field and the rows of some owners; of members everybody sees all.
class Viewer final : public record::Sight {
public:
    Viewer(std::shared_ptr<const record::OwnerSet> owners, bool mostly)
        : owned_{.kind = record::RowSight::Kind::owners, .owners = std::move(owners), .mostly = mostly}, all_{.kind = record::RowSight::Kind::all}
    {
    }
    record::FieldLevel field(const record::Object&, std::size_t) const override { return record::FieldLevel::edit; }
    const record::RowSight& rows(const record::Object& object) const override { return object.owned() ? owned_ : all_; }

private:
    record::RowSight owned_, all_;
};

// How a test opens the engine it is about.
using OpenEngine = std::unique_ptr<Store> (*)(const Directory& directory, std::shared_ptr<const record::Catalogue> definitions);

class World final : public formula::Surroundings {
public:
    World(OpenEngine open_engine, std::uint64_t seed) : random_(seed)
    {
        store = open_engine(directory, definitions);
        moment.now = *parse_instant("2026-03-25T02:00:00Z");
        moment.zone = *Zone::find("Asia/Shanghai");
        moment.today = moment.zone.date_of(moment.now);
        moment.calendar = std::make_shared<const WorkCalendar>(WorkCalendar::china());
        moment.me = Id{11};
        moment.my_team = std::make_shared<const record::OwnerSet>(record::OwnerSet{Id{11}, Id{12}});
        moment.followed = std::make_shared<const record::OwnerSet>(record::OwnerSet{Id{1'003}, Id{1'010}, Id{1'031}, Id{1'044}});
        moment.locked = std::make_shared<const record::OwnerSet>(record::OwnerSet{Id{1'005}, Id{1'010}});
        moment.base = Currency{"CNY"};
        fill();
    }

    const record::Object& object(std::string_view name) const { return definitions->at(name); }
    std::size_t pick(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
    bool chance(int percent) { return pick(100) < static_cast<std::size_t>(percent); }

    // Live rows the viewer sees.
    bool sees(const record::Object& of, const record::Record& record) const
    {
        if (record.deleted()) return false;
        if (viewer == nullptr || owner_seen(of, record)) return true;
        for (const auto slot : of.seen_through()) {
            const auto* id = std::get_if<Id>(&record.at(slot));
            const auto& target = definitions->object(of.target(slot));
            const auto* found = id == nullptr ? nullptr : by_id(target, *id);
            if (found != nullptr && !found->deleted() && owner_seen(target, *found)) return true;
        }
        return false;
    }
    std::vector<const record::Record*> seen(std::string_view name) const
    {
        std::vector<const record::Record*> found;
        for (const auto& [id, record] : records.at(object(name).index()))
            if (sees(object(name), record)) found.push_back(&record);
        return found;
    }

    const record::Record* find(const record::Object& of, Id id) override
    {
        const auto* record = by_id(of, id);
        return record != nullptr && sees(of, *record) ? record : nullptr;
    }
    std::vector<record::Record> children(const record::Object& of, std::size_t slot, Id parent) override
    {
        std::vector<record::Record> found;
        for (const auto& [id, record] : records.at(of.index()))
            if (record.at(slot) == Value{parent} && sees(of, record)) found.push_back(record);
        return found;
    }

    const std::shared_ptr<const record::Catalogue> definitions = catalogue();
    const Directory directory;
    std::unique_ptr<Store> store;
    formula::Moment moment;
    std::map<std::size_t, std::map<std::int64_t, record::Record>> records;   // by object, by id
    std::shared_ptr<const Viewer> viewer;                                    // nullptr: the system

private:
    const record::Record* by_id(const record::Object& of, Id id) const
    {
        const auto& all = records.at(of.index());
        const auto found = all.find(id.value);
        return found == all.end() ? nullptr : &found->second;
    }
    bool owner_seen(const record::Object& of, const record::Record& record) const
    {
        const auto& rows = viewer->rows(of);
        return rows.kind == record::RowSight::Kind::all || (rows.owners && rows.owners->contains(record.owner()));
    }

    template <typename T> T one_of(std::initializer_list<T> values) { return *(values.begin() + static_cast<std::ptrdiff_t>(pick(values.size()))); }
    std::int64_t number() { return chance(15) ? one_of({INT64_MIN, INT64_MAX, INT64_MAX - 1, std::int64_t{1} << 53}) : one_of<std::int64_t>({0, 1, -1, 2, 5, -7, 49, 50, 51, 100, 125, 999'999, -1'000'005}); }
    std::string word() { return one_of<const char*>({"海鸥号", "Ａbc", "abc", "ABC ", "a  b", "|", "100%", "_", "O'Neil", "\"q\"", "😀", "张三", "zeta", "2026-03-20", "é", "单雄信"}); }
    Date day()
    {
        return chance(10) ? one_of({Date::of(1, 1, 1), Date::of(9999, 12, 31), Date::of(2024, 2, 29), Date::of(1970, 1, 1)})
                          : Date::of(2025, 12, 20) + static_cast<int>(pick(500));
    }
    Value value(const record::Object& of, std::size_t slot)
    {
        const auto& field = of.field(slot);
        if (chance(20)) return record::Null{};
        switch (field.type) {
        case Type::text: return nfc(word());
        case Type::number: return Number{number(), field.scale};
        case Type::share: return Share{one_of<std::int64_t>({0, 1, 400'000, 500'000, 1'000'000})};
        case Type::money: {
            const auto minor = number();
            return chance(70) ? Money::of_base(minor, moment.base) : Money{minor, one_of({Currency{"USD"}, Currency{"JPY"}, Currency{"KWD"}}), number()};
        }
        case Type::date: return day();
        case Type::instant: return Instant{moment.zone.start_of(day()).us + static_cast<std::int64_t>(pick(86'400)) * 1'000'000 + one_of({0, 1, 999'999})};
        case Type::duration: return one_of({Duration{15}, Duration{10, Duration::Unit::working_days}, Duration{36, Duration::Unit::hours}});
        case Type::boolean: return chance(50);
        case Type::choice: return record::ChoiceKey{one_of<const char*>({"zeta", "alpha", "old", "gone"})};
        case Type::choices: return chance(50) ? record::ChoiceKeys{{"alpha"}} : record::ChoiceKeys{{"alpha", "zeta"}};
        case Type::reference: return Id{field.target == "member" ? 11 + static_cast<std::int64_t>(pick(4)) : field.target == "boat" ? 1000 + static_cast<std::int64_t>(pick(60)) : 100 + static_cast<std::int64_t>(pick(9))};
        case Type::address: return record::Address{"CN", chance(50) ? "310115" : "", chance(50) ? word() : ""};
        }
        return record::Null{};
    }

    void fill_object(Unit& unit, std::string_view name, std::int64_t first, int count)
    {
        const auto& of = object(name);
        for (int i = 0; i < count; ++i) {
            record::Record record(of);
            record.set(record::slot_id, Id{first + i});
            record.set(record::slot_version, Number{1, 0});
            record.set(record::slot_created_at, Instant{moment.now.us - static_cast<std::int64_t>(pick(40)) * 3'600'000'000});
            record.set(record::slot_updated_at, Instant{moment.now.us});
            if (of.owned()) record.set(record::slot_owner, Id{11 + static_cast<std::int64_t>(pick(4))});
            if (chance(10)) record.set(record::slot_deleted_at, moment.now);
            for (std::size_t slot = record::first_own_slot; slot < of.slot_count(); ++slot) record.set(slot, value(of, slot));
            require(unit.insert(of, record).has_value(), "a record is inserted");
            records[of.index()][first + i] = std::move(record);
        }
    }
    void fill()
    {
        const auto done = store->write([&](Unit& unit) -> Result<void> {
            records.clear();
            fill_object(unit, "member", 11, 4);
            fill_object(unit, "harbour", 100, 8);
            fill_object(unit, "boat", 1000, 56);
            fill_object(unit, "voyage", 5000, 120);
            return {};
        });
        require(done.has_value(), "the world is filled");
    }

    std::mt19937_64 random_;
};

// A field of boats.
inline formula::Expression by(const World& world, std::string_view name)
{
    const formula::Scope scope{.catalogue = *world.definitions, .object = world.object("boat"), .base = world.moment.base};
    auto checked = formula::check_value(name, scope);
    require(checked.has_value(), "the test's own field");
    return *checked;
}

// SHANGDAO_SEED repeats a run; every failure names its seed.
inline std::uint64_t seed()
{
    const auto* given = std::getenv("SHANGDAO_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

}  // namespace shangdao::store::agreement
