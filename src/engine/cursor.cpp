// base64url(payload ‖ HMAC). The payload is our own small encoding of values: alternative, length, bytes.
#include "engine/cursor.h"

#include <charconv>

#include "base/bytes.h"
#include "base/secret.h"

namespace shangdao::engine {

namespace {

using record::Value;

constexpr std::size_t seal_bytes = 16;

struct Encoder {
    std::string out;

    void text(std::string_view value)
    {
        out += std::to_string(value.size());
        out += ':';
        out += value;
    }
    void number(std::int64_t value) { text(std::to_string(value)); }

    void operator()(record::Null) {}
    void operator()(bool value) { number(value ? 1 : 0); }
    void operator()(const Number& value) { number(value.units), number(value.scale); }
    void operator()(Share value) { number(value.ppm); }
    void operator()(const Money& value) { number(value.minor), text(value.currency.text()), number(value.base_minor); }
    void operator()(Date value) { number(value.days); }
    void operator()(Instant value) { number(value.us); }
    void operator()(Duration value) { text(to_string(value)); }
    void operator()(const std::string& value) { text(value); }
    void operator()(const record::ChoiceKey& value) { text(value.key); }
    void operator()(const record::ChoiceKeys& value)
    {
        number(static_cast<std::int64_t>(value.keys.size()));
        for (const auto& key : value.keys) text(key);
    }
    void operator()(Id value) { number(value.value); }
    void operator()(const record::Address& value) { text(value.country), text(value.region), text(value.detail); }
};

// Reads back; the seal was checked, so a malformed payload is a bug, which at() reports by throwing.
class Decoder {
public:
    explicit Decoder(std::string_view in) : in_(in) {}
    bool done() const { return in_.empty(); }
    std::string_view text()
    {
        const auto colon = in_.find(':');
        std::size_t size = 0;
        require(colon != std::string_view::npos, "a sealed cursor is malformed");
        std::from_chars(in_.data(), in_.data() + colon, size);
        require(colon + 1 + size <= in_.size(), "a sealed cursor is malformed");
        const auto value = in_.substr(colon + 1, size);
        in_.remove_prefix(colon + 1 + size);
        return value;
    }
    std::int64_t number()
    {
        const auto digits = text();
        std::int64_t value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return value;
    }
    Value value()
    {
        switch (number()) {
        case 0: return record::Null{};
        case 1: return number() != 0;
        case 2: {
            const auto units = number();
            return Number{units, static_cast<int>(number())};
        }
        case 3: return Share{number()};
        case 4: {
            Money money{.minor = number()};
            money.currency = parse_currency(text()).value_or(Currency{});
            money.base_minor = number();
            return money;
        }
        case 5: return Date{static_cast<std::int32_t>(number())};
        case 6: return Instant{number()};
        case 7: return parse_duration(text()).value_or(Duration{});
        case 8: return std::string{text()};
        case 9: return record::ChoiceKey{std::string{text()}};
        case 10: {
            record::ChoiceKeys keys;
            for (auto left = number(); left > 0; --left) keys.keys.emplace_back(text());
            return keys;
        }
        case 11: return Id{number()};
        default: {
            record::Address address;
            address.country = text();
            address.region = text();
            address.detail = text();
            return address;
        }
        }
    }

private:
    std::string_view in_;
};

}  // namespace

std::string cursor_context(const Desk& desk, const Object& object, const ListRequest& request)
{
    Encoder context;
    context.number(1);   // version of the cursor format
    context.number(desk.member.value);
    for (const std::string_view part : {std::string_view{desk.organisation->key}, object.name(), std::string_view{request.filter}, std::string_view{request.sort}, std::string_view{request.search}})
        context.text(part);
    context.number(request.deleted == store::Select::Deleted::only ? 1 : 0);
    return std::move(context.out);
}

namespace {

std::string mark_of(const Seal& seal, std::string_view context, std::string_view payload)
{
    const auto hash = hmac_sha256(seal.key, std::string{context} + std::string{payload});
    return {hash.begin(), hash.begin() + seal_bytes};
}

}  // namespace

std::string seal_cursor(const Seal& seal, std::string_view context, const std::vector<Value>& place)
{
    Encoder payload;
    for (const auto& value : place) {
        payload.number(static_cast<std::int64_t>(value.index()));
        std::visit([&](const auto& one) { payload(one); }, value);
    }
    return base64url(bytes_of(mark_of(seal, context, payload.out) + payload.out));
}

Result<std::vector<Value>> open_cursor(const Seal& seal, std::string_view context, std::string_view cursor)
{
    const auto bytes = parse_base64url(cursor);
    if (!bytes || bytes->size() < seal_bytes) return refuse("cursor_stale", "after");
    const auto payload = bytes->substr(seal_bytes);
    if (!equal_in_constant_time(mark_of(seal, context, payload), bytes->substr(0, seal_bytes))) return refuse("cursor_stale", "after");
    std::vector<Value> place;
    for (Decoder decoder(payload); !decoder.done();) place.push_back(decoder.value());
    return place;
}

}  // namespace shangdao::engine
