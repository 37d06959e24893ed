// People, tokens and the check. Data in and out is in data_actions.cpp.
#include "app/actions.h"

#include <algorithm>
#include <iostream>

#include "base/text.h"
#include "record/wire.h"
#include "sales/rooms.h"
#include "serve/hosts.h"
#include "store/sqlite/sqlite_store.h"

namespace shangdao::app {

namespace {

engine::Caller owner_of_the_data(const Terminal& terminal)
{
    return {.kind = engine::Caller::Kind::system, .via = record::Via::cli, .request = "cli", .language = terminal.language};
}

Result<Id> member_of(Opened& opened, const std::string& email)
{
    const auto person = opened.engine->people().find_by_email(email);
    if (!person) return refuse("unknown_member", "user", {{"email", email}});
    return person->id;
}

Result<Id> new_member(Opened& opened, const NewUser& wanted, const Terminal& terminal)
{
    TRY(const auto id, opened.engine->write_now(owner_of_the_data(terminal), [&](engine::Work& work) -> Result<std::string> {
        const auto& members = work.desk.catalogue->at("member");
        const auto& roles = members.field(*members.slot("roles"));
        if (std::ranges::find(roles.choices, std::string_view{wanted.role}, &record::Choice::key) == roles.choices.end()) {
            std::vector<std::string_view> known;
            for (const auto& choice : roles.choices) known.push_back(choice.key);
            std::map<std::string, std::string> args{{"value", wanted.role}};
            if (const auto near = nearest(wanted.role, known)) args["nearest"] = *near;
            return refuse("unknown_choice", "role", std::move(args));
        }
        TRY(const auto email, record::text_value(members.field(*members.slot("email")), wanted.email));
        TRY(const auto name, record::text_value(members.field(*members.slot("name")), wanted.name));
        TRY(const auto member, opened.engine->records().create(work, members, {{*members.slot("name"), name}, {*members.slot("email"), email},
            {*members.slot("roles"), record::ChoiceKeys{{wanted.role}}}, {*members.slot("active"), true}}));
        return to_string(member.id());
    }));
    return *parse_id(id);
}

}  // namespace

std::string read_secret(Terminal& terminal)
{
    std::string line;
    std::getline(terminal.in, line);
    while (line.ends_with('\r')) line.pop_back();
    return line;
}

int initialise(Opened& opened, const NewOrganisation& wanted, Terminal& terminal)
{
    const auto done = [&]() -> Result<void> {
        engine::Organisation organisation;
        organisation.key = "main";
        organisation.name = trimmed(wanted.organisation);
        const auto currency = parse_currency(wanted.currency);
        if (!currency) return refuse("unknown_currency", "currency", {{"value", wanted.currency}});
        const auto zone = Zone::find(wanted.time_zone);
        if (!zone) return refuse("unknown_time_zone", "time-zone", {{"value", wanted.time_zone}});
        if (organisation.name.empty()) return refuse("required", "org", {{"name", "org"}});
        if (wanted.password && code_point_count(*wanted.password) < engine::password_length_min)
            return refuse("too_short", "password", {{"limit", std::to_string(engine::password_length_min)}});
        organisation.base = *currency;
        organisation.zone = *zone;
        CHECK_OK(opened.engine->write_now(owner_of_the_data(terminal), [&](engine::Work& work) -> Result<std::string> {
            CHECK_OK(opened.engine->set_organisation(work, organisation));
            return std::string{};
        }));
        CHECK_OK(opened.engine->seed());
        if (wanted.admin.empty()) return {};
        const auto name = wanted.admin_name.empty() ? wanted.admin.substr(0, wanted.admin.find('@')) : wanted.admin_name;
        TRY(const auto member, new_member(opened, {.email = wanted.admin, .name = name, .role = "admin"}, terminal));
        if (wanted.password) CHECK_OK(opened.access->set_password(owner_of_the_data(terminal), member, *wanted.password));
        return {};
    }();
    if (done) return 0;
    const auto path = opened.directory.path();
    opened.access.reset();
    opened.engine.reset();
    DataDirectory::unmake(path);
    return say_problems(terminal, done.error());
}

int add_user(Opened& opened, const NewUser& wanted, Terminal& terminal)
{
    if (wanted.password && code_point_count(*wanted.password) < engine::password_length_min)
        return say_problems(terminal, {{"too_short", "password", {{"limit", std::to_string(engine::password_length_min)}}}});
    const auto member = new_member(opened, wanted, terminal);
    if (!member) return say_problems(terminal, member.error());
    if (wanted.password)
        if (const auto set = opened.access->set_password(owner_of_the_data(terminal), *member, *wanted.password); !set) return say_problems(terminal, set.error());
    return 0;
}

int set_password(Opened& opened, const std::string& email, const std::string& password, Terminal& terminal)
{
    const auto member = member_of(opened, email);
    if (!member) return say_problems(terminal, member.error());
    const auto set = opened.access->set_password(owner_of_the_data(terminal), *member, password);
    return set ? 0 : say_problems(terminal, set.error());
}

int create_token(Opened& opened, const NewToken& wanted, Terminal& terminal)
{
    const auto member = member_of(opened, wanted.user);
    if (!member) return say_problems(terminal, member.error());
    const auto token = opened.access->create_token(owner_of_the_data(terminal), *member, wanted.name, wanted.scopes, wanted.days);
    if (!token) return say_problems(terminal, token.error());
    terminal.out << *token << '\n';
    return 0;
}

int revoke_tokens(Opened& opened, const std::string& user, const std::string& name, Terminal& terminal)
{
    const auto member = member_of(opened, user);
    if (!member) return say_problems(terminal, member.error());
    const auto revoked = opened.access->revoke_tokens(owner_of_the_data(terminal), *member, name);
    return revoked ? 0 : say_problems(terminal, revoked.error());
}

int set_hosts(DataDirectory directory, const std::vector<std::string>& hosts, bool forget, Terminal& terminal)
{
    if (forget || !hosts.empty()) {
        std::vector<std::string> names;
        for (const auto& host : hosts) {
            auto name = serve::host_name(host, host);
            if (!name) return say_problems(terminal, name.error());
            if (std::ranges::find(names, *name) == names.end()) names.push_back(std::move(*name));
        }
        directory.set_hosts(std::move(names));
        directory.keep();
    }
    for (const auto& name : directory.hosts()) terminal.out << name << '\n';
    return 0;
}

int check_store(const DataDirectory& directory, const Clock& clock, Terminal& terminal)
{
    const auto report = engine::Engine::check(looking_at(directory, clock), sales::all_rooms());
    if (!report) return say_problems(terminal, report.error());
    for (const auto& finding : report->findings) terminal.error << finding << '\n';
    terminal.out << report->records << " records, " << report->events << " events, " << report->findings.size() << " findings\n";
    return report->findings.empty() ? 0 : 1;
}

int check_rights(Opened& opened, Terminal& terminal)
{
    const auto compared = opened.engine->compare_rights();
    for (const auto& example : compared.examples) terminal.error << example << '\n';
    terminal.out << compared.lines << " facts of rights held by the server, " << compared.differences << " differ from the store\n";
    return compared.differences == 0 ? 0 : 1;
}

}  // namespace shangdao::app
