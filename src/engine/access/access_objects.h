// Credentials, sessions and API tokens as definitions. Internal: no route, no describe, no query ever names them.
#pragma once

#include "record/definition.h"
#include "record/record.h"

namespace shangdao::engine {

struct Credential;
struct Session;
struct ApiToken;

inline constexpr record::FieldDef credential_fields[] = {
    {.name = "member", .type = record::Type::reference, .label = {"成员", "Member"}, .need = record::Need::required, .uniqueness = record::Uniqueness::unique, .target = "member"},
    {.name = "password_hash", .type = record::Type::text, .label = {"口令散列", "Password hash"}, .field_class = record::FieldClass::secret},
    // Of the second factor: its key, sealed; whether it is asked for; the last step whose code was taken; hashes of recovery codes.
    {.name = "totp_key", .type = record::Type::text, .label = {"验证器密钥", "Authenticator key"}, .field_class = record::FieldClass::secret},
    {.name = "totp_on", .type = record::Type::boolean, .label = {"两步验证", "Second factor"}, .field_class = record::FieldClass::secret},
    {.name = "totp_step", .type = record::Type::number, .label = {"已用验证码", "Last code's step"}, .field_class = record::FieldClass::secret},
    {.name = "recovery", .type = record::Type::text, .label = {"恢复码", "Recovery codes"}, .field_class = record::FieldClass::secret, .text_kind = record::TextKind::long_text, .max_length = 10'000},
    // Wrong codes in a row, and until when none is looked at.
    {.name = "code_misses", .type = record::Type::number, .label = {"验证码错误次数", "Wrong codes"}, .field_class = record::FieldClass::secret},
    {.name = "code_waits_until", .type = record::Type::instant, .label = {"验证码锁定至", "Codes wait until"}, .field_class = record::FieldClass::secret},
};
inline constexpr record::FieldDef session_fields[] = {
    {.name = "token_hash", .type = record::Type::text, .label = {"令牌散列", "Token hash"}, .uniqueness = record::Uniqueness::unique, .field_class = record::FieldClass::secret},
    {.name = "member", .type = record::Type::reference, .label = {"成员", "Member"}, .target = "member"},
    {.name = "csrf", .type = record::Type::text, .label = {"防伪令牌", "CSRF token"}, .field_class = record::FieldClass::secret},
    {.name = "expires_at", .type = record::Type::instant, .label = {"到期", "Expires at"}},
    {.name = "agent", .type = record::Type::text, .label = {"设备", "Device"}},
    {.name = "proved_at", .type = record::Type::instant, .label = {"上次确认身份", "Proved at"}},
};
inline constexpr record::FieldDef api_token_fields[] = {
    {.name = "name", .type = record::Type::text, .label = {"名称", "Name"}, .need = record::Need::required},
    {.name = "token_hash", .type = record::Type::text, .label = {"令牌散列", "Token hash"}, .uniqueness = record::Uniqueness::unique, .field_class = record::FieldClass::secret},
    {.name = "member", .type = record::Type::reference, .label = {"成员", "Member"}, .target = "member"},
    {.name = "scopes", .type = record::Type::text, .label = {"范围", "Scopes"}},
    {.name = "expires_at", .type = record::Type::instant, .label = {"到期", "Expires at"}},
};

extern const record::ObjectDef credential_object;
extern const record::ObjectDef session_object;
extern const record::ObjectDef api_token_object;

namespace credential {
inline constexpr auto member = record::field<Credential, Id>(credential_fields, "member");
inline constexpr auto password_hash = record::field<Credential, std::string>(credential_fields, "password_hash");
inline constexpr auto totp_key = record::field<Credential, std::string>(credential_fields, "totp_key");
inline constexpr auto totp_on = record::field<Credential, bool>(credential_fields, "totp_on");
inline constexpr auto totp_step = record::field<Credential, Number>(credential_fields, "totp_step");
inline constexpr auto recovery = record::field<Credential, std::string>(credential_fields, "recovery");
inline constexpr auto code_misses = record::field<Credential, Number>(credential_fields, "code_misses");
inline constexpr auto code_waits_until = record::field<Credential, Instant>(credential_fields, "code_waits_until");
}  // namespace credential
namespace session {
inline constexpr auto token_hash = record::field<Session, std::string>(session_fields, "token_hash");
inline constexpr auto member = record::field<Session, Id>(session_fields, "member");
inline constexpr auto csrf = record::field<Session, std::string>(session_fields, "csrf");
inline constexpr auto expires_at = record::field<Session, Instant>(session_fields, "expires_at");
inline constexpr auto agent = record::field<Session, std::string>(session_fields, "agent");
inline constexpr auto proved_at = record::field<Session, Instant>(session_fields, "proved_at");
}  // namespace session
namespace api_token {
inline constexpr auto name = record::field<ApiToken, std::string>(api_token_fields, "name");
inline constexpr auto token_hash = record::field<ApiToken, std::string>(api_token_fields, "token_hash");
inline constexpr auto member = record::field<ApiToken, Id>(api_token_fields, "member");
inline constexpr auto scopes = record::field<ApiToken, std::string>(api_token_fields, "scopes");
inline constexpr auto expires_at = record::field<ApiToken, Instant>(api_token_fields, "expires_at");
}  // namespace api_token

}  // namespace shangdao::engine
