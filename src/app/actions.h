// What each command does on an opened organisation. Exit code is the return value; refusals are said on the error stream.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/command.h"

namespace shangdao::app {

// One line from standard input without its line end.
std::string read_secret(Terminal& terminal);

struct NewOrganisation {
    std::string organisation, currency, time_zone, admin, admin_name;
    std::optional<std::string> password;
};
int initialise(Opened& opened, const NewOrganisation& wanted, Terminal& terminal);

struct NewUser {
    std::string email, name, role;
    std::optional<std::string> password;
};
int add_user(Opened& opened, const NewUser& wanted, Terminal& terminal);
int set_password(Opened& opened, const std::string& email, const std::string& password, Terminal& terminal);

struct NewToken {
    std::string user, name;
    std::vector<std::string> scopes;
    int days;
};
int create_token(Opened& opened, const NewToken& wanted, Terminal& terminal);
int revoke_tokens(Opened& opened, const std::string& user, const std::string& name, Terminal& terminal);

struct ImportCall {
    std::string user;
    std::filesystem::path plan, from;
    std::filesystem::path errors;     // of refused rows; empty: beside the plan
    bool dry_run;
};
int import_files(Opened& opened, const ImportCall& call, Terminal& terminal);

struct ExportCall {
    std::string user, object, filter, format;
    std::filesystem::path output;
};
int export_records(Opened& opened, const ExportCall& call, Terminal& terminal);

// Writes the invented company and prints its three log-ins; removing asks nothing of anybody else's records.
int fill_demo(Opened& opened, std::uint64_t seed, Terminal& terminal);
int remove_demo(Opened& opened, Terminal& terminal);

struct BackupOrder {
    std::filesystem::path to;
    std::optional<int> keep;
};
// Beside a running server too.
int back_up(const DataDirectory& directory, const BackupOrder& order, const Clock& clock, Terminal& terminal);
int verify_backups(const std::filesystem::path& place, const Clock& clock, Terminal& terminal);
struct RestoreOrder {
    std::filesystem::path from, to;
    std::string until;               // an instant, or empty
};
int restore(const RestoreOrder& order, Terminal& terminal);

struct MoveOrder {
    std::string from, to;            // one is a data directory, the other an address of PostgreSQL
    std::string schema;              // there
};
// Everything is read back and compared; only then the data directory says where the records are.
int move_records(const MoveOrder& order, const Clock& clock, Terminal& terminal);

struct AuditOrder {
    std::filesystem::path data;      // data directory, or directory of backups: then the newest
    std::string head;                // "123:9f…" of an earlier run, or empty
};
int verify_audit(const AuditOrder& order, const Clock& clock, Terminal& terminal);

// The names under which the organisation is served; none leaves them as they are, `forget` takes them away. Prints them. A server that runs learns of
// them when it starts again.
int set_hosts(DataDirectory directory, const std::vector<std::string>& hosts, bool forget, Terminal& terminal);

// Store, references, chain – on read-only connections, beside a running server too.
int check_store(const DataDirectory& directory, const Clock& clock, Terminal& terminal);
// What a server holds of rights against what its store says.
int check_rights(Opened& opened, Terminal& terminal);

}  // namespace shangdao::app
