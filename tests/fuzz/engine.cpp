// Any bytes as what the engine reads beside bodies: an import plan, the place in a list that a client brings back, the code of an authenticator,
// the rights of a role. A plan and rights that are read print and read back; what we sealed opens as it was and for its own list alone; a code
// is right only where it is the one.
#include "base/bytes.h"
#include "engine/access/totp.h"
#include "engine/cursor.h"
#include "engine/guard.h"
#include "engine/import/plan.h"
#include "formula/testing_boats.h"
#include "laws.h"

using namespace shangdao;
using namespace shangdao::engine;
using fuzz::law;

namespace {

const Seal seal{std::string(32, 's')};

record::Value next_value(std::string_view& input)
{
    const auto kind = fuzz::take_byte(input);
    const auto text = std::string{fuzz::take_part(input, '\n')};
    std::int64_t number = 0;
    for (const char c : text) number = static_cast<std::int64_t>(static_cast<std::uint64_t>(number) << 8 | static_cast<unsigned char>(c));
    switch (kind % 13) {
    case 1: return number % 2 == 0;
    case 2: return Number{number, kind % 7};
    case 3: return Share{number};
    case 4: return Money{number, Currency{"USD"}, ~number};
    case 5: return Date{static_cast<std::int32_t>(number)};
    case 6: return Instant{number};
    case 7: return Duration{number & 0xFFFF, Duration::Unit::working_days};
    case 8: return text;
    case 9: return record::ChoiceKey{text};
    case 10: return record::ChoiceKeys{{text, text + "2"}};
    case 11: return Id{number};
    case 12: return record::Address{text, text, text};
    default: return record::Null{};
    }
}

void cursor(std::string_view input)
{
    law(!open_cursor(seal, "boats", input));
    std::vector<record::Value> place;
    const auto where = fuzz::take_byte(input), change = fuzz::take_byte(input);
    const std::string context{fuzz::take_part(input)};
    while (!input.empty() && place.size() < 8) place.push_back(next_value(input));
    auto sealed = seal_cursor(seal, context, place);
    law(open_cursor(seal, context, sealed) == place);
    law(!open_cursor(seal, context + "x", sealed) && !open_cursor(Seal{std::string(32, 't')}, context, sealed));
    if (change == 0) return;
    auto& at = sealed[where % sealed.size()];
    at = static_cast<char>(at ^ change);
    law(!open_cursor(seal, context, sealed));
}

void code(std::string_view text)
{
    const std::string key(totp_key_bytes, 'k');
    const auto now = *parse_instant("2026-03-02T01:00:00Z");
    const auto step = totp_step_of(key, text, now);
    law(!step || (totp_code(key, *step) == text && *step >= totp_step(now) - 1 && *step <= totp_step(now) + 1));
    law(base32(text).size() == (text.size() * 8 + 4) / 5);
    law(totp_uri(text, text, key).find_first_of(" \"<>\n") == std::string::npos);
}

void rights(std::string_view text)
{
    static const formula::testing_boats::Fleet fleet;
    const auto rights = role_rights_from_json(text, *fleet.catalogue);
    if (!rights) return law(!rights.error().empty());
    const auto printed = to_json(*rights);
    const auto again = role_rights_from_json(printed, *fleet.catalogue);
    law(again.has_value() && to_json(*again) == printed);
}

void plan(std::string_view text)
{
    const auto read = parse_plan(text);
    if (!read) {
        law(!read.error().empty());
        for (const auto& problem : read.error()) law(!problem.code.empty() && !problem.field.empty());
        return;
    }
    const auto printed = print_plan(*read);
    const auto again = parse_plan(printed);
    law(again.has_value());
    law(again->objects.size() == read->objects.size());
    for (std::size_t i = 0; i < read->objects.size(); ++i) law(again->objects[i].columns.size() == read->objects[i].columns.size() && again->objects[i].set == read->objects[i].set);
    law(print_plan(*again) == printed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::text_of(data, size);
    cursor(text);
    code(text);
    rights(text);
    plan(text);
    return 0;
}
