// What a member does about his own door: second factor, sessions, tokens. Whatever outlives a session asks for the password again.
#include <boost/json.hpp>

#include <array>

#include "base/json.h"
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

void tell_knock(Work& work, Id member, std::string_view verb, const Whence& whence)
{
    const auto credential = member ? work.unit.find_unique(work.desk.catalogue->at("credential"), credential::member.slot, member) : Id{};
    if (!credential) return;
    std::string changes = "{";
    const auto say = [&](std::string_view name, const std::string& value) {
        if (value.empty()) return;
        changes += changes.size() == 1 ? "" : ",";
        append_json_string(changes, name);
        changes += ":[null,";
        append_json_string(changes, value);
        changes += ']';
    };
    say("agent", whence.agent);
    say("network", whence.network);
    append_deed(work, "credential", *credential, verb, changes + '}');
}

std::vector<Access::Knock> Access::knocks_of(Id member, std::int64_t limit)
{
    const auto catalogue = state_->engine.store().catalogue();
    const auto view = state_->engine.store().read();
    const auto& credentials = catalogue->at("credential");
    const auto credential = view->find_unique(credentials, credential::member.slot, member);
    std::vector<Knock> knocks;
    if (!credential) return knocks;
    for (const auto& event : view->history(std::array{std::pair{&credentials, *credential}}, INT64_MAX, limit)) {
        const auto changes = boost::json::parse(event.changes);
        const auto said = [&](std::string_view name) {
            const auto* value = changes.as_object().if_contains(name);
            return value == nullptr ? std::string{} : std::string{value->at(1).as_string()};
        };
        knocks.push_back({.seq = event.seq, .at = event.recorded_at, .verb = event.verb, .agent = said("agent"), .network = said("network")});
    }
    return knocks;
}

Result<void> Access::prove(const Caller& caller, std::string_view password)
{
    CHECK_OK(state_->proved(caller.member, password));
    return {};
}

Result<SignedIn> Access::prove(const Caller& caller, std::string_view pass, std::string_view password, std::string_view code)
{
    auto& engine = state_->engine;
    std::string stored;
    if (!second_factor(caller.member).on) {
        TRY(stored, state_->proved(caller.member, password));
    }
    SignedIn renewed{.member = caller.member, .token = base64url(bytes_of(random_bytes(32))), .csrf = {}};
    const auto key = fingerprint(renewed.token);
    const auto before = state_->ends_so_far();
    Problems refused;
    const auto written = engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        const auto& sessions = work.desk.catalogue->at("session");
        const auto id = work.unit.find_unique(sessions, session::token_hash.slot, std::string{pass});
        const auto row = id ? work.unit.find(sessions, *id) : std::nullopt;
        if (!row || *row->get(session::member) != caller.member) return refuse("not_signed_in");
        const auto factor = factor_of(work.unit, *work.desk.catalogue, caller.member, state_->factor_seal);
        const auto* agent = row->get(session::agent);
        const Whence whence{.agent = agent == nullptr ? std::string{} : *agent, .network = {}};
        if (factor && factor->on) refused = take_code(work, engine.records(), caller.member, state_->factor_seal, code);
        else if (stored.empty() || password_hash_of(work.unit, *work.desk.catalogue, caller.member) != stored) return refuse("password_refused", "password");
        if (!refused.empty()) {
            if (!code.empty()) tell_knock(work, caller.member, "code_refused", whence);
            return std::string{};
        }
        renewed.csrf = *row->get(session::csrf);
        renewed.expires_at = *row->get(session::expires_at);
        engine.records().update_quietly(work, sessions, *id, {{session::token_hash.slot, key}, {session::proved_at.slot, work.desk.moment.now}});
        tell_knock(work, caller.member, "proved", whence);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    if (!refused.empty()) return refuse(std::move(refused));
    state_->remember({.pass = key, .member = caller.member, .csrf = renewed.csrf, .expires_at = renewed.expires_at, .proved_at = engine.clock().now()}, before);
    state_->drop([&](const Holder& holder) { return holder.pass == pass; });
    return renewed;
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
    CHECK_OK(state_->proved(caller.member, password));
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
    CHECK_OK(state_->proved(caller.member, password));
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        drop_factor(work, state_->engine.records(), caller.member, state_->factor_seal);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    return {};
}

Result<std::vector<std::string>> Access::renew_recovery(const Caller& caller)
{
    std::vector<std::string> codes;
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        auto factor = factor_of(work.unit, *work.desk.catalogue, caller.member, state_->factor_seal);
        if (!factor || !factor->on) return refuse("nothing_begun", "code");
        CHECK_OK(check_proof(work.desk.proof));
        codes = factor->renew_recovery(state_->factor_seal);
        keep_factor(work, state_->engine.records(), *factor, state_->factor_seal);
        append_deed(work, "member", caller.member, "recovery_renewed");
        return std::string{};
    });
    if (!written) return refuse(written.error());
    return codes;
}

namespace {

// What an administrator does about another's door.
Result<void> check_help(Work& work, const People& people, Id member)
{
    if (!work.desk.guard->general("admin")) return refuse("forbidden", "member", {{"action", "edit"}});
    if (!people.find(member)) return refuse("not_found", "member", {{"id", to_string(member)}});
    return check_proof(work.desk.proof);
}

}  // namespace

Result<void> Access::unlock_codes(const Caller& caller, Id member)
{
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        CHECK_OK(check_help(work, state_->engine.people(), member));
        auto factor = factor_of(work.unit, *work.desk.catalogue, member, state_->factor_seal);
        if (!factor) return std::string{};
        factor->misses = 0;
        factor->waits_until = {};
        keep_factor(work, state_->engine.records(), *factor, state_->factor_seal);
        append_deed(work, "member", member, "codes_unlocked");
        return std::string{};
    });
    if (!written) return refuse(written.error());
    return {};
}

Result<void> Access::take_second_factor_from(const Caller& caller, Id member)
{
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        CHECK_OK(check_help(work, state_->engine.people(), member));
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
        CHECK_OK(check_help(work, state_->engine.people(), member));
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
