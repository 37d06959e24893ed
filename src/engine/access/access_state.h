// What Access holds, for its own files alone: sessions and tokens by the hash of what the client has, through a small cache.
#pragma once

#include <algorithm>
#include <chrono>
#include <mutex>
#include <semaphore>
#include <unordered_map>

#include "base/bytes.h"
#include "base/secret.h"
#include "base/text.h"
#include "engine/access/access.h"
#include "engine/access/access_objects.h"

namespace shangdao::engine {

inline Caller system_caller() { return {.kind = Caller::Kind::system, .via = record::Via::system}; }

inline std::string fingerprint(std::string_view token) { return base64url(sha256(token)); }

// Parted by blanks.
inline std::vector<std::string> words_of(const std::string* text)
{
    std::vector<std::string> words;
    if (text == nullptr) return words;
    for (std::string_view rest = *text; !rest.empty();) {
        const auto space = std::min(rest.find(' '), rest.size());
        if (space > 0) words.emplace_back(rest.substr(0, space));
        rest.remove_prefix(std::min(space + 1, rest.size()));
    }
    return words;
}

// Empty: nobody signs in as this member.
inline std::string password_hash_of(store::View& view, const record::Catalogue& catalogue, Id member)
{
    const auto& credentials = catalogue.at("credential");
    const auto id = view.find_unique(credentials, credential::member.slot, member);
    const auto found = id ? view.find(credentials, *id) : std::nullopt;
    const auto* hash = found && !found->deleted() ? found->get(credential::password_hash) : nullptr;
    return hash == nullptr ? std::string{} : *hash;
}

// One-time links are tokens whose scope is what they are for; they open no door but their own: by_api_token() asks for its prefix.
inline std::optional<LinkKind> link_kind(const Record& token)
{
    const auto* scopes = token.deleted() ? nullptr : token.get(api_token::scopes);
    for (const auto kind : {LinkKind::invitation, LinkKind::reset})
        if (scopes != nullptr && *scopes == to_string(kind)) return kind;
    return std::nullopt;
}
inline bool is_link(const Record& token) { return link_kind(token).has_value(); }

// Inside a unit. `to`: the address it is mailed to; empty: it is handed over.
void keep_link(Work& work, const Records& records, Id member, LinkKind kind, std::string_view token, std::string_view to);
// The member's links, and the letters that wait to bring him one.
void void_links(Work& work, Id member);

inline constexpr std::size_t agent_bytes_max = 200;   // of what a browser says of itself

// Inside a unit.
void end_sessions(Work& work, Id member, std::string_view but = {});
// What happened at the member's door, as an event of his credential; nothing where he has none. Of nobody known (0): an event of no record.
struct Whence {
    std::string agent, network;
};
void tell_knock(Work& work, Id member, std::string_view verb, const Whence& whence);

struct Access::State {
    explicit State(Engine& e) : engine(e), factor_seal(hmac_sha256(e.seal().key, "second factor")), decoy_hash(unmatched_password_hash()) {}

    static constexpr std::size_t cached_max = 100'000;
    // Where other processes write the store, too, nobody tells what they have ended: it is asked again.
    static constexpr std::chrono::milliseconds asked_again_after{500};
    using Clock_ = std::chrono::steady_clock;
    struct Known {
        Holder holder;
        Clock_::time_point until;
    };

    Engine& engine;
    Hash factor_seal;                            // of keys and recovery codes
    std::string decoy_hash;                      // compared for unknown people, so that the work is the same
    std::counting_semaphore<2> hashing{2};
    std::mutex mutex;
    std::unordered_map<std::string, Known> cache;    // by fingerprint, sessions and tokens alike
    std::uint64_t ends = 0;                          // how often something was ended
    std::vector<std::function<void()>> listeners;

    auto wait_for_turn()
    {
        hashing.acquire();
        const auto give_back = [](auto* turns) { turns->release(); };
        return std::unique_ptr<std::counting_semaphore<2>, decltype(give_back)>(&hashing, give_back);
    }
    bool verify(const std::string& hash, std::string_view password)
    {
        const auto turn = wait_for_turn();
        return password_matches(password, hash);
    }
    // The stored hash that this password of the member has. Refusal password_refused.
    Result<std::string> proved(Id member, std::string_view password)
    {
        auto stored = password.size() > password_length_max ? std::string{} : password_hash_of(*engine.store().read(), *engine.store().catalogue(), member);
        const bool right = verify(stored.empty() ? decoy_hash : stored, password);
        if (stored.empty() || !right) return refuse("password_refused", "password");
        return stored;
    }
    std::string hash(std::string_view password)
    {
        const auto turn = wait_for_turn();
        return hash_password(password);
    }
    // The tokens of a session, nobody's yet.
    SignedIn fresh() const
    {
        return {.token = base64url(bytes_of(random_bytes(32))), .csrf = base64url(bytes_of(random_bytes(16))), .expires_at = engine.clock().now() + session_age};
    }
    // Inside a unit.
    void keep_session(Work& work, const SignedIn& one, std::string_view agent) const
    {
        record::Changes values{{session::token_hash.slot, fingerprint(one.token)}, {session::member.slot, one.member}, {session::csrf.slot, one.csrf}, {session::expires_at.slot, one.expires_at},
                               {session::proved_at.slot, work.desk.moment.now}};
        if (!agent.empty() && valid_utf8(agent)) values.push_back({session::agent.slot, std::string{agent.substr(0, agent_bytes_max)}});
        engine.records().insert_quietly(work, work.desk.catalogue->at("session"), values);
    }
    // Of a session that begins now.
    Holder holder_of(const SignedIn& one) const
    {
        return {.pass = fingerprint(one.token), .member = one.member, .csrf = one.csrf, .expires_at = one.expires_at, .proved_at = engine.clock().now()};
    }
    std::optional<Holder> cached(const std::string& key)
    {
        const std::scoped_lock lock(mutex);
        const auto found = cache.find(key);
        if (found == cache.end() || found->second.until < Clock_::now()) return std::nullopt;
        return found->second.holder;
    }
    std::uint64_t ends_so_far()
    {
        const std::scoped_lock lock(mutex);
        return ends;
    }
    // `read_at`: ends_so_far() before the holder was read or written.
    void remember(const Holder& holder, std::uint64_t read_at)
    {
        const std::scoped_lock lock(mutex);
        if (read_at != ends) return;
        if (cache.size() >= cached_max) cache.clear();
        cache[holder.pass] = {holder, engine.store().is_shared() ? Clock_::now() + asked_again_after : Clock_::time_point::max()};
    }
    // After the COMMIT that ended them.
    void forget(const std::function<bool(const Holder&)>& ended)
    {
        drop(ended);
        for (const auto& listener : listeners) listener();
    }
    // The same where the holder goes on by another pass: whoever listens by this one finds out in his own time, when the browser knows the new one.
    void drop(const std::function<bool(const Holder&)>& ended)
    {
        const std::scoped_lock lock(mutex);
        ++ends;
        std::erase_if(cache, [&](const auto& entry) { return ended(entry.second.holder); });
    }
    std::optional<Holder> alive(std::optional<Holder> holder) const
    {
        if (!holder || holder->expires_at <= engine.clock().now()) return std::nullopt;
        return holder;
    }
    // `read` gives the holder of the row that has this fingerprint.
    template <typename Read>
    std::optional<Holder> holder(const std::string& pass, std::string_view object_name, std::size_t hash_slot, const Read& read)
    {
        if (auto known = cached(pass)) return alive(std::move(known));
        const auto before = ends_so_far();
        const auto catalogue = engine.store().catalogue();
        const auto& object = catalogue->at(object_name);
        auto view = engine.store().read();
        const auto id = view->find_unique(object, hash_slot, pass);
        const auto found = id ? view->find(object, *id) : std::nullopt;
        if (!found) return std::nullopt;
        Holder one = read(*found);
        one.pass = pass;
        remember(one, before);
        return alive(std::move(one));
    }
    std::optional<Holder> session(const std::string& pass)
    {
        return holder(pass, "session", session::token_hash.slot, [](const Record& row) {
            const auto* proved_at = row.get(session::proved_at);
            return Holder{.member = *row.get(session::member), .csrf = *row.get(session::csrf), .expires_at = *row.get(session::expires_at), .proved_at = proved_at == nullptr ? Instant{} : *proved_at};
        });
    }
    std::optional<Holder> api_token(const std::string& pass)
    {
        return holder(pass, "api_token", api_token::token_hash.slot, [](const Record& row) {
            return Holder{.member = *row.get(api_token::member), .scopes = words_of(row.get(api_token::scopes)), .expires_at = *row.get(api_token::expires_at)};
        });
    }
};

}  // namespace shangdao::engine
