// Which fields rights and sign-ins go by.
#include "engine/proof.h"

#include <algorithm>
#include <array>
#include <span>

namespace shangdao::engine {

namespace {

constexpr std::string_view of_member[] = {"roles", "email"};
constexpr std::string_view of_role[] = {"rights"};
constexpr std::string_view of_group[] = {"parent"};
constexpr std::string_view of_territory[] = {"parent", "level"};

struct Guarded {
    std::string_view object;
    std::span<const std::string_view> fields;   // empty: all, and that the record is there
};
constexpr std::array<Guarded, 7> all_guarded{{{"member", of_member}, {"role", of_role}, {"member_group", of_group}, {"territory", of_territory}, {"membership", {}}, {"territory_member", {}}, {"sharing_rule", {}}}};

const Guarded* guarded(const record::Object& object)
{
    const auto found = std::ranges::find(all_guarded, object.name(), &Guarded::object);
    return found == all_guarded.end() ? nullptr : found;
}

bool differs(const record::Record* before, const record::Record& next, std::size_t slot)
{
    return before == nullptr ? !record::is_null(next.at(slot)) : before->at(slot) != next.at(slot);
}

}  // namespace

Result<void> check_proof(Proof proof)
{
    if (proof == Proof::stale) return refuse("proof_required");
    if (proof == Proof::never) return refuse("forbidden", "", {{"action", "administer"}});
    return {};
}

Result<void> check_proof(Proof proof, const record::Object& object, const record::Record* before, const record::Record& next)
{
    if (proof == Proof::fresh) return {};
    const auto* rule = guarded(object);
    if (rule == nullptr) return {};
    const auto asks = [&](std::string_view field) {
        const auto slot = object.slot(field);
        return slot && differs(before, next, *slot);
    };
    if (rule->fields.empty() || std::ranges::any_of(rule->fields, asks)) return check_proof(proof);
    return {};
}

Result<void> check_proof_of_job(Proof proof, const record::Object& object)
{
    return guarded(object) == nullptr ? Result<void>{} : check_proof(proof);
}

}  // namespace shangdao::engine
