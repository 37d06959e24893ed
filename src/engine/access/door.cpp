// What a member does about his own door: second factor, sessions, tokens. Whatever outlives a session asks for the password again.
#include "engine/access/access_state.h"
#include "engine/access/second_factor.h"
#include "engine/access/totp.h"
#include "engine/expressions.h"

namespace shangdao::engine {

namespace {

store::Select rows_of(const Object& object, std::size_t member_slot, Id member)
{
    store::Select select{.from = &object, .where = field_is(object, member_slot, member), .limit = 10'000};
    select.order = {{field_expression(object, record::slot_id), true}};
    return select;
}

Instant created_at(const Record& row)
{
    const auto* at = std::get_if<Instant>(&row.at(record::slot_created_at));
    return at == nullptr ? Instant{} : *at;
}

Access::Listed token_in(const Record& row)
{
    return {.id = row.id(), .pass = *row.get(api_token::token_hash), .name = *row.get(api_token::name), .scopes = words_of(row.get(api_token::scopes)), .since = created_at(row),
            .expires_at = *row.get(api_token::expires_at)};
}

}  // namespace

void end_sessions(Work& work, Id member, std::string_view but)
{
    const auto& sessions = work.desk.catalogue->at("session");
    for (const auto& one : work.unit.records(rows_of(sessions, session::member.slot, member), work.desk.moment))
        if (*one.get(session::token_hash) != but) work.unit.erase(sessions, one.id());
}

Result<void> Access::prove(const Caller& caller, std::string_view password)
{
    auto& engine = state_->engine;
    const auto stored = password.size() > password_length_max ? std::string{} : password_hash_of(*engine.store().read(), *engine.store().catalogue(), caller.member);
    const bool right = state_->verify(stored.empty() ? state_->decoy_hash : stored, password);
    if (stored.empty() || !right) return refuse("password_refused", "password");
    return {};
}

// ---- the second factor

Access::SecondFactor Access::second_factor(Id member)
{
    auto& engine = state_->engine;
    const auto factor = factor_of(*engine.store().read(), *engine.store().catalogue(), member, state_->factor_seal);
    return factor ? SecondFactor{.on = factor->on, .recovery_left = static_cast<int>(factor->recovery.size())} : SecondFactor{};
}

Result<Access::NewFactor> Access::begin_second_factor(const Caller& caller, std::string_view password)
{
    CHECK_OK(prove(caller, password));
    const auto key = random_bytes(totp_key_bytes);
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        auto factor = factor_of(work.unit, *work.desk.catalogue, caller.member, state_->factor_seal);
        if (!factor) return refuse("password_refused", "password");
        if (factor->on) return refuse("second_factor_on");
        factor->key = key;
        factor->used = 0;
        keep_factor(work, state_->engine.records(), *factor, state_->factor_seal);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    const auto person = state_->engine.people().find(caller.member);
    return NewFactor{.key = base32(key), .uri = totp_uri(state_->engine.organisation()->name, person ? person->email : std::string{}, key)};
}

Result<std::vector<std::string>> Access::confirm_second_factor(const Caller& caller, std::string_view code, std::string_view pass)
{
    std::vector<std::string> codes;
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        auto factor = factor_of(work.unit, *work.desk.catalogue, caller.member, state_->factor_seal);
        if (!factor || factor->on || factor->key.empty()) return refuse("nothing_begun", "code");
        factor->recovery.clear();
        if (!factor->takes(state_->factor_seal, code, work.desk.moment.now)) return refuse("code_refused", "code");
        factor->on = true;
        codes = factor->renew_recovery(state_->factor_seal);
        keep_factor(work, state_->engine.records(), *factor, state_->factor_seal);
        end_sessions(work, caller.member, pass);
        append_deed(work, "member", caller.member, "second_factor_on");
        return std::string{};
    });
    if (!written) return refuse(written.error());
    state_->forget([&](const Holder& holder) { return holder.member == caller.member && !holder.csrf.empty() && holder.pass != pass; });
    return codes;
}

Result<void> Access::end_second_factor(const Caller& caller, std::string_view password)
{
    CHECK_OK(prove(caller, password));
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        drop_factor(work, state_->engine.records(), caller.member, state_->factor_seal);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    return {};
}

Result<void> Access::take_second_factor_from(const Caller& caller, Id member)
{
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        if (!work.desk.guard->general("admin")) return refuse("forbidden", "member", {{"action", "edit"}});
        if (!state_->engine.people().find(member)) return refuse("not_found", "member", {{"id", to_string(member)}});
        drop_factor(work, state_->engine.records(), member, state_->factor_seal);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    return {};
}

// ---- sessions and tokens

std::vector<Access::Listed> Access::sessions_of(Id member)
{
    auto& engine = state_->engine;
    const auto catalogue = engine.store().catalogue();
    const auto& object = catalogue->at("session");
    std::vector<Listed> found;
    for (const auto& row : engine.store().read()->records(rows_of(object, session::member.slot, member), {})) {
        if (*row.get(session::expires_at) <= engine.clock().now()) continue;
        const auto* agent = row.get(session::agent);
        found.push_back({.id = row.id(), .pass = *row.get(session::token_hash), .name = agent == nullptr ? std::string{} : *agent, .since = created_at(row), .expires_at = *row.get(session::expires_at)});
    }
    return found;
}

std::vector<Access::Listed> Access::tokens_of(Id member)
{
    auto& engine = state_->engine;
    const auto catalogue = engine.store().catalogue();
    const auto& object = catalogue->at("api_token");
    std::vector<Listed> found;
    for (const auto& row : engine.store().read()->records(rows_of(object, api_token::member.slot, member), {}))
        if (!is_link(row) && *row.get(api_token::expires_at) > engine.clock().now()) found.push_back(token_in(row));
    return found;
}

std::optional<Access::Listed> Access::listed(std::string_view token)
{
    auto& engine = state_->engine;
    const auto catalogue = engine.store().catalogue();
    const auto& object = catalogue->at("api_token");
    const auto view = engine.store().read();
    const auto id = view->find_unique(object, api_token::token_hash.slot, fingerprint(token));
    const auto row = id ? view->find(object, *id) : std::nullopt;
    return row ? std::optional{token_in(*row)} : std::nullopt;
}

Result<void> Access::end_session(const Caller& caller, Id id)
{
    std::string pass;
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        const auto& sessions = work.desk.catalogue->at("session");
        const auto row = work.unit.find(sessions, id);
        if (!row || *row->get(session::member) != caller.member) return refuse("not_found", "session", {{"id", to_string(id)}});
        pass = *row->get(session::token_hash);
        work.unit.erase(sessions, id);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    state_->forget([&](const Holder& holder) { return holder.pass == pass; });
    return {};
}

Result<void> Access::end_other_sessions(const Caller& caller, std::string_view pass)
{
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        end_sessions(work, caller.member, pass);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    state_->forget([&](const Holder& holder) { return holder.member == caller.member && !holder.csrf.empty() && holder.pass != pass; });
    return {};
}

Result<void> Access::end_sessions_of(const Caller& caller, Id member)
{
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        if (!work.desk.guard->general("admin")) return refuse("forbidden", "member", {{"action", "edit"}});
        if (!state_->engine.people().find(member)) return refuse("not_found", "member", {{"id", to_string(member)}});
        end_sessions(work, member);
        append_deed(work, "member", member, "signed_out");
        return std::string{};
    });
    if (!written) return refuse(written.error());
    state_->forget([&](const Holder& holder) { return holder.member == member && !holder.csrf.empty(); });
    return {};
}

Result<void> Access::revoke_token(const Caller& caller, Id id)
{
    std::string pass;
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        const auto& tokens = work.desk.catalogue->at("api_token");
        const auto row = work.unit.find(tokens, id);
        if (!row || is_link(*row) || *row->get(api_token::member) != caller.member) return refuse("not_found", "token", {{"id", to_string(id)}});
        pass = *row->get(api_token::token_hash);
        work.unit.erase(tokens, id);
        append_deed(work, "member", caller.member, "token_revoked");
        return std::string{};
    });
    if (!written) return refuse(written.error());
    state_->forget([&](const Holder& holder) { return holder.pass == pass; });
    return {};
}

}  // namespace shangdao::engine
