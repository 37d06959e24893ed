// Ledger – the events in their table, each sealed into the chain as it is written (D10, D11). Writers of a store take turns, so every seq is
// given without a gap and nothing has to be sealed later: what is committed is sealed.
//
// Templates over the Connection of an engine: the statements are the same.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/require.h"
#include "record/event.h"
#include "store/chain.h"
#include "store/chain_report.h"
#include "store/packing.h"
#include "store/sql/layout.h"

namespace shangdao::store::sql {

using record::Event;

// The number that stands for an object in the tables of the machinery; given when the name is new.
template <typename Connection> std::int64_t number_of(Connection& connection, std::string_view object)
{
    connection.prepare("INSERT INTO object_number (number, name) SELECT coalesce(max(number), 0) + 1, ?1 FROM object_number WHERE TRUE ON CONFLICT (name) DO NOTHING")
        .bind(1, object)
        .run();
    auto query = connection.prepare("SELECT number FROM object_number WHERE name = ?1");
    query.bind(1, object);
    require(query.step(), "an object's number was just given");
    return query.integer(0);
}

// The writer's end of the ledger.
template <typename Connection> class Ledger {
public:
    // Takes up where the store's chain ends.
    Ledger(Connection& connection, std::string_view key) : connection_(&connection), chain_(key) { resume(); }
    // The same, where another writer may have had a turn.
    void resume();

    // Writes the event and gives its seq. `event` gets seq, and `now` where it has no times.
    template <typename Layout> std::int64_t append(const Layout& layout, Event& event, Instant now);

    // Where the ledger stands; rewind() takes back what a rolled-back savepoint or transaction had appended.
    struct Place {
        std::int64_t seq = 0;
        Hash hash{};
    };
    const Place& place() const { return place_; }
    void rewind(const Place& place) { place_ = place; }

    // Signs the head; once a transaction, before COMMIT.
    void seal();

private:
    Connection* connection_;
    Chain chain_;
    Place place_;
    std::string salts_;    // random bytes in stock
};

namespace detail {

inline constexpr std::string_view insert_event =
    "INSERT INTO event (seq, recorded_at, happened_at, actor, on_behalf, via, request, object, id, ids, verb, reason, cause, packing, "
    "changes, salt, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";

inline constexpr std::string_view event_columns =
    "SELECT e.seq, e.recorded_at, e.happened_at, e.actor, e.on_behalf, e.via, e.request, o.name, e.id, e.ids, e.verb, e.reason, e.cause, "
    "e.packing, e.changes, CASE WHEN e.digest IS NULL THEN 0 ELSE 1 END FROM event e LEFT JOIN object_number o ON o.number = e.object ";

template <typename Query> Event event_of(const Query& row)
{
    Event event{.seq = row.integer(0),
                .recorded_at = Instant{row.integer(1)},
                .happened_at = Instant{row.integer(2)},
                .actor = Id{row.integer(3)},
                .on_behalf = Id{row.integer(4)},
                .via = static_cast<record::Via>(row.integer(5)),
                .request = std::string{row.text(6)},
                .object = std::string{row.text(7)},
                .id = Id{row.integer(8)},
                .ids = unpacked_ids(row.blob(9)),
                .verb = std::string{row.text(10)},
                .changes = {},
                .reason = std::string{row.text(11)},
                .cause = row.integer(12),
                .redacted = row.integer(15) != 0};
    event.changes = packing_of(row.integer(13)) == Packing::zlib ? inflated(row.blob(14)) : std::string{row.blob(14)};
    return event;
}

inline Hash hash_of(std::string_view bytes)
{
    Hash hash{};
    if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

template <typename Query> void text_or_null(Query& query, int index, std::string_view text)
{
    if (text.empty()) query.bind_null(index);
    else query.bind(index, text);
}

// Newest seqs of one record below `before`.
template <typename Connection> void add_seqs(Connection& connection, Id id, std::int64_t before, std::int64_t limit, std::vector<std::int64_t>& out)
{
    for (const auto* sql : {"SELECT seq FROM event WHERE id = ?1 AND id <> 0 AND seq < ?2 ORDER BY seq DESC LIMIT ?3",
                            "SELECT seq FROM event_record WHERE id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3"}) {
        auto query = connection.prepare(sql);
        query.bind(1, id.value).bind(2, before).bind(3, limit);
        while (query.step()) out.push_back(query.integer(0));
    }
}

}  // namespace detail

template <typename Connection> void Ledger<Connection>::resume()
{
    auto query = connection_->prepare("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1");
    place_ = query.step() ? Place{query.integer(0), detail::hash_of(query.blob(1))} : Place{};
}

template <typename Connection> template <typename Layout> std::int64_t Ledger<Connection>::append(const Layout& layout, Event& event, Instant now)
{
    if (event.recorded_at.us == 0) event.recorded_at = now;
    if (event.happened_at.us == 0) event.happened_at = event.recorded_at;
    event.seq = place_.seq + 1;
    if (salts_.size() < Chain::salt_bytes) {
        salts_.resize(Chain::salt_bytes * 64);
        randombytes_buf(salts_.data(), salts_.size());
    }
    const auto salt = salts_.substr(salts_.size() - Chain::salt_bytes);
    salts_.resize(salts_.size() - Chain::salt_bytes);
    const auto hash = chain_.link(place_.hash, event, Chain::digest(salt, event.changes, event.reason));

    const auto* known = layout.catalogue->find(event.object);
    const auto object = known != nullptr ? layout.of(*known).number : event.object.empty() ? 0 : number_of(*connection_, event.object);
    const bool packed = event.changes.size() >= packed_from_bytes;
    const auto changes = packed ? deflated(event.changes) : std::string{};
    const auto ids = packed_ids(event.ids);
    auto query = connection_->prepare(detail::insert_event);
    query.bind(1, event.seq).bind(2, event.recorded_at.us).bind(3, event.happened_at.us).bind(4, event.actor.value);
    query.bind(5, event.on_behalf.value).bind(6, static_cast<std::int64_t>(event.via)).bind(8, object).bind(9, event.id.value);
    detail::text_or_null(query, 7, event.request);
    ids.empty() ? query.bind_null(10) : query.bind_blob(10, ids);
    query.bind(11, std::string_view{event.verb}).bind(13, event.cause);
    detail::text_or_null(query, 12, event.reason);
    query.bind(14, static_cast<std::int64_t>(packed ? Packing::zlib : Packing::plain) + reason_in_digest);
    query.bind_blob(15, packed ? changes : event.changes).bind_blob(16, salt).bind_blob(17, bytes_of(hash));
    query.run();
    for (const auto id : event.ids)
        connection_->prepare("INSERT INTO event_record (id, seq) VALUES (?1, ?2) ON CONFLICT DO NOTHING").bind(1, id.value).bind(2, event.seq).run();
    place_ = {event.seq, hash};
    return event.seq;
}

template <typename Connection> void Ledger<Connection>::seal()
{
    const auto seal = chain_.seal(place_.seq, place_.hash);
    auto text = fmt::format("{}", place_.seq);
    connection_->prepare("INSERT INTO meta (name, value) VALUES ('head', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(1, std::string_view{text})
        .run();
    connection_->prepare("INSERT INTO meta (name, value) VALUES ('head_seal', ?1) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind_blob(1, bytes_of(seal))
        .run();
}

// Unit::redact. The digest is that of what was recorded, also when more is taken from the event later.
template <typename Connection> void redact_event(Connection& connection, std::int64_t seq, std::string_view left)
{
    Hash digest{};
    std::string reason;
    std::int64_t packing = 0;
    {
        auto query = connection.prepare("SELECT e.packing, e.changes, e.salt, e.digest, e.reason FROM event e WHERE e.seq = ?1");
        query.bind(1, seq);
        require(query.step(), "an event that is redacted exists");
        packing = query.integer(0) & reason_in_digest;
        reason = query.text(4);
        const auto changes = packing_of(query.integer(0)) == Packing::zlib ? inflated(query.blob(1)) : std::string{query.blob(1)};
        digest = query.is_null(3) ? Chain::digest(query.blob(2), changes, packing != 0 ? std::string_view{reason} : std::string_view{}) : detail::hash_of(query.blob(3));
    }
    if (packing != 0) reason.clear();
    const bool packs = left.size() >= packed_from_bytes;
    const auto changes = packs ? deflated(left) : std::string{left};
    auto query = connection.prepare("UPDATE event SET salt = NULL, digest = ?2, packing = ?3, changes = ?4, reason = ?5 WHERE seq = ?1");
    query.bind(1, seq).bind_blob(2, bytes_of(digest)).bind(3, packing + static_cast<std::int64_t>(packs ? Packing::zlib : Packing::plain)).bind_blob(4, changes);
    detail::text_or_null(query, 5, reason);
    query.run();
}

template <typename Connection> std::optional<Event> read_event(Connection& connection, std::int64_t seq)
{
    auto query = connection.prepare(fmt::format("{}WHERE e.seq = ?1", detail::event_columns));
    query.bind(1, seq);
    if (!query.step()) return std::nullopt;
    return detail::event_of(query);
}

template <typename Connection> std::vector<Event> read_events_after(Connection& connection, std::int64_t seq, std::int64_t limit)
{
    auto query = connection.prepare(fmt::format("{}WHERE e.seq > ?1 ORDER BY e.seq LIMIT ?2", detail::event_columns));
    query.bind(1, seq).bind(2, limit);
    std::vector<Event> events;
    while (query.step()) events.push_back(detail::event_of(query));
    return events;
}

// Events of any of these records, newest first, seq < before.
template <typename Connection> std::vector<Event> read_history(Connection& connection, std::span<const Id> ids, std::int64_t before, std::int64_t limit)
{
    std::vector<std::int64_t> seqs;
    for (const auto id : ids) detail::add_seqs(connection, id, before, limit, seqs);
    std::ranges::sort(seqs, std::greater{});
    seqs.erase(std::ranges::unique(seqs).begin(), seqs.end());
    if (std::ssize(seqs) > limit) seqs.resize(static_cast<std::size_t>(limit));
    std::vector<Event> events;
    for (const auto seq : seqs)
        if (auto event = read_event(connection, seq)) events.push_back(std::move(*event));
    return events;
}

template <typename Connection> std::int64_t read_head(Connection& connection)
{
    return connection.integer("SELECT max(seq) FROM event");
}

// The hash that is kept with one event, hexadecimal; nullopt without that event.
template <typename Connection> std::optional<std::string> chain_hash_at(Connection& connection, std::int64_t seq)
{
    auto query = connection.prepare("SELECT hash FROM event WHERE seq = ?1");
    query.bind(1, seq);
    if (!query.step()) return std::nullopt;
    return hex(shangdao::bytes_of(query.blob(0)));
}

// Follows the chain from its first event, and tells where it stood last.
template <typename Connection> void follow_chain(Connection& connection, const Chain& chain, ChainReport& report, typename Ledger<Connection>::Place& place)
{
    constexpr std::size_t findings_max = 100;
    constexpr int column_packing = 13, column_salt = 16, column_digest = 17, column_hash = 18;
    std::string sql{detail::event_columns};
    sql.insert(sql.find(" FROM event"), ", e.salt, e.digest, e.hash");
    auto query = connection.prepare(sql + "ORDER BY e.seq");
    const auto found = [&](std::int64_t seq, std::string what) {
        if (!report.first_bad) report.first_bad = seq;
        report.findings.push_back(std::move(what));
    };
    while (query.step() && report.findings.size() < findings_max) {
        ++report.events;
        const auto event = detail::event_of(query);
        if (event.seq != place.seq + 1) found(place.seq + 1, fmt::format("ledger: events {} to {} are missing", place.seq + 1, event.seq - 1));
        const auto reason = (query.integer(column_packing) & reason_in_digest) != 0 ? Chain::Reason::in_digest : Chain::Reason::in_header;
        const auto digest = event.redacted ? detail::hash_of(query.blob(column_digest))
                                           : Chain::digest(query.blob(column_salt), event.changes, reason == Chain::Reason::in_digest ? std::string_view{event.reason} : std::string_view{});
        const auto hash = detail::hash_of(query.blob(column_hash));
        if (chain.link(place.hash, event, digest, reason) != hash) found(event.seq, fmt::format("ledger: event {} is not what was recorded", event.seq));
        place = {event.seq, hash};
    }
    auto head = connection.prepare("SELECT value FROM meta WHERE name = 'head_seal'");
    const bool sealed = head.step();
    if ((sealed || place.seq != 0) && (!sealed || detail::hash_of(head.blob(0)) != chain.seal(place.seq, place.hash)))
        found(place.seq + 1, fmt::format("ledger: it does not end where it was sealed (last event {})", place.seq));
}

// What is wrong with the chain; what cannot be read is a finding too.
template <typename Connection> ChainReport check_chain(Connection& connection, std::string_view key)
{
    ChainReport report;
    typename Ledger<Connection>::Place place;
    try {
        follow_chain(connection, Chain(key), report, place);
    } catch (const Fault& fault) {
        if (!report.first_bad) report.first_bad = place.seq + 1;
        report.findings.push_back(fmt::format("ledger: after {} events: {}", report.events, fault.what()));
    }
    report.seq = place.seq;
    report.hash = hex(shangdao::bytes_of(bytes_of(place.hash)));
    return report;
}

}  // namespace shangdao::store::sql
