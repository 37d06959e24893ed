// Lists, single records and queries as JSON text, always through one Sight (D8, D9). The cursor is sealed.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/desk.h"
#include "engine/records.h"

namespace shangdao::engine {

struct ListRequest {
    std::string filter;
    std::string sort;                         // "-amount,name"; the sort always ends in id
    std::vector<std::string> fields;          // empty: every visible field; "harbour.name" follows a reference
    std::string search;                       // q=
    std::string after;                        // sealed cursor
    std::optional<std::int64_t> at;           // the row the page begins with, counted from 0; instead of `after`
    std::int64_t limit = 50;                  // 1…1000
    enum class Count : unsigned char { none, estimate, exact } count = Count::none;
    store::Select::Deleted deleted = store::Select::Deleted::hide;   // only: the bin, needs the right to delete
};

// HMAC key of cursors, from the organisation's secrets.
struct Seal {
    std::string key;
};

class Anchors;   // engine/anchors.h

// {"data":[…],"next":…,"count":…}. Refusals: formula_*, unknown_field, invalid_value (sort, limit, at), cursor_stale, sort_not_indexed.
Result<std::string> list_answer(store::View& view, const Desk& desk, const Seal& seal, Anchors& anchors, const Object& object, const ListRequest& request);
// One record as JSON, the fields this viewer sees. `record` was judged visible.
std::string record_answer(store::View& view, const Desk& desk, const Object& object, const Record& record);
// The Select behind a list request, without place and limit: for export, bulk and counts. `sort` must be visible fields.
Result<store::Select> list_select(const Desk& desk, const Object& object, const ListRequest& request);

// POST /query (D8): {"rows":[…],"as_of":…,"truncated":…}; every group row carries "open", the filter that lists its records.
Result<std::string> query_answer(store::View& view, const Desk& desk, const boost::json::value& query);

// POST /formula/check: {"ok":true,"print":…,"type":…,"tree":…}.
Result<std::string> formula_answer(const Desk& desk, const Object& object, std::string_view formula);

// GET /search: over every searchable visible object; hits re-checked; {"data":[{object,id,name,subtitle}],"more":bool}.
Result<std::string> search_answer(store::View& view, const Desk& desk, std::string_view query, const std::vector<std::string>& objects, std::int64_t limit);

// GET /{plural}/{id}/timeline. Old and new values of fields the viewer does not see are left out; an event of which nothing is left is left out.
Result<std::string> timeline_answer(store::View& view, const Desk& desk, const Object& object, const Record& record, std::int64_t before, std::int64_t limit);

// GET /{plural}/{id}/history: the record's own events, newest first, {"data":[{seq,happened_at,recorded_at,actor,via,verb,reason,
// changes:[{field,old,new}]}],"next"}. With `field` only what became of that field; a hidden one is unknown_field, a masked one has no history.
struct HistoryRequest {
    std::string field;
    std::int64_t before = 0;                  // seq; 0: from the newest
    std::int64_t limit = 50;                  // 1…200
};
Result<std::string> history_answer(store::View& view, const Desk& desk, const Object& object, const Record& record, const HistoryRequest& request);
// GET /{plural}/{id}/compare: the visible fields in which two versions differ; `from` and `to` are seqs of its history, in any order.
// {"from":{seq,…},"to":{seq,…},"fields":[{field,from,to}]}. Refusal: invalid_value.
Result<std::string> compare_answer(store::View& view, const Desk& desk, const Object& object, const Record& record, std::int64_t from, std::int64_t to);

// GET /describe: what this member may see and do, with labels in both languages.
std::string describe_answer(const Desk& desk);

}  // namespace shangdao::engine
