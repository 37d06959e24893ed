#include "engine/access/second_factor.h"

#include <algorithm>
#include <string>

#include "engine/access/access_state.h"
#include "engine/access/totp.h"

namespace shangdao::engine {

namespace {

constexpr std::size_t recovery_codes = 10;
constexpr std::size_t recovery_bytes = 10;    // sixteen letters
constexpr std::size_t letters_together = 4;
// So many wrong codes are a slip of the thumb; each one more doubles the wait.
constexpr std::int64_t misses_free = 5;
constexpr std::int64_t first_wait_us = 60'000'000, waits_us_max = 24 * 3'600 * 1'000'000LL;

std::int64_t wait_us(std::int64_t misses)
{
    if (misses < misses_free) return 0;
    const auto doublings = std::min<std::int64_t>(misses - misses_free, 20);
    return std::min(first_wait_us << doublings, waits_us_max);
}

// However it was typed: capital letters, blanks, without the stroke.
std::string plain(std::string_view code)
{
    std::string out;
    for (const char sign : code)
        if (sign != '-' && sign != ' ') out += sign >= 'A' && sign <= 'Z' ? static_cast<char>(sign - 'A' + 'a') : sign;
    return out;
}

std::string hash_of(const Hash& seal, std::string_view code)
{
    const auto hash = hmac_sha256({reinterpret_cast<const char*>(seal.data()), seal.size()}, plain(code));
    return base64url(hash);
}

}  // namespace

bool Factor::takes(const Hash& seal, std::string_view code, Instant now)
{
    if (const auto step = key.empty() ? std::nullopt : totp_step_of(key, plain(code), now)) {
        if (*step <= used) return false;
        used = *step;
        return true;
    }
    const auto known = std::ranges::find(recovery, hash_of(seal, code));
    if (known == recovery.end()) return false;
    recovery.erase(known);
    return true;
}

std::vector<std::string> Factor::renew_recovery(const Hash& seal)
{
    std::vector<std::string> codes;
    recovery.clear();
    for (std::size_t i = 0; i < recovery_codes; ++i) {
        const auto letters = plain(base32(random_bytes(recovery_bytes)));
        auto& code = codes.emplace_back();
        for (std::size_t at = 0; at < letters.size(); at += letters_together) code += (at == 0 ? "" : "-") + letters.substr(at, letters_together);
        recovery.push_back(hash_of(seal, letters));
    }
    return codes;
}

std::optional<Factor> factor_of(store::View& view, const record::Catalogue& catalogue, Id member, const Hash& seal)
{
    const auto& credentials = catalogue.at("credential");
    const auto id = view.find_unique(credentials, credential::member.slot, member);
    const auto row = id ? view.find(credentials, *id) : std::nullopt;
    if (!row) return std::nullopt;
    Factor factor{.credential = *id};
    if (const auto* key = row->get(credential::totp_key))
        if (const auto box = parse_base64url(*key)) factor.key = unsealed(seal, *box).value_or(std::string{});
    if (const auto* on = row->get(credential::totp_on)) factor.on = *on;
    if (const auto* step = row->get(credential::totp_step)) factor.used = step->units;
    factor.recovery = words_of(row->get(credential::recovery));
    if (const auto* misses = row->get(credential::code_misses)) factor.misses = misses->units;
    if (const auto* until = row->get(credential::code_waits_until)) factor.waits_until = *until;
    return factor;
}

void keep_factor(Work& work, const Records& records, const Factor& factor, const Hash& seal)
{
    std::string codes;
    for (const auto& code : factor.recovery) codes += (codes.empty() ? "" : " ") + code;
    const auto moment = [](Instant some) { return some.us == 0 ? record::Value{record::Null{}} : record::Value{some}; };
    const auto text = [](const std::string& some) { return some.empty() ? record::Value{record::Null{}} : record::Value{some}; };
    records.update_quietly(work, work.desk.catalogue->at("credential"), factor.credential,
                           {{credential::totp_key.slot, factor.key.empty() ? record::Value{record::Null{}} : record::Value{base64url(bytes_of(sealed(seal, factor.key)))}},
                            {credential::totp_on.slot, factor.on}, {credential::totp_step.slot, Number{factor.used, 0}}, {credential::recovery.slot, text(codes)},
                            {credential::code_misses.slot, Number{factor.misses, 0}}, {credential::code_waits_until.slot, moment(factor.waits_until)}});
}

Problems take_code(Work& work, const Records& records, Id member, const Hash& seal, std::string_view code)
{
    auto factor = factor_of(work.unit, *work.desk.catalogue, member, seal);
    if (!factor || !factor->on) return {};
    const auto now = work.desk.moment.now;
    const auto locked = [&] { return Problems{{"code_locked", "code", {{"seconds", std::to_string((factor->waits_until.us - now.us + 999'999) / 1'000'000)}}}}; };
    if (factor->waits_until > now) return locked();
    if (code.empty()) return {{"code_required", "code", {}}};
    const bool right = factor->takes(seal, code, now);
    factor->misses = right ? 0 : factor->misses + 1;
    factor->waits_until = Instant{right ? 0 : now.us + wait_us(factor->misses)};
    keep_factor(work, records, *factor, seal);
    if (right) return {};
    return factor->waits_until > now ? locked() : Problems{{"code_refused", "code", {}}};
}

void drop_factor(Work& work, const Records& records, Id member, const Hash& seal)
{
    const auto factor = factor_of(work.unit, *work.desk.catalogue, member, seal);
    if (!factor) return;
    keep_factor(work, records, {.credential = factor->credential}, seal);
    if (factor->on) append_deed(work, "member", member, "second_factor_off");
}

}  // namespace shangdao::engine
