#include "app/provider_options.h"

namespace shangdao::app {

namespace {

// OpenID Connect Discovery §3: https, no query, no fragment. Plain http is for trying it out on this machine.
std::optional<serve::out::WebAddress> issuer_address(const std::string& text)
{
    auto address = serve::out::parse_address(text);
    if (!address || !address->user.empty() || address->has_password || address->has_query || address->has_fragment) return std::nullopt;
    if (address->scheme != "https" && !(address->scheme == "http" && serve::out::is_loopback(*address))) return std::nullopt;
    return address;
}

}  // namespace

Result<std::optional<serve::oidc::ProviderSettings>> provider_settings(const ProviderOptions& options, const std::string& base_url, const std::string& trust, const std::filesystem::path& directory)
{
    if (options.issuer.empty()) return std::nullopt;
    Problems problems;
    serve::oidc::ProviderSettings settings{.issuer = options.issuer, .client_id = options.client_id, .client_secret = {}, .name = options.name, .redirect_uri = {}, .trust = trust.empty() ? "" : (directory / trust).string()};
    const auto address = issuer_address(options.issuer);
    if (!address) problems.push_back({"issuer_refused", "--oidc-issuer", {}});
    else if (options.name.empty()) settings.name = address->host;
    if (options.client_id.empty()) problems.push_back({"required", "--oidc-client", {{"name", "--oidc-client"}}});
    if (base_url.empty()) problems.push_back({"required", "--base-url", {{"name", "--base-url"}}});
    else if (const auto base = base_url_of(base_url)) settings.redirect_uri = *base + std::string{serve::rest::provider_path};
    else problems.insert(problems.end(), base.error().begin(), base.error().end());
    if (!options.secret_file.empty()) {
        if (auto secret = secret_in(directory / options.secret_file)) settings.client_secret = std::move(*secret);
        else problems.insert(problems.end(), secret.error().begin(), secret.error().end());
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return settings;
}

}  // namespace shangdao::app
