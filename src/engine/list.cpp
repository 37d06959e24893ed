// A page of a list and a single record. The filter is a viewer formula: it sees only what the viewer sees (D7).
#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "engine/anchors.h"
#include "engine/answer.h"
#include "engine/cursor.h"
#include "engine/expressions.h"
#include "engine/lists.h"
#include "formula/check.h"
#include "record/sort_keys.h"
#include "store/sql/statement.h"

namespace shangdao::engine {

namespace {

constexpr std::int64_t estimate_stops_at = 10'000;
constexpr std::int64_t unindexed_sort_rows_max = 100'000;   // D19

Result<std::vector<store::Order>> read_sort(const Desk& desk, const Object& object, std::string_view sort)
{
    std::vector<store::Order> orders;
    for (const auto& [name, descending] : record::sort_keys(sort)) {
        TRY(const auto slot, visible_slot(desk, object, name));
        // A masked value has no order (docs/laws.md, 24), nor has what is shown in part.
        if (desk.guard->field(object, slot) == record::FieldLevel::masked || record::is_shown_in_part(object.field(slot))) return refuse("masked_field", std::string{name}, {{"name", std::string{name}}});
        orders.push_back({field_expression(object, slot), descending});
        if (orders.size() > 4) return refuse("too_many", "sort", {{"limit", "4"}});
    }
    return orders;
}

}  // namespace

// The index answers unless it holds tokens of a field this viewer may not read; then the visible texts are asked one by one.
Result<void> add_search(const Desk& desk, const Object& object, std::string_view text, store::Select& select)
{
    std::vector<formula::Expression> visible;
    bool hides = false;
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        if (object.field(slot).searched != record::Searched::yes) continue;
        if (desk.guard->field(object, slot) < record::FieldLevel::read) {
            hides = true;
            continue;
        }
        formula::Node node;
        node.op = formula::Op::contains;
        node.args = {field_expression(object, slot), literal_expression(object.field(slot), std::string{trimmed(text)})};
        visible.push_back(std::make_shared<const formula::Node>(std::move(node)));
    }
    if (visible.empty()) return refuse("not_searchable", "q", {{"object", std::string{object.name()}}});
    if (hides) {
        select.where = both(select.where, either(std::move(visible)));
        return {};
    }
    select.search = search_query(text);
    if (select.search.empty()) return refuse("invalid_value", "q", {{"expected", "text"}});
    return {};
}

Result<store::Select> list_select(const Desk& desk, const Object& object, const ListRequest& request)
{
    if (!desk.guard->may(Action::read, object)) return refuse("forbidden", std::string{object.name()}, {{"action", "read"}});
    store::Select select{.from = &object};
    select.sight = desk.guard.get();
    if (!trimmed(request.filter).empty()) {
        TRY(select.where, formula::check_condition(request.filter, {.catalogue = *desk.catalogue, .object = object, .sight = desk.guard.get(), .base = desk.organisation->base}));
    }
    if (!trimmed(request.search).empty()) CHECK_OK(add_search(desk, object, request.search, select));
    // Ids rise with time, and every object is in their order.
    const auto newest = object.field(record::slot_created_at).ordered == record::Ordered::indexed ? std::string_view{"-created_at"} : std::string_view{"-id"};
    TRY(select.order, read_sort(desk, object, request.sort.empty() ? newest : std::string_view{request.sort}));
    if (request.deleted == store::Select::Deleted::only) {
        if (!desk.guard->may(Action::remove, object)) return refuse("forbidden", std::string{object.name()}, {{"action", "delete"}});
        select.deleted = store::Select::Deleted::only;
    }
    return select;
}

Result<std::string> list_answer(store::View& view, const Desk& desk, const Seal& seal, Anchors& anchors, const Object& object, const ListRequest& request)
{
    if (request.limit < 1 || request.limit > 1'000) return refuse("invalid_value", "limit", {{"expected", "1…1000"}});
    if (request.at && (*request.at < 0 || !request.after.empty())) return refuse("invalid_value", "at", {{"expected", request.after.empty() ? "0…" : "at or after"}});
    TRY(auto select, list_select(desk, object, request));
    const auto context = cursor_context(desk, object, request);
    if (!request.after.empty()) {
        TRY(select.after, open_cursor(seal, context, request.after));
        if (select.after.size() != select.order.size() + 1) return refuse("cursor_stale", "after");
    }
    std::vector<Column> columns = all_columns(desk, object);
    if (!request.fields.empty()) {
        TRY(columns, asked_columns(desk, object, request.fields));
    }
    if (!store::sql::order_is_indexed(select)) {
        auto whole = select;
        whole.after.clear();
        if (view.count(whole, desk.moment, unindexed_sort_rows_max + 1) > unindexed_sort_rows_max)
            return refuse("sort_not_indexed", "sort", {{"sort", request.sort}, {"limit", std::to_string(unindexed_sort_rows_max)}});
    }

    if (request.at) anchors.place(view, desk, context, select, *request.at);
    select.slots = needed_slots(select, columns);
    select.limit = request.limit + 1;   // one more tells whether a next page exists
    auto records = view.records(select, desk.moment);
    const bool more = records.size() > static_cast<std::size_t>(request.limit);
    if (more) records.pop_back();

    std::string out;
    out.reserve(256 + records.size() * 512);
    out += R"({"data":[)";
    append_records(out, view, desk, object, records, columns);
    out += R"(],"next":)";
    if (more) {
        std::vector<record::Value> place;
        for (const auto& order : select.order) place.push_back(records.back().at(order.by->path.front()));
        place.emplace_back(records.back().id());
        append_json_string(out, seal_cursor(seal, context, place));
    } else {
        out += "null";
    }
    if (request.at) out += R"(,"at":)" + std::to_string(*request.at);
    if (request.count != ListRequest::Count::none) {
        select.after.clear();
        select.skip = 0;
        const bool exact = request.count == ListRequest::Count::exact;
        const auto count = view.count(select, desk.moment, exact ? INT64_MAX : estimate_stops_at);
        out += R"(,"count":)" + std::to_string(count);
        if (!exact && count >= estimate_stops_at) out += R"(,"at_least":true)";
    }
    out += '}';
    return out;
}

std::string record_answer(store::View& view, const Desk& desk, const Object& object, const Record& record)
{
    std::string out;
    append_records(out, view, desk, object, std::span{&record, 1}, all_columns(desk, object));
    return out;
}

}  // namespace shangdao::engine
