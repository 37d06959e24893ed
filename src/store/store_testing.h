// What tests, fault injection and measurements of a store share: neutral objects – harbours, boats, voyages – since the
// machinery knows no trade, and a directory that is gone afterwards.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>


#include "base/require.h"
#include "record/record.h"
#include "store/store.h"

namespace shangdao::store::contract {

using record::Choice;
using record::FieldDef;
using record::ObjectDef;
using record::Type;

struct Boat;
struct Voyage;

constexpr Choice states[] = {{.key = "afloat", .label = {"在航", "Afloat"}}, {.key = "docked", .label = {"停泊", "Docked"}}, {.key = "sunk", .label = {"沉没", "Sunk"}}};

constexpr Choice rigs[] = {{.key = "sloop", .label = {"单桅", "Sloop"}}, {.key = "ketch", .label = {"双桅", "Ketch"}}};

constexpr FieldDef member_fields[] = {{.name = "name", .type = Type::text, .label = {"姓名", "Name"}}};
constexpr FieldDef harbour_fields[] = {
    {.name = "name", .type = Type::text, .label = {"港口", "Name"}, .searched = record::Searched::yes, .ordered = record::Ordered::indexed},
    {.name = "place", .type = Type::address, .label = {"地址", "Place"}},
};
constexpr FieldDef boat_fields[] = {
    {.name = "name", .type = Type::text, .label = {"船名", "Name"}, .searched = record::Searched::yes, .ordered = record::Ordered::indexed},
    {.name = "number", .type = Type::text, .label = {"编号", "Number"}, .uniqueness = record::Uniqueness::unique},
    {.name = "price", .type = Type::money, .label = {"价格", "Price"}, .ordered = record::Ordered::indexed},
    {.name = "state", .type = Type::choice, .label = {"状态", "State"}, .ordered = record::Ordered::indexed, .choices = states},
    {.name = "length", .type = Type::number, .label = {"长度", "Length"}, .scale = 2},
    {.name = "load", .type = Type::share, .label = {"载率", "Load"}},
    {.name = "harbour", .type = Type::reference, .label = {"母港", "Harbour"}, .target = "harbour"},
    {.name = "built_on", .type = Type::date, .label = {"建造日", "Built on"}},
    {.name = "seen_at", .type = Type::instant, .label = {"最近出现", "Seen at"}},
    {.name = "patience", .type = Type::duration, .label = {"等待", "Patience"}},
    {.name = "insured", .type = Type::boolean, .label = {"保险", "Insured"}},
    {.name = "rig", .type = Type::choice, .label = {"帆装", "Rig"}, .choices = rigs},
    {.name = "flags", .type = Type::choices, .label = {"旗帜", "Flags"}, .choices = states},
};
constexpr FieldDef voyage_fields[] = {
    {.name = "name", .type = Type::text, .label = {"航次", "Name"}},
    {.name = "boat", .type = Type::reference, .label = {"船", "Boat"}, .target = "boat"},
};
inline constexpr std::string_view boat_indexes[] = {"owner,state,price"};
inline constexpr std::string_view boat_cube_by[] = {"state", "rig"}, boat_cube_sums[] = {"price"};

constexpr ObjectDef member{.name = "member", .plural = "members", .label = {"成员", "Member"}, .plural_label = {"成员", "Members"},
                           .ownership = record::Ownership::shared, .fields = member_fields};
constexpr ObjectDef harbour{.name = "harbour", .plural = "harbours", .label = {"港", "Harbour"}, .plural_label = {"港", "Harbours"},
                            .ownership = record::Ownership::shared, .fields = harbour_fields};
constexpr ObjectDef boat{.name = "boat", .plural = "boats", .label = {"船", "Boat"}, .plural_label = {"船", "Boats"}, .fields = boat_fields,
                         .indexes = boat_indexes, .cube = {.by = boat_cube_by, .sums = boat_cube_sums}};
constexpr ObjectDef voyage{.name = "voyage", .plural = "voyages", .label = {"航次", "Voyage"}, .plural_label = {"航次", "Voyages"}, .fields = voyage_fields};

constexpr auto boat_name = record::field<Boat, std::string>(boat_fields, "name");
constexpr auto boat_number = record::field<Boat, std::string>(boat_fields, "number");
constexpr auto boat_price = record::field<Boat, Money>(boat_fields, "price");
constexpr auto boat_state = record::field<Boat, record::ChoiceKey>(boat_fields, "state");
constexpr auto boat_length = record::field<Boat, Number>(boat_fields, "length");
constexpr auto boat_load = record::field<Boat, Share>(boat_fields, "load");
constexpr auto boat_harbour = record::field<Boat, Id>(boat_fields, "harbour");
constexpr auto boat_built_on = record::field<Boat, Date>(boat_fields, "built_on");
constexpr auto boat_seen_at = record::field<Boat, Instant>(boat_fields, "seen_at");
constexpr auto boat_patience = record::field<Boat, Duration>(boat_fields, "patience");
constexpr auto boat_insured = record::field<Boat, bool>(boat_fields, "insured");
constexpr auto boat_rig = record::field<Boat, record::ChoiceKey>(boat_fields, "rig");
constexpr auto boat_flags = record::field<Boat, record::ChoiceKeys>(boat_fields, "flags");
constexpr auto voyage_name = record::field<Voyage, std::string>(voyage_fields, "name");
constexpr auto voyage_boat = record::field<Voyage, Id>(voyage_fields, "boat");

// The definitions above; a bug when the checker refuses them or the overlays.
inline std::shared_ptr<const record::Catalogue> catalogue(const std::vector<record::ObjectOverlay>& overlays = {}, std::uint64_t epoch = 1)
{
    record::CatalogueBuilder builder;
    for (const auto* def : {&member, &harbour, &boat, &voyage}) builder.add(*def);
    for (const auto& overlay : overlays) builder.overlay(overlay);
    auto built = builder.build(epoch);
    require(built.has_value(), built ? "" : built.error().front().code + " " + built.error().front().field);
    return *built;
}

class Directory {
public:
    Directory()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "store_test_XXXXXX").string();
        require(mkdtemp(pattern.data()) != nullptr, "a temporary directory can be made");
        path_ = pattern;
    }
    ~Directory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline constexpr Id zhang{11}, li{12}, wang{13};    // owners

inline Record new_record(Unit& unit, std::string_view object, Id owner = zhang)
{
    Record record(unit.catalogue().at(object));
    record.set(record::slot_id, unit.next_id());
    record.set(record::slot_version, Number{1, 0});
    record.set(record::slot_created_at, Instant{1'000'000});
    record.set(record::slot_updated_at, Instant{1'000'000});
    record.set(record::slot_owner, owner);
    return record;
}

inline Record new_boat(Unit& unit, std::string_view name, Id owner = zhang)
{
    auto record = new_record(unit, "boat", owner);
    record.set(boat_name, std::string{name});
    return record;
}

inline record::Event event_of(std::string_view object, Id id, std::string_view verb, std::string changes = "{}")
{
    record::Event event;
    event.object = object;
    event.id = id;
    event.verb = verb;
    event.changes = std::move(changes);
    event.actor = zhang;
    return event;
}

// Inserts a boat and its event in one unit; gives its id.
inline Id launch(Store& store, std::string_view name, Id owner = zhang, const std::function<void(Record&)>& more = {})
{
    Id id;
    const auto written = store.write([&](Unit& unit) -> Result<void> {
        auto record = new_boat(unit, name, owner);
        if (more) more(record);
        id = record.id();
        CHECK_OK(unit.insert(unit.catalogue().at("boat"), record));
        unit.append(event_of("boat", id, "created"));
        return {};
    });
    require(written.has_value(), "a boat is launched");
    return id;
}

}  // namespace shangdao::store::contract
