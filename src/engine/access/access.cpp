// Sessions and tokens are looked up by the hash of what the client holds, through a small cache; a disabled member is out
// at once because every desk asks People. What was read while another thread ended something is not kept: it may be older than the end.
#include "engine/access/access.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/access/access_state.h"
#include "engine/access/outbox.h"
#include "engine/access/second_factor.h"
#include "engine/expressions.h"

namespace shangdao::engine {

namespace {

constexpr std::int64_t day_us = 24LL * 3600 * 1'000'000;
constexpr std::array<std::string_view, 4> scope_words{"read", "write", "admin", "import"};
constexpr std::string_view api_prefix = "sd_";

}  // namespace

Access::Access(Engine& engine) : state_(std::make_unique<State>(engine)) {}
Access::~Access() = default;

Result<SignedIn> Access::sign_in(std::string_view email, std::string_view password, std::string_view agent, std::string_view code, std::string_view network)
{
    auto& engine = state_->engine;
    agent = agent.substr(0, agent_bytes_max);
    const Whence whence{.agent = valid_utf8(agent) ? std::string{agent} : std::string{}, .network = std::string{network}};
    const auto person = password.size() <= password_length_max ? engine.people().find_by_email(email) : std::nullopt;
    std::string stored;
    if (person && person->active) stored = password_hash_of(*engine.store().read(), *engine.store().catalogue(), person->id);
    const bool right = state_->verify(stored.empty() ? state_->decoy_hash : stored, password);
    if (stored.empty() || !right) {
        // Told behind the answer, of nobody known as of a member: neither the time nor how far the ledger has come says who is one.
        engine.write(system_caller(), [member = stored.empty() ? Id{} : person->id, whence](Work& work) -> Result<std::string> {
            tell_knock(work, member, "sign_in_refused", whence);
            return std::string{};
        }, [](const auto&, const auto&) {});
        return refuse("sign_in_refused");
    }

    auto signed_in = state_->fresh();
    signed_in.member = person->id;
    const auto before = state_->ends_so_far();
    Problems refused;
    const auto written = engine.write_now(system_caller(), [&](Work& work) -> Result<std::string> {
        // A password that was changed while this one was compared opens nothing any more.
        if (password_hash_of(work.unit, *work.desk.catalogue, person->id) != stored) return refuse("sign_in_refused");
        refused = take_code(work, engine.records(), person->id, state_->factor_seal, code);
        if (!refused.empty()) {
            if (!code.empty()) tell_knock(work, person->id, "code_refused", whence);
            return std::string{};
        }
        state_->keep_session(work, signed_in, agent);
        tell_knock(work, person->id, "signed_in", whence);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    if (!refused.empty()) return refuse(std::move(refused));
    state_->remember(state_->holder_of(signed_in), before);
    return signed_in;
}

void Access::sign_out(std::string_view session_token)
{
    const auto key = fingerprint(session_token);
    (void)state_->engine.write_now(system_caller(), [&](Work& work) -> Result<std::string> {
        const auto& sessions = work.desk.catalogue->at("session");
        const auto id = work.unit.find_unique(sessions, session::token_hash.slot, key);
        const auto row = id ? work.unit.find(sessions, *id) : std::nullopt;
        if (!row) return std::string{};
        const auto* agent = row->get(session::agent);
        tell_knock(work, *row->get(session::member), "signed_out", {.agent = agent == nullptr ? std::string{} : *agent, .network = {}});
        work.unit.erase(sessions, *id);
        return std::string{};
    });
    state_->forget([&](const Holder& holder) { return holder.pass == key; });
}

std::optional<Holder> Access::by_session(std::string_view session_token)
{
    if (session_token.empty() || session_token.size() > 100) return std::nullopt;
    return state_->session(fingerprint(session_token));
}

std::optional<Holder> Access::by_api_token(std::string_view token)
{
    if (!token.starts_with(api_prefix) || token.size() > 100) return std::nullopt;
    return state_->api_token(fingerprint(token));
}

bool Access::stands(std::string_view pass)
{
    const std::string key{pass};
    return state_->session(key) || state_->api_token(key);
}

void Access::on_end(std::function<void()> listener) { state_->listeners.push_back(std::move(listener)); }

namespace {

// `person`: whose it shall be. A name, an address and what stands before its @ are known to everybody.
Result<void> check_password(const std::optional<Person>& person, std::string_view password, const std::string& field = "password")
{
    if (code_point_count(password) < password_length_min) return refuse("too_short", field, {{"limit", std::to_string(password_length_min)}});
    if (password.size() > password_length_max) return refuse("too_long", field, {{"limit", std::to_string(password_length_max)}});
    if (!person) return {};
    const std::string_view email = person->email;
    for (const auto known : {std::string_view{person->name}, email, email.substr(0, email.find('@'))})
        if (match_key(password) == match_key(known)) return refuse("password_is_name", field);
    return {};
}

void keep_password(Work& work, const Records& records, Id member, const std::string& hash, std::string_view but = {})
{
    end_sessions(work, member, but);
    void_links(work, member);
    append_deed(work, "member", member, "password_set");
    const auto& credentials = work.desk.catalogue->at("credential");
    if (const auto id = work.unit.find_unique(credentials, credential::member.slot, member)) records.update_quietly(work, credentials, *id, {{credential::password_hash.slot, hash}});
    else records.insert_quietly(work, credentials, {{credential::member.slot, member}, {credential::password_hash.slot, hash}});
}

}  // namespace

Result<void> Access::set_password(const Caller& caller, Id member, std::string_view password)
{
    CHECK_OK(check_password(state_->engine.people().find(member), password));
    const auto hash = state_->hash(password);
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        if (work.desk.member != member && !work.desk.guard->general("admin")) return refuse("forbidden", "password", {{"action", "edit"}});
        keep_password(work, state_->engine.records(), member, hash);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    state_->forget([&](const Holder& holder) { return holder.member == member; });
    return {};
}

namespace {

std::vector<Id> tokens_where(Work& work, Id member, const std::function<bool(const Record&)>& wanted)
{
    const auto& tokens = work.desk.catalogue->at("api_token");
    const store::Select select{.from = &tokens, .where = field_is(tokens, api_token::member.slot, member), .limit = 1'000'000};
    std::vector<Id> found;
    for (const auto& token : work.unit.records(select, work.desk.moment))
        if (wanted(token)) found.push_back(token.id());
    return found;
}

}  // namespace

std::string_view to_string(LinkKind kind) { return kind == LinkKind::invitation ? "invitation" : "reset"; }

void keep_link(Work& work, const Records& records, Id member, LinkKind kind, std::string_view token, std::string_view to)
{
    const std::chrono::microseconds age = kind == LinkKind::invitation ? invitation_age : reset_age;
    records.insert_quietly(work, work.desk.catalogue->at("api_token"),
                           {{api_token::name.slot, std::string{to.empty() ? to_string(kind) : to}}, {api_token::token_hash.slot, fingerprint(token)}, {api_token::member.slot, member},
                            {api_token::scopes.slot, std::string{to_string(kind)}}, {api_token::expires_at.slot, work.desk.moment.now + age}});
}

void void_links(Work& work, Id member)
{
    for (const auto id : tokens_where(work, member, is_link)) work.unit.erase(work.desk.catalogue->at("api_token"), id);
    drop_letters(work, member);
}

Result<void> Access::change_password(const Caller& caller, std::string_view password, std::string_view new_password, std::string_view code, std::string_view pass)
{
    auto& engine = state_->engine;
    CHECK_OK(check_password(engine.people().find(caller.member), new_password, "new_password"));
    TRY(const auto stored, state_->proved(caller.member, password));
    const auto hash = state_->hash(new_password);
    Problems refused;
    const auto written = engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        if (password_hash_of(work.unit, *work.desk.catalogue, caller.member) != stored) return refuse("password_refused", "password");
        refused = take_code(work, engine.records(), caller.member, state_->factor_seal, code);
        if (!refused.empty()) return std::string{};
        keep_password(work, engine.records(), caller.member, hash, pass);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    if (!refused.empty()) return refuse(std::move(refused));
    state_->forget([&](const Holder& holder) { return holder.member == caller.member && !holder.csrf.empty() && holder.pass != pass; });
    return {};
}

Result<std::string> Access::invite(const Caller& caller, Id member, Delivery delivery)
{
    const auto token = base64url(bytes_of(random_bytes(32)));
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        if (!work.desk.guard->general("admin")) return refuse("forbidden", "member", {{"action", "invite"}});
        const auto person = state_->engine.people().find(member);
        if (!person || !person->active) return refuse("not_found", "member", {{"id", to_string(member)}});
        if (person->email.empty()) return refuse("required", "email", {{"name", "email"}});
        CHECK_OK(check_proof(work.desk.proof));
        void_links(work, member);
        keep_link(work, state_->engine.records(), member, LinkKind::invitation, token, {});
        if (delivery == Delivery::by_mail) post_invitation(work, state_->engine.records(), member);
        append_deed(work, "member", member, "invited");
        return std::string{};
    });
    if (!written) return refuse(written.error());
    return token;
}

Result<Access::Invited> Access::invited(std::string_view token)
{
    auto& engine = state_->engine;
    const auto& tokens = engine.store().catalogue()->at("api_token");
    auto view = engine.store().read();
    const auto id = token.empty() || token.size() > 100 ? std::nullopt : view->find_unique(tokens, api_token::token_hash.slot, fingerprint(token));
    const auto found = id ? view->find(tokens, *id) : std::nullopt;
    const auto kind = found ? link_kind(*found) : std::nullopt;
    if (!kind || *found->get(api_token::expires_at) <= engine.clock().now()) return refuse("invitation_refused");
    const auto person = engine.people().find(*found->get(api_token::member));
    const auto& to = *found->get(api_token::name);
    if (!person || !person->active || (to != to_string(*kind) && match_key(to) != match_key(person->email))) return refuse("invitation_refused");
    return Invited{person->id, *kind};
}

Result<Id> Access::accept(std::string_view token, std::string_view password)
{
    TRY(const auto link, invited(token));
    const auto member = link.member;
    CHECK_OK(check_password(state_->engine.people().find(member), password));
    const auto hash = state_->hash(password);
    // The link opens once, however often it is sent at the same moment.
    const auto written = state_->engine.write_now(system_caller(), [&](Work& work) -> Result<std::string> {
        const auto& tokens = work.desk.catalogue->at("api_token");
        if (!work.unit.find_unique(tokens, api_token::token_hash.slot, fingerprint(token))) return refuse("invitation_refused");
        keep_password(work, state_->engine.records(), member, hash);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    state_->forget([&](const Holder& holder) { return holder.member == member; });
    return member;
}

Result<std::string> Access::create_token(const Caller& caller, Id member, std::string_view name, const std::vector<std::string>& scopes, int days)
{
    std::string joined;
    for (const auto& scope : scopes) {
        if (std::ranges::find(scope_words, scope) == scope_words.end() && !scope.starts_with("object:")) {
            std::map<std::string, std::string> args{{"name", scope}};
            if (const auto near = nearest(scope, scope_words)) args["nearest"] = *near;
            return refuse("unknown_word", "scopes", std::move(args));
        }
        joined += (joined.empty() ? "" : " ") + scope;
    }
    if (days < 1 || days > 3'650) return refuse("invalid_value", "days", {{"expected", "1…3650"}});
    const auto token = std::string{api_prefix} + base64url(bytes_of(random_bytes(32)));
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        if (work.desk.member != member && !work.desk.guard->general("admin")) return refuse("forbidden", "token", {{"action", "create"}});
        CHECK_OK(check_proof(work.desk.proof));
        const auto& tokens = work.desk.catalogue->at("api_token");
        record::Changes values{{api_token::name.slot, std::string{name}}, {api_token::token_hash.slot, fingerprint(token)}, {api_token::member.slot, member},
                               {api_token::expires_at.slot, Instant{work.desk.moment.now.us + days * day_us}}};
        if (!joined.empty()) values.push_back({api_token::scopes.slot, joined});
        state_->engine.records().insert_quietly(work, tokens, values);
        if (work.desk.member) append_deed(work, "member", member, "token_made");
        return std::string{};
    });
    if (!written) return refuse(written.error());
    return token;
}

Result<void> Access::revoke_tokens(const Caller& caller, Id member, std::string_view name)
{
    const auto written = state_->engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        if (work.desk.member != member && !work.desk.guard->general("admin")) return refuse("forbidden", "token", {{"action", "delete"}});
        const auto named = tokens_where(work, member, [&](const Record& token) { return !is_link(token) && *token.get(api_token::name) == name; });
        if (named.empty()) return refuse("not_found", "token", {{"id", std::string{name.substr(0, 40)}}});
        for (const auto id : named) work.unit.erase(work.desk.catalogue->at("api_token"), id);
        return std::string{};
    });
    if (!written) return refuse(written.error());
    state_->forget([&](const Holder& holder) { return holder.member == member && holder.csrf.empty(); });
    return {};
}

std::int64_t forget_expired(Work& work, std::int64_t limit)
{
    std::int64_t forgotten = 0;
    for (const auto& [name, expires_at] : {std::pair{"session", session::expires_at.slot}, {"api_token", api_token::expires_at.slot}}) {
        const auto& object = work.desk.catalogue->at(name);
        const store::Select over{.from = &object, .where = field_before(object, expires_at, work.desk.moment.now), .limit = limit - forgotten};
        for (const auto& one : work.unit.records(over, work.desk.moment)) {
            work.unit.erase(object, one.id());
            ++forgotten;
        }
        if (forgotten == limit) break;
    }
    return forgotten;
}

bool Access::anyone_can_sign_in()
{
    auto& engine = state_->engine;
    const auto& credentials = engine.store().catalogue()->at("credential");
    auto view = engine.store().read();
    return view->count({.from = &credentials, .limit = 1}, {}, 1) > 0;
}

}  // namespace shangdao::engine
