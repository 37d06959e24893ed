// Any bytes as what the server is told from outside: an ID token and the keys to it, an address to connect to, an address to write to, a name in a
// mail. The first byte chooses which.
#include <boost/json.hpp>

#include "exchange/mail/mail.h"
#include "laws.h"
#include "serve/oidc/jwt.h"
#include "serve/oidc/provider.h"
#include "serve/out/address.h"

using namespace shangdao;
using namespace shangdao::serve;
using fuzz::law;

namespace {

// Nobody has the other half of this key.
constexpr std::string_view keys_json = R"({"keys":[{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]})";

void token(std::string_view text)
{
    static const auto keys = oidc::parse_keys(keys_json).value();
    const auto read = oidc::verify(text, keys);
    law(read.verdict != oidc::Verdict::good && read.claims.empty());
}

void key_set(std::string_view text)
{
    const auto keys = oidc::parse_keys(text);
    if (!keys) return;
    for (const auto& key : *keys) law(!key.verifies("signed", text));
}

void claims(std::string_view text)
{
    boost::system::error_code error;
    const auto value = boost::json::parse(text, error);
    if (error || !value.is_object()) return;
    const oidc::ProviderSettings settings{.issuer = "https://login.example.cn", .client_id = "crm", .client_secret = {}, .name = {}, .redirect_uri = {}, .trust = {}};
    const auto subject = oidc::subject_of(value.as_object(), settings, "nonce", Instant{1'000'000'000'000'000});
    law(subject ? !subject->empty() && value.at("nonce") == "nonce" : subject.error().front().code == "provider_refused");
}

void address(std::string_view text)
{
    const auto read = out::parse_address(text);
    if (!read) return;
    const auto again = out::parse_address(read->origin());
    law(again && again->host == read->host && again->port == read->port && again->scheme == read->scheme && again->user.empty() && again->path == "/");
}

// Whatever a name holds, the mail has the headers it should have, each line by CR LF, and goes to whom it should go to.
void mail(std::string_view text)
{
    auto rest = text;
    exchange::Mail one{.from = {std::string{fuzz::take_part(rest)}, "crm@example.cn"}, .to = {std::string{fuzz::take_part(rest)}, std::string{fuzz::take_part(rest)}}, .subject = std::string{fuzz::take_part(rest)}, .text = std::string{rest}, .html = {}, .sent_at = {}, .id = "1"};
    const auto bytes = exchange::write_mail(one);
    law(bytes || !bytes.error().empty());
    if (!bytes) return;
    law(exchange::is_mail_address(one.to.address));
    std::string names;
    std::size_t begin = 0;
    for (auto end = bytes->find("\r\n"); end != begin; begin = end + 2, end = bytes->find("\r\n", begin)) {
        law(end != std::string::npos && end - begin < 998);
        const auto line = std::string_view{*bytes}.substr(begin, end - begin);
        law(line.find_first_of(std::string_view{"\r\n\0", 3}) == std::string_view::npos);
        if (line.front() != ' ') names += std::string{line.substr(0, line.find(':'))} + " ";
    }
    law(names == "Date From To Subject Message-ID Auto-Submitted MIME-Version Content-Type ");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto input = fuzz::text_of(data, size);
    switch (fuzz::take_byte(input) % 5) {
    case 0: token(input); break;
    case 1: key_set(input); break;
    case 2: claims(input); break;
    case 3: address(input); break;
    default: mail(input);
    }
    return 0;
}
