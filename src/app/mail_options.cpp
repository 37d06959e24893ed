#include "app/mail_options.h"

#include <fstream>
#include <iostream>

#include "base/bytes.h"
#include "base/require.h"
#include "serve/mail/letters.h"

namespace shangdao::app {

Result<Secret> secret_in(const std::filesystem::path& path)
{
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line) || line.empty()) return refuse("secret_unreadable", "password_file", {{"path", path.string()}});
    if (line.back() == '\r') line.pop_back();
    return Secret{std::move(line)};
}

Result<std::string> base_url_of(const std::string& text)
{
    const auto address = serve::out::parse_address(text);
    const bool fits = address && address->scheme.starts_with("http") && address->user.empty() && !address->has_password && !address->has_query && !address->has_fragment && address->path == "/";
    if (!fits) return refuse("base_url_refused", "base_url");
    return address->origin();
}

namespace {

void collect(Problems& problems, const Problems& more) { problems.insert(problems.end(), more.begin(), more.end()); }

}  // namespace

Result<std::optional<serve::MailSettings>> mail_settings(const MailOptions& options, const std::filesystem::path& directory)
{
    Problems problems;
    serve::MailSettings settings{.server = {}, .from = options.from, .base_url = {}};
    if (!options.base_url.empty()) {
        if (auto url = base_url_of(options.base_url)) settings.base_url = std::move(*url);
        else collect(problems, url.error());
    }
    if (options.smtp.empty()) return problems.empty() ? Result<std::optional<serve::MailSettings>>{std::nullopt} : refuse(std::move(problems));
    if (options.base_url.empty()) problems.push_back({"required", "--base-url", {{"name", "--base-url"}}});
    if (!exchange::is_mail_address(options.from)) problems.push_back({"invalid_value", "--mail-from", {{"expected", "email"}}});
    if (auto server = serve::out::smtp_server(options.smtp)) settings.server = std::move(*server);
    else collect(problems, server.error());
    if (!options.trust.empty()) settings.server.trust = (directory / options.trust).string();
    if (!settings.server.address.user.empty() && options.password_file.empty()) {
        problems.push_back({"required", "--smtp-password-file", {{"name", "--smtp-password-file"}}});
    } else if (!settings.server.address.user.empty()) {
        if (auto secret = secret_in(directory / options.password_file)) settings.server.password = std::move(*secret);
        else collect(problems, secret.error());
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return settings;
}

std::string at_host(const std::string& base_url, const std::string& host)
{
    auto address = serve::out::parse_address(base_url);
    require(address.has_value(), "a base URL was checked before");
    address->host = host;
    return address->origin();
}

int try_mail(const MailOptions& options, const std::string& to, const Clock& clock, Terminal& terminal)
{
    const auto settings = mail_settings(options, terminal.directory);
    if (!settings) return say_problems(terminal, settings.error());
    if (!*settings) return say_problems(terminal, {{"mail_server_refused", "smtp", {}}});
    const auto& [server, from, base_url] = **settings;
    auto mail = serve::trial_mail({from, base_url, {}}, to, terminal.language);
    mail.sent_at = clock.now();
    mail.id = hex(bytes_of(random_bytes(8)));
    const auto bytes = exchange::write_mail(mail);
    if (!bytes) return say_problems(terminal, bytes.error());
    const auto handed = serve::out::hand_over(server, from, to, *bytes);
    if (handed.delivery != serve::out::Delivery::accepted) return say_problems(terminal, {{"mail_failed", to, {{"what", handed.what}}}});
    terminal.out << "accepted by the mail server\n";
    return 0;
}

}  // namespace shangdao::app
