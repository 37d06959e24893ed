// The command line (CLI11) and the dispatch: find the data directory, open it or hand the command to the running server.
#include "app/command.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

#include "app/actions.h"
#include "app/control.h"
#include "app/file_clock.h"
#include "app/serve_command.h"
#include "app/version.h"
#include "serve/forwarded.h"
#include "serve/problem.h"

namespace shangdao::app {

int say_problems(Terminal& terminal, const Problems& problems)
{
    for (const auto& problem : problems) terminal.error << "shangdao: " << serve::say(problem, terminal.language) << '\n';
    return 1;
}

namespace {

// What the command line asked for; one member per option that any command has.
struct Asked {
    std::string data, clock_file, organisation, currency = "CNY", time_zone = "Asia/Shanghai", admin, email, name, role = "rep", user, plan, from, object, format = "xlsx", filter, output, errors, to, head, until, database, schema;
    std::optional<int> keep;
    std::vector<std::string> scopes, served, hosts;
    int days = engine::token_days_default;
    bool password_stdin = false, dry_run = false, remove = false, forget = false;
    std::uint64_t seed = 20'240'301;
    ServeOptions serve;
};

// A schema's name needs no quoting anywhere, and is never one of PostgreSQL's own.
const CLI::Validator schema_word([](std::string& text) {
    const bool known = !text.empty() && text.size() <= 40 && !text.starts_with("pg_") && text != "public" && text != "information_schema" && (text[0] < '0' || text[0] > '9')
        && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    return known ? std::string{} : std::string{"a schema is named by a-z, 0-9 and _, 40 at most, begins with a letter and is not one of PostgreSQL's own"};
}, "NAME");

constexpr const char* held_rights = "held-rights";

const CLI::Validator proxy_address([](std::string& text) { return serve::is_address(text) ? std::string{} : std::string{"a proxy is named by its IP address, without port: 10.0.0.5, fd00::5"}; }, "ADDRESS");

using Perform = std::function<int(Opened&)>;
using Look = std::function<int(const DataDirectory&)>;

// How a command gets at the data: `make` creates the directory, `look` reads it and needs no lock, `write` opens it or goes to the server, `apart`
// needs none.
struct Choice {
    enum class Way { none, make, look, write, serve, demo, apart } way = Way::none;
    Perform perform = {};
    Look look = {};
    std::function<int()> apart = {};
};

class CommandLine {
public:
    CommandLine(Terminal& terminal, const Clock& clock) : terminal_(terminal), clock_(clock) { describe(); }

    int run(const std::vector<std::string>& arguments, Opened* running)
    {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        try {
            app_.parse(reversed);
        } catch (const CLI::ParseError& error) {
            return app_.exit(error, terminal_.out, terminal_.error) == 0 ? 0 : 1;
        }
        if (choice_.way == Choice::Way::none) {
            terminal_.out << app_.help();
            return 0;
        }
        if (choice_.way == Choice::Way::apart) return choice_.apart();
        if (choice_.way == Choice::Way::serve && running == nullptr) return serve_all();
        const auto path = terminal_.directory / (choice_.way == Choice::Way::serve ? asked_.served.front() : asked_.data);
        if (!asked_.clock_file.empty()) file_clock_.emplace(terminal_.directory / asked_.clock_file);
        if (choice_.way == Choice::Way::make) return make(path);
        if (choice_.way == Choice::Way::demo && !asked_.remove && !std::filesystem::exists(path / "server.json")) return make_demo(path);
        auto directory = DataDirectory::find(path);
        if (!directory) return say_problems(terminal_, directory.error());
        if (choice_.way == Choice::Way::look) return choice_.look(*directory);
        if (running != nullptr) {
            if (choice_.way == Choice::Way::serve) return say_problems(terminal_, {{"data_directory_in_use", path.string(), {{"path", path.string()}, {"pid", directory->lock_holder()}}}});
            return choice_.perform(*running);
        }
        if (const auto used = use_asked_database(*directory); !used) return say_problems(terminal_, used.error());
        auto opened = open_for_writing(*directory, clock(), 4);
        if (!opened) {
            if (opened.error().front().code == "data_directory_in_use")
                if (const auto code = run_in_server(*directory, arguments, terminal_)) return *code;
            return say_problems(terminal_, opened.error());
        }
        return choice_.perform(**opened);
    }

private:
    Result<void> use_asked_database(DataDirectory& directory) const
    {
        if (asked_.database.empty()) return {};
        return directory.use_database({.address = asked_.database, .schema = asked_.schema.empty() ? directory.database().schema : asked_.schema});
    }

    int serve_all()
    {
        if (!asked_.clock_file.empty()) file_clock_.emplace(terminal_.directory / asked_.clock_file);
        std::vector<DataDirectory> directories;
        for (const auto& path : asked_.served) {
            auto directory = DataDirectory::find(terminal_.directory / path);
            if (!directory) return say_problems(terminal_, directory.error());
            directories.push_back(std::move(*directory));
        }
        if (!asked_.database.empty() && directories.size() > 1) return say_problems(terminal_, {{"database_of_many", "db", {}}});
        if (const auto used = use_asked_database(directories.front()); !used) return say_problems(terminal_, used.error());
        return serve(asked_.serve, std::move(directories), terminal_, clock());
    }

    Database asked_database() const
    {
        Database database{.address = asked_.database};
        if (!asked_.schema.empty()) database.schema = asked_.schema;
        return database;
    }

    Result<std::unique_ptr<Opened>> made(const std::filesystem::path& path)
    {
        TRY(auto directory, DataDirectory::create(path, asked_database()));
        try {
            auto opened = open_for_writing(std::move(directory), clock(), 2);
            if (!opened) DataDirectory::unmake(path);
            return opened;
        } catch (...) {
            DataDirectory::unmake(path);
            throw;
        }
    }

    int make(const std::filesystem::path& path)
    {
        const auto opened = made(path);
        if (!opened) return say_problems(terminal_, opened.error());
        return initialise(**opened, {.organisation = asked_.organisation, .currency = asked_.currency, .time_zone = asked_.time_zone, .admin = asked_.admin, .admin_name = asked_.name,
                                     .password = asked_.password_stdin ? std::optional{read_secret(terminal_)} : std::nullopt}, terminal_);
    }

    // A directory of its own with the invented company in it.
    int make_demo(const std::filesystem::path& path)
    {
        const auto opened = made(path);
        if (!opened) return say_problems(terminal_, opened.error());
        if (const int code = initialise(**opened, {.organisation = "华兴智能装备", .currency = "CNY", .time_zone = "Asia/Shanghai"}, terminal_); code != 0) return code;
        return fill_demo(**opened, asked_.seed, terminal_);
    }

    const Clock& clock() const { return file_clock_ ? static_cast<const Clock&>(*file_clock_) : clock_; }

    CLI::App* command(CLI::App& parent, const std::string& name, const std::string& about, Choice::Way way, Perform perform)
    {
        auto* sub = parent.add_subcommand(name, about);
        if (way == Choice::Way::serve) sub->add_option("--data", asked_.served, "data directory; named again for each further organisation, told apart by host names")->required()->allow_extra_args(false);
        else sub->add_option("--data", asked_.data, "data directory")->required();
        sub->callback([this, way, perform = std::move(perform)] { choice_ = {.way = way, .perform = perform}; });
        return sub;
    }

    CLI::App* looking(CLI::App& parent, const std::string& name, const std::string& about, Look look)
    {
        auto* sub = command(parent, name, about, Choice::Way::look, {});
        sub->callback([this, look = std::move(look)] { choice_ = {.way = Choice::Way::look, .look = look}; });
        return sub;
    }

    CLI::App* apart(CLI::App& parent, const std::string& name, const std::string& about, std::function<int()> perform)
    {
        auto* sub = parent.add_subcommand(name, about);
        sub->callback([this, perform = std::move(perform)] { choice_ = {.way = Choice::Way::apart, .apart = perform}; });
        return sub;
    }

    void in_database(CLI::App* sub)
    {
        sub->add_option("--db", asked_.database, "postgres://user@host/database: the records go there instead of a file; kept in the data directory")->envname("SHANGDAO_DB");
        sub->add_option("--schema", asked_.schema, "schema there; one for each organisation of a database (main)")->check(schema_word)->envname("SHANGDAO_SCHEMA");
    }

    void describe()
    {
        app_.require_subcommand(0, 1);
        app_.set_version_flag("--version", std::string{"shangdao "} + version);

        auto* init = command(app_, "init", "make a data directory with one organisation", Choice::Way::make, {});
        init->add_option("--org", asked_.organisation, "name of the organisation")->required();
        init->add_option("--currency", asked_.currency, "base currency (ISO 4217)");
        init->add_option("--time-zone", asked_.time_zone, "IANA time zone");
        init->add_option("--admin", asked_.admin, "e-mail of the first administrator; without it the server prints a set-up link");
        init->add_option("--admin-name", asked_.name, "the administrator's name");
        init->add_flag("--password-stdin", asked_.password_stdin, "read the administrator's password from standard input");
        in_database(init);
        init->add_option("--clock-file", asked_.clock_file)->group("");

        auto* serving = command(app_, "serve", "run the server until SIGTERM", Choice::Way::serve, {});
        serving->add_option("--listen", asked_.serve.listen, "address and port")->envname("SHANGDAO_LISTEN");
        serving->add_option("--web", asked_.serve.web_directory, "directory of the web app")->envname("SHANGDAO_WEB");
        serving->add_option("--certificate", asked_.serve.certificate, "TLS certificate chain, PEM")->envname("SHANGDAO_CERTIFICATE");
        serving->add_option("--private-key", asked_.serve.private_key, "TLS private key, PEM")->envname("SHANGDAO_PRIVATE_KEY");
        serving->add_option("--workers", asked_.serve.workers, "worker threads; 0: as many as cores");
        serving->add_option("--sign-ins-per-minute", asked_.serve.sign_ins_per_minute, "tries to sign in from one network address; more for an office behind one")->check(CLI::Range(1, 100'000));
        serving->add_option("--ship-to", asked_.serve.ship_to, "directory of backups to which every commit goes within seconds, and a backup a day")->envname("SHANGDAO_SHIP_TO");
        serving->add_option("--ship-keep", asked_.serve.ship_keep, "backups to keep there, with all that was committed since the oldest")->check(CLI::Range(1, 10'000));
        serving->add_option("--ship-seconds", asked_.serve.ship_seconds, "seconds between two pieces")->check(CLI::Range(1, 60));
        mail_options(serving);
        auto& provider = asked_.serve.provider;
        serving->add_option("--oidc-issuer", provider.issuer, "OpenID provider by which members may sign in, https://login.example.com/realms/main")->envname("SHANGDAO_OIDC_ISSUER");
        serving->add_option("--oidc-client", provider.client_id, "client id there; its redirect URI is <base-url>/api/v1/session/provider")->envname("SHANGDAO_OIDC_CLIENT");
        serving->add_option("--oidc-secret-file", provider.secret_file, "file with the client's secret; none: a public client")->envname("SHANGDAO_OIDC_SECRET_FILE");
        serving->add_option("--oidc-name", provider.name, "what the sign-in page calls it")->envname("SHANGDAO_OIDC_NAME");
        serving->add_option("--trusted-proxy", asked_.serve.trusted_proxies, "address of a proxy of yours, whose X-Forwarded-For and X-Forwarded-Proto are believed; named again for each further one")
            ->allow_extra_args(false)->check(proxy_address)->envname("SHANGDAO_TRUSTED_PROXY");
        serving->add_flag("--insecure-http", asked_.serve.insecure_http, "allow plain http beyond loopback");
        in_database(serving);
        serving->add_option("--clock-file", asked_.clock_file)->group("");

        auto* hosts = looking(app_, "hosts", "the names under which an organisation is served; without names, say them",
                              [this](const DataDirectory& directory) { return set_hosts(directory, asked_.hosts, asked_.forget, terminal_); });
        hosts->add_option("names", asked_.hosts, "host names, without port");
        hosts->add_flag("--forget", asked_.forget, "have none: every name will do, as long as the server serves no other");

        looking(app_, "check", "prove store, references and ledger chain; beside a running server also what it holds of rights", [this](const DataDirectory& directory) {
            const int store = check_store(directory, clock(), terminal_);
            return std::max(store, run_in_server(directory, {held_rights, "--data", asked_.data}, terminal_).value_or(0));
        });
        command(app_, held_rights, "what check asks of the server that runs", Choice::Way::write, [this](Opened& opened) { return check_rights(opened, terminal_); })->group("");
        describe_people();
        describe_data();
        describe_backups();

        auto* mail = app_.add_subcommand("mail", "mail");
        mail->require_subcommand(1);
        auto* test = apart(*mail, "test", "send a mail, to see whether the settings hold", [this] { return try_mail(asked_.serve.mail, asked_.to, clock(), terminal_); });
        test->add_option("--to", asked_.to, "address to send it to")->required();
        mail_options(test);
    }

    void mail_options(CLI::App* sub)
    {
        auto& mail = asked_.serve.mail;
        sub->add_option("--base-url", mail.base_url, "address under which browsers open the server, https://crm.example.com; links in mails begin with it")->envname("SHANGDAO_BASE_URL");
        sub->add_option("--smtp", mail.smtp, "mail server, smtp://user@host:587 or smtps://user@host:465; without one no mail is sent")->envname("SHANGDAO_SMTP");
        sub->add_option("--smtp-password-file", mail.password_file, "file with the password of that user")->envname("SHANGDAO_SMTP_PASSWORD_FILE");
        sub->add_option("--mail-from", mail.from, "address that mails come from")->envname("SHANGDAO_MAIL_FROM");
        sub->add_option("--trust", mail.trust, "PEM of the authorities that vouch for servers we connect to, instead of the system's")->envname("SHANGDAO_TRUST");
    }

    void describe_backups()
    {
        auto* backup = looking(app_, "backup", "add a backup of everything to a directory; also beside a running server",
                               [this](const DataDirectory& directory) { return back_up(directory, {terminal_.directory / asked_.to, asked_.keep}, clock(), terminal_); });
        backup->add_option("--to", asked_.to, "directory of the backups; made when it is not there")->required();
        backup->add_option("--keep", asked_.keep, "then keep only so many, the newest ones")->check(CLI::Range(1, 10'000));

        auto* verify = apart(app_, "verify", "prove the backups in a directory", [this] { return verify_backups(terminal_.directory / asked_.from, clock(), terminal_); });
        verify->add_option("backups", asked_.from, "directory of the backups")->required();

        auto* audit = app_.add_subcommand("audit", "the ledger's chain");
        audit->require_subcommand(1);
        auto* chain = apart(*audit, "verify", "prove the chain from the first event to the last, of a data directory or of the newest of its backups; also beside a running server",
                            [this] { return verify_audit({terminal_.directory / asked_.data, asked_.head}, clock(), terminal_); });
        chain->add_option("--data", asked_.data, "data directory, or directory of backups")->required();
        chain->add_option("--head", asked_.head, "what an earlier run printed, <event>:<chain>: must still be so");

        auto* moving = apart(app_, "move", "take the records from the file to PostgreSQL, or back; every table is read back and compared",
                             [this] { return move_records({asked_.from, asked_.to, asked_database().schema}, clock(), terminal_); });
        moving->add_option("--from", asked_.from, "data directory, or postgres://user@host/database")->required();
        moving->add_option("--to", asked_.to, "the other of the two; the database must be empty, the directory is the one that has the keys")->required();
        moving->add_option("--schema", asked_.schema, "schema in the database (main)")->check(schema_word);

        auto* restoring = apart(app_, "restore", "make a data directory of the newest backup in a directory and what was shipped since",
                                [this] { return restore({terminal_.directory / asked_.from, terminal_.directory / asked_.data, asked_.until}, terminal_); });
        restoring->add_option("backups", asked_.from, "directory of the backups")->required();
        restoring->add_option("--data", asked_.data, "data directory to make")->required();
        restoring->add_option("--until", asked_.until, "as it was at this instant, 2026-11-30T12:00:00Z; default: as late as the directory tells");
    }

    void describe_people()
    {
        auto* token = app_.add_subcommand("token", "API tokens");
        token->require_subcommand(1);
        auto* create = command(*token, "create", "make a token and print it, once", Choice::Way::write,
                               [this](Opened& opened) { return create_token(opened, {asked_.user, asked_.name, asked_.scopes, asked_.days}, terminal_); });
        create->add_option("--user", asked_.user, "e-mail of the member it acts for")->required();
        create->add_option("--name", asked_.name, "what it is for")->required();
        create->add_option("--scope", asked_.scopes, "read, write, import, admin, object:<name>; none: all rights of the member");
        create->add_option("--days", asked_.days, "days until it expires");
        auto* revoke = command(*token, "revoke", "end a member's tokens of one name, at once", Choice::Way::write,
                               [this](Opened& opened) { return revoke_tokens(opened, asked_.user, asked_.name, terminal_); });
        revoke->add_option("--user", asked_.user, "e-mail of the member they act for")->required();
        revoke->add_option("--name", asked_.name, "what they were made for")->required();

        auto* user = app_.add_subcommand("user", "members who sign in");
        user->require_subcommand(1);
        auto* add = command(*user, "add", "add a member", Choice::Way::write, [this](Opened& opened) {
            return add_user(opened, {asked_.email, asked_.name, asked_.role, asked_.password_stdin ? std::optional{read_secret(terminal_)} : std::nullopt}, terminal_);
        });
        add->add_option("--email", asked_.email, "e-mail, the sign-in name")->required();
        add->add_option("--name", asked_.name, "full name")->required();
        add->add_option("--role", asked_.role, "rep, manager, admin or a role of your own");
        add->add_flag("--password-stdin", asked_.password_stdin, "read the password from standard input");
        auto* password = command(*user, "password", "set a member's password", Choice::Way::write,
                                 [this](Opened& opened) { return set_password(opened, asked_.email, read_secret(terminal_), terminal_); });
        password->add_option("--email", asked_.email, "e-mail of the member")->required();
        password->add_flag("--password-stdin", asked_.password_stdin, "read the password from standard input")->required();
    }

    void describe_data()
    {
        auto* import = command(app_, "import", "import files by a plan; exit 0 done, 1 failed, 2 done with refused rows", Choice::Way::write, [this](Opened& opened) {
            return import_files(opened, {asked_.user, terminal_.directory / asked_.plan, terminal_.directory / asked_.from, asked_.errors.empty() ? std::filesystem::path{} : terminal_.directory / asked_.errors, asked_.dry_run}, terminal_);
        });
        import->add_option("--user", asked_.user, "e-mail of the member who imports")->required();
        import->add_option("--plan", asked_.plan, "the plan, YAML")->required();
        import->add_option("--from", asked_.from, "directory of the files")->required();
        import->add_option("--errors", asked_.errors, "file for refused rows (default: beside the plan, .refused.csv)");
        import->add_flag("--dry-run", asked_.dry_run, "say what would happen; nothing is written");

        auto* exporting = command(app_, "export", "write the records of one object to a file", Choice::Way::write, [this](Opened& opened) {
            return export_records(opened, {asked_.user, asked_.object, asked_.filter, asked_.format, terminal_.directory / asked_.output}, terminal_);
        });
        exporting->add_option("--user", asked_.user, "e-mail of the member whose rights hold")->required();
        exporting->add_option("--object", asked_.object, "plural name: deals, accounts, …")->required();
        exporting->add_option("--filter", asked_.filter, "formula");
        exporting->add_option("--format", asked_.format, "xlsx or csv");
        exporting->add_option("--output", asked_.output, "file to write")->required();

        auto* demo = command(app_, "demo", "an invented company of 25 months; makes the data directory when there is none", Choice::Way::demo, [this](Opened& opened) {
            return asked_.remove ? remove_demo(opened, terminal_) : fill_demo(opened, asked_.seed, terminal_);
        });
        demo->add_option("--seed", asked_.seed, "seed of the generator");
        demo->add_flag("--remove", asked_.remove, "remove what demo wrote, and nothing else");
        in_database(demo);
        demo->add_option("--clock-file", asked_.clock_file)->group("");
    }

    Terminal& terminal_;
    const Clock& clock_;
    std::optional<FileClock> file_clock_;   // of --clock-file, which help does not name
    CLI::App app_{"Shangdao 商道 – design, run, measure and improve the way a company sells", "shangdao"};
    Asked asked_;
    Choice choice_;
};

}  // namespace

int run(const std::vector<std::string>& arguments, Terminal& terminal, const Clock& clock, Opened* running)
{
    return CommandLine(terminal, clock).run(arguments, running);
}

}  // namespace shangdao::app
