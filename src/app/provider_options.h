// What the command line and the environment say of the OpenID provider, checked before anything begins.
#pragma once

#include "app/mail_options.h"
#include "serve/rest/provider_routes.h"

namespace shangdao::app {

struct ProviderOptions {
    std::string issuer;              // empty: members sign in by password alone
    std::string client_id, secret_file;
    std::string name;                // as the sign-in page calls it; empty: its host
};

// nullopt: none. Refusals issuer_refused, secret_unreadable, required (client, base URL); all at once.
Result<std::optional<serve::oidc::ProviderSettings>> provider_settings(const ProviderOptions& options, const std::string& base_url, const std::string& trust, const std::filesystem::path& directory);

}  // namespace shangdao::app
