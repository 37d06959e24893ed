// Definition tables of what opens the door.
#include "engine/access/access_objects.h"

namespace shangdao::engine {

const record::ObjectDef credential_object{
    .name = "credential", .plural = "credentials", .label = {"凭据", "Credential"}, .plural_label = {"凭据", "Credentials"},
    .ownership = record::Ownership::shared, .exposure = record::Exposure::internal, .name_field = "password_hash", .fields = credential_fields,
};
const record::ObjectDef session_object{
    .name = "session", .plural = "sessions", .label = {"会话", "Session"}, .plural_label = {"会话", "Sessions"},
    .ownership = record::Ownership::shared, .exposure = record::Exposure::internal, .name_field = "token_hash", .fields = session_fields,
};
const record::ObjectDef api_token_object{
    .name = "api_token", .plural = "api_tokens", .label = {"API 令牌", "API token"}, .plural_label = {"API 令牌", "API tokens"},
    .ownership = record::Ownership::shared, .exposure = record::Exposure::internal, .fields = api_token_fields,
};

}  // namespace shangdao::engine
