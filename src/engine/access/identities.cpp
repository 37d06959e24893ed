// Who a member is to an OpenID provider: (issuer, subject), never an address – a provider may give the same address to another person.
#include "engine/access/access_state.h"
#include "engine/access/identity_object.h"
#include "engine/expressions.h"

namespace shangdao::engine {

namespace {

struct IdentityRow;
constexpr record::FieldDef fields[] = {
    {.name = "key", .type = record::Type::text, .label = {"键", "Key"}, .uniqueness = record::Uniqueness::unique},
    {.name = "member", .type = record::Type::reference, .label = {"成员", "Member"}, .need = record::Need::required, .target = "member"},
    {.name = "issuer", .type = record::Type::text, .label = {"身份提供方", "Provider"}, .max_length = 500},
    {.name = "subject", .type = record::Type::text, .label = {"外部身份", "Subject"}, .max_length = 255},
};
constexpr auto key = record::field<IdentityRow, std::string>(fields, "key");   // fingerprint of the two, so that their lengths matter to no index
constexpr auto member = record::field<IdentityRow, Id>(fields, "member");
constexpr auto issuer = record::field<IdentityRow, std::string>(fields, "issuer");
constexpr auto subject = record::field<IdentityRow, std::string>(fields, "subject");
constexpr std::size_t subject_max = 255;
constexpr std::int64_t identities_max = 100;

std::string key_of(const Access::Identity& identity) { return fingerprint(identity.issuer + "\n" + identity.subject); }

}  // namespace

const record::ObjectDef identity_object{
    .name = "identity", .plural = "identities", .label = {"外部身份", "Identity"}, .plural_label = {"外部身份", "Identities"},
    .ownership = record::Ownership::shared, .exposure = record::Exposure::internal, .name_field = "subject", .fields = fields,
};

Result<SignedIn> Access::enter(const Identity& identity, std::string_view agent)
{
    auto& engine = state_->engine;
    SignedIn signed_in = state_->fresh();
    const auto before = state_->ends_so_far();
    const auto written = engine.write_now(system_caller(), [&](Work& work) -> Result<std::string> {
        const auto& identities = work.desk.catalogue->at("identity");
        const auto id = work.unit.find_unique(identities, key.slot, key_of(identity));
        const auto row = id ? work.unit.find(identities, *id) : std::nullopt;
        const auto person = row ? engine.people().find(*row->get(member)) : std::nullopt;
        if (!person || !person->active) return refuse("identity_unknown");
        signed_in.member = person->id;
        state_->keep_session(work, signed_in, agent);
        tell_knock(work, person->id, "signed_in", {.agent = valid_utf8(agent.substr(0, agent_bytes_max)) ? std::string{agent.substr(0, agent_bytes_max)} : std::string{}, .network = {}});
        return std::string{};
    });
    if (!written) return refuse(written.error());
    state_->remember(state_->holder_of(signed_in), before);
    return signed_in;
}

Result<Id> Access::link(const Caller& caller, Id to, const Identity& identity)
{
    auto& engine = state_->engine;
    if (identity.subject.empty() || identity.subject.size() > subject_max || !valid_utf8(identity.subject) || control_character(identity.subject)) return refuse("invalid_value", "subject");
    const auto written = engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        if (work.desk.member != to && !work.desk.guard->general("admin")) return refuse("forbidden", "member", {{"action", "edit"}});
        if (!engine.people().find(to)) return refuse("not_found", "member", {{"id", to_string(to)}});
        if (work.desk.member != to) CHECK_OK(check_proof(work.desk.proof));
        const auto& identities = work.desk.catalogue->at("identity");
        if (const auto id = work.unit.find_unique(identities, key.slot, key_of(identity))) {
            const auto row = work.unit.find(identities, *id);
            if (row && *row->get(member) == to) return to_string(*id);
            return refuse("identity_taken", "subject");
        }
        const auto row = engine.records().insert_quietly(work, identities, {{key.slot, key_of(identity)}, {member.slot, to}, {issuer.slot, identity.issuer}, {subject.slot, identity.subject}});
        append_deed(work, "member", to, "identity_linked");
        return to_string(row.id());
    });
    if (!written) return refuse(written.error());
    return *parse_id(*written);
}

std::vector<Access::Linked> Access::identities_of(Id of)
{
    auto& engine = state_->engine;
    const auto catalogue = engine.store().catalogue();
    const auto& identities = catalogue->at("identity");
    std::vector<Linked> found;
    for (const auto& row : engine.store().read()->records({.from = &identities, .where = field_is(identities, member.slot, of), .limit = identities_max}, {}))
        found.push_back({.id = row.id(), .identity = {*row.get(issuer), *row.get(subject)}, .since = std::get<Instant>(row.at(record::slot_created_at))});
    return found;
}

Result<void> Access::unlink(const Caller& caller, Id from, Id id)
{
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        if (work.desk.member != from && !work.desk.guard->general("admin")) return refuse("forbidden", "member", {{"action", "edit"}});
        const auto& identities = work.desk.catalogue->at("identity");
        const auto row = work.unit.find(identities, id);
        if (!row || *row->get(member) != from) return refuse("not_found", "identity", {{"id", to_string(id)}});
        append_deed(work, "member", from, "identity_unlinked");
        work.unit.erase(identities, id);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    return {};
}

}  // namespace shangdao::engine
