// The chain on its own: what it says, and whether it still says what it said when it was last looked at.
#include <charconv>
#include <iostream>

#include "app/actions.h"
#include "app/backup/place.h"

namespace shangdao::app {

namespace {

struct KeptHead {
    std::int64_t seq = 0;
    std::string hash;
};

Result<std::optional<KeptHead>> kept_head(const std::string& text)
{
    if (text.empty()) return std::nullopt;
    KeptHead head;
    const auto colon = text.find(':');
    const auto* end = text.data() + std::min(colon, text.size());
    if (colon == std::string::npos || std::from_chars(text.data(), end, head.seq).ptr != end) return refuse("invalid_value", "head", {{"expected", "<event>:<chain>"}});
    head.hash = text.substr(colon + 1);
    return head;
}

// The store to look at: of a data directory, or of the newest backup in a place.
Result<store::StoreOptions> store_in(const std::filesystem::path& path, const Clock& clock)
{
    if (const auto place = Place::find(path); place && !place->names().empty()) {
        const auto newest = place->backup(place->names().back());
        TRY(const auto directory, DataDirectory::find(newest));
        return looking_at(newest / "data.sqlite", directory.keys(), clock, store::SqliteOptions::Standing::still);
    }
    TRY(const auto directory, DataDirectory::find(path));
    return looking_at(directory, clock);
}

}  // namespace

int verify_audit(const AuditOrder& order, const Clock& clock, Terminal& terminal)
{
    const auto head = kept_head(order.head);
    if (!head) return say_problems(terminal, head.error());
    const auto options = store_in(order.data, clock);
    if (!options) return say_problems(terminal, options.error());
    const auto chain = store::verify_chain(*options);
    for (const auto& finding : chain.findings) terminal.error << finding << '\n';
    if (chain.first_bad) {
        terminal.out << "the chain holds up to event " << *chain.first_bad - 1 << "; the first that does not is event " << *chain.first_bad << '\n';
        return 1;
    }
    if (*head && store::chain_hash_at(*options, (*head)->seq) != (*head)->hash)
        return say_problems(terminal, {{"audit_head_differs", "head", {{"seq", std::to_string((*head)->seq)}}}});
    terminal.out << chain.events << " events, the chain is whole\nkeep this elsewhere, and give it to --head later: " << chain.seq << ':' << chain.hash << '\n';
    return 0;
}

}  // namespace shangdao::app
