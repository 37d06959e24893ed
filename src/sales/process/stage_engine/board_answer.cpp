// One grouped Select for the counts and sums, one walk over an order index for each column.
#include "sales/process/stage_engine/board_answer.h"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/json.h"
#include "base/text.h"
#include "engine/answer.h"
#include "engine/expressions.h"
#include "formula/check.h"
#include "sales/process/process/process.h"
#include "sales/process/stage_engine/process_document.h"
#include "sales/process/stage_engine/staged.h"
#include "store/sql/statement.h"

namespace shangdao::process {

namespace {

namespace json = boost::json;

constexpr std::int64_t processes_max = 1'000;
constexpr std::int64_t cards_max = 100;
constexpr std::int64_t groups_max = 10'000;
constexpr std::int64_t unindexed_sort_rows_max = 100'000;   // D19, of one column

struct Tally {
    std::int64_t count = 0, minor = 0;
    __int128 weighted = 0;             // minor units × parts per million
    void add(std::int64_t n, std::int64_t sum, std::int64_t ppm)
    {
        count += n;
        minor += sum;
        weighted += static_cast<__int128>(sum) * ppm;
    }
    void add(const Tally& more)
    {
        count += more.count;
        minor += more.minor;
        weighted += more.weighted;
    }
};

struct StageColumn {
    explicit StageColumn(Stage of) : stage(std::move(of)) {}
    Stage stage;
    Tally tally = {};
};

struct Version {
    Id id{};
    std::int64_t number = 0;
    ProcessDocument document;
};

std::string text_of(const Record& record, record::Field<Process, std::string> field)
{
    const auto* text = record.get(field);
    return text == nullptr ? std::string{} : *text;
}

std::int64_t whole(const record::Value& value)
{
    const auto* number = std::get_if<Number>(&value);
    return number == nullptr ? 0 : number->units;
}

std::int64_t minor(const record::Value& value)
{
    const auto* money = std::get_if<Money>(&value);
    return money == nullptr ? 0 : money->base_minor;
}

class Board {
public:
    Board(store::View& view, const engine::Desk& desk, const Object& object, const BoardRequest& request)
        : view_(view), desk_(desk), object_(object), request_(request), slots_(object)
    {
    }
    Result<std::string> answer();

private:
    Result<void> find_processes();
    Result<void> read_versions();
    Result<void> ask_open();
    Result<void> count();
    StageColumn* column_of(const std::string& stage);
    static std::int64_t ppm(const Version& version, const std::string& stage);
    Result<std::vector<store::Row>> grouped(std::size_t by, const formula::Expression& where) const;
    bool in_order(const store::Select& column) const;
    Result<void> append_column(std::string& out, const StageColumn& column,
                               std::span<const engine::Column> fields) const;
    void append_tally(std::string& out, const Tally& tally) const;
    formula::Scope scope() const
    {
        return {.catalogue = *desk_.catalogue,
                .object = object_,
                .sight = desk_.guard.get(),
                .base = desk_.organisation->base};
    }

    store::View& view_;
    const engine::Desk& desk_;
    const Object& object_;
    const BoardRequest& request_;
    StagedSlots slots_;
    bool sees_amount_ = false;
    std::vector<Record> processes_;
    Id process_{}, active_version_{};
    std::string process_name_;
    std::vector<Version> versions_;    // of the process
    std::size_t active_ = 0;
    std::string filter_;               // of all columns, as text
    store::Select open_;
    std::vector<StageColumn> columns_;
    Tally total_;
};

Result<void> Board::find_processes()
{
    const auto& processes = desk_.catalogue->at("process");
    store::Select select{
        .from = &processes,
        .where = engine::field_is(processes, Process::runs_on.slot, record::ChoiceKey{std::string{object_.name()}})};
    select.limit = processes_max;
    for (auto& one : view_.records(select, desk_.moment))
        if (one.get(Process::active_version) != nullptr) processes_.push_back(std::move(one));
    const auto flag = [](const Record& one, record::Field<Process, bool> field, bool otherwise) {
        const auto* value = one.get(field);
        return value == nullptr ? otherwise : *value;
    };
    // The default first, then those in use; within these the oldest first.
    std::ranges::sort(processes_, {}, [&](const Record& one) {
        const bool in_use = flag(one, Process::active, true);
        return std::tuple(!(in_use && flag(one, Process::is_default, false)), !in_use, one.id().value);
    });
    const auto chosen =
        request_.process ? std::ranges::find(processes_, *request_.process, [](const Record& one) { return one.id(); })
                         : processes_.begin();
    if (chosen == processes_.end())
        return request_.process ? refuse("not_found", "process") : refuse("process_missing", "process");
    process_ = chosen->id();
    process_name_ = text_of(*chosen, Process::name);
    active_version_ = *chosen->get(Process::active_version);
    return {};
}

Result<void> Board::read_versions()
{
    const auto& versions = desk_.catalogue->at("process_version");
    store::Select select{.from = &versions,
                         .where = engine::field_is(versions, ProcessVersion::process.slot, process_)};
    select.limit = processes_max;
    for (const auto& one : view_.records(select, desk_.moment)) {
        const auto* document = one.get(ProcessVersion::document);
        const auto* number = one.get(ProcessVersion::number);
        if (document == nullptr) continue;
        if (one.id() == active_version_) active_ = versions_.size();
        TRY(auto read, process_document_from_json(*document));
        versions_.push_back({one.id(), number == nullptr ? 0 : number->units, std::move(read)});
    }
    if (versions_.empty()) return refuse("process_missing", "process");
    for (const auto& stage : versions_[active_].document.stages)
        if (stage.kind == Stage::Kind::sell) columns_.emplace_back(stage);
    return {};
}

Result<void> Board::ask_open()
{
    // Whoever may not see where records stand has no board.
    for (const auto* name : {"stage", "outcome"}) CHECK_OK(engine::visible_slot(desk_, object_, name));
    sees_amount_ = slots_.amount && desk_.guard->field(object_, *slots_.amount) >= record::FieldLevel::read;
    const auto filter = trimmed(request_.list.filter);
    filter_ = filter.empty() ? "" : fmt::format("({}) and ", filter);
    const auto narrow = [&](std::string_view field, std::size_t slot, record::Value value, std::string_view text) {
        open_.where = engine::both(open_.where, engine::field_is(object_, slot, std::move(value)));
        filter_ += fmt::format("{} = \"{}\"", field, text);
    };
    TRY(open_, engine::list_select(desk_, object_, request_.list));
    narrow("outcome", slots_.outcome, record::ChoiceKey{std::string{outcome_open}}, outcome_open);
    if (processes_.size() == 1) return {};
    filter_ += " and ";
    narrow("process", slots_.process, process_, to_string(process_));
    return {};
}

// A stage of an older version that the active one no longer has gets a column of its own; nullptr: no version knows the stage.
StageColumn* Board::column_of(const std::string& stage)
{
    const auto found = std::ranges::find(columns_, stage, [](const StageColumn& one) { return one.stage.key; });
    if (found != columns_.end()) return &*found;
    for (const auto& version : versions_)
        if (const auto place = version.document.find(stage))
            return &columns_.emplace_back(version.document.stages[*place]);
    return nullptr;
}

std::int64_t Board::ppm(const Version& version, const std::string& stage)
{
    const auto place = version.document.find(stage);
    return place ? version.document.stages[*place].win_share.value_or(Share{}).ppm : 0;
}

// Counts and sums of the open records, by the key given; rows of {key, count, sum}.
Result<std::vector<store::Row>> Board::grouped(std::size_t by, const formula::Expression& where) const
{
    auto select = open_;
    select.where = engine::both(open_.where, where);
    select.order.clear();
    select.group.push_back({"key", engine::field_expression(object_, by)});
    TRY(auto records, formula::check_measure("count()", scope()));
    select.measures.push_back({"count", std::move(records)});
    if (sees_amount_) {
        TRY(auto sum, formula::check_measure("sum(amount)", scope()));
        select.measures.push_back({"sum", std::move(sum)});
    }
    select.limit = groups_max;
    return view_.rows(select, desk_.moment);
}

// The versions mostly agree on the share of a stage; only where they do not is it asked which records run in which. So the usual board is
// answered from the cube.
Result<void> Board::count()
{
    TRY(const auto stages, grouped(slots_.stage, nullptr));
    for (const auto& row : stages) {
        const auto* key = std::get_if<record::ChoiceKey>(&row[0]);
        auto* column = key == nullptr ? nullptr : column_of(key->key);
        if (column == nullptr) continue;
        const auto sum = [&](const store::Row& one) { return sees_amount_ ? minor(one[2]) : 0; };
        std::set<std::int64_t> shares;
        for (const auto& version : versions_)
            if (version.document.find(key->key)) shares.insert(ppm(version, key->key));
        if (!sees_amount_ || shares.size() == 1) {
            column->tally.add(whole(row[1]), sum(row), *shares.begin());
        } else {
            TRY(const auto by_version, grouped(slots_.process_version, engine::field_is(object_, slots_.stage, *key)));
            for (const auto& one : by_version) {
                const auto* id = std::get_if<Id>(&one[0]);
                const auto version = std::ranges::find(versions_, id == nullptr ? Id{} : *id, &Version::id);
                column->tally.add(whole(one[1]), sum(one), version == versions_.end() ? 0 : ppm(*version, key->key));
            }
        }
        total_.add(column->tally);
    }
    return {};
}

void append_label(std::string& out, std::string_view key, const OwnedLabel& label)
{
    out += fmt::format(R"(,"{}":)", key);
    append_json(out, json::object{{"zh", label.zh}, {"en", label.en}});
}

void Board::append_tally(std::string& out, const Tally& tally) const
{
    out += fmt::format(R"("count":{})", tally.count);
    if (!sees_amount_) return;
    const auto base = desk_.organisation->base;
    const auto weighted =
        (tally.weighted + (tally.weighted < 0 ? -500'000 : 500'000)) / 1'000'000;  // half away from zero (D3)
    for (const auto& [key, minor] :
         {std::pair{"amount", tally.minor}, std::pair{"weighted_amount", static_cast<std::int64_t>(weighted)}})
        out += fmt::format(R"(,"{}":{{"amount":"{}","currency":"{}"}})", key, format_decimal(minor, minor_digits(base)),
                           base.text());
}

// Whether an index gives a column's records in their order: the field's own, or one that begins with what a column holds equal.
bool Board::in_order(const store::Select& column) const
{
    if (store::sql::order_is_indexed(column)) return true;
    const auto& first = *column.order.front().by;
    const auto index = fmt::format("outcome,stage,{}", object_.field(first.path.front()).name);
    return std::ranges::find(object_.def().indexes, index) != object_.def().indexes.end();
}

Result<void> Board::append_column(std::string& out, const StageColumn& column,
                                  std::span<const engine::Column> fields) const
{
    const auto& stage = column.stage;
    out += out.back() == '[' ? R"({"key":)" : R"(,{"key":)";
    append_json_string(out, stage.key);
    append_label(out, "label", stage.name);
    append_label(out, "goal", stage.goal);
    out += fmt::format(R"(,"limit":{},"win_share":)", stage.limit ? "\"" + to_string(*stage.limit) + "\"" : "null");
    if (stage.win_share)
        append_json_number(out, static_cast<double>(stage.win_share->ppm) / 1e6);
    else
        out += "null";
    const auto& active = versions_[active_].document;
    const auto place = active.find(stage.key);
    out += place && *place <= active.last_sell() ? R"(,"begins":true,)" : R"(,"begins":false,)";
    append_tally(out, column.tally);
    out += R"(,"open":)";
    append_json_string(out, fmt::format("{} and stage = \"{}\"", filter_, stage.key));

    auto select = open_;
    select.where = engine::both(open_.where, engine::field_is(object_, slots_.stage, record::ChoiceKey{stage.key}));
    if (column.tally.count > unindexed_sort_rows_max && !in_order(select))
        return refuse("sort_not_indexed", "sort",
                      {{"sort", request_.list.sort}, {"limit", std::to_string(unindexed_sort_rows_max)}});
    select.slots = engine::needed_slots(select, fields);
    select.limit = request_.list.limit + 1;  // one more tells whether there are more
    std::vector<Record> records;
    if (column.tally.count > 0) records = view_.records(select, desk_.moment);
    const bool more = records.size() > static_cast<std::size_t>(request_.list.limit);
    if (more) records.pop_back();
    out += R"(,"data":[)";
    engine::append_records(out, view_, desk_, object_, records, fields);
    out += more ? R"(],"more":true})" : R"(],"more":false})";
    return {};
}

Result<std::string> Board::answer()
{
    if (request_.list.limit < 1 || request_.list.limit > cards_max)
        return refuse("invalid_value", "limit", {{"expected", "1…100"}});
    CHECK_OK(find_processes());
    CHECK_OK(ask_open());
    CHECK_OK(read_versions());
    auto fields = engine::all_columns(desk_, object_);
    if (!request_.list.fields.empty()) {
        TRY(fields, engine::asked_columns(desk_, object_, request_.list.fields));
    }
    CHECK_OK(count());

    const auto& active = versions_[active_];
    static constexpr std::string_view backs[] = {"with_reason", "free", "forbid"};
    json::array known;
    for (const auto& one : processes_)
        known.push_back(json::object{{"id", to_string(one.id())}, {"name", text_of(one, Process::name)}});
    std::string out;
    out.reserve(4096 + static_cast<std::size_t>(total_.count > 0 ? request_.list.limit : 0) * columns_.size() * 512);
    append_json(
        out,
        json::object{
            {"process", json::object{{"id", to_string(process_)}, {"name", process_name_}}},
            {"version", active.number},
            {"processes", std::move(known)},
            {"moves", json::object{{"skip", active.document.skip == ProcessDocument::Skip::forbid ? "forbid" : "allow"},
                                   {"back", backs[static_cast<std::size_t>(active.document.back)]}}}});
    out.pop_back();
    out += R"(,"open":)";
    append_json_string(out, filter_);
    out += R"(,"columns":[)";
    for (const auto& column : columns_) CHECK_OK(append_column(out, column, fields));
    out += R"(],"total":{)";
    append_tally(out, total_);
    out += "}}";
    return out;
}

}  // namespace

Result<std::string> board_answer(store::View& view, const engine::Desk& desk, const Object& object,
                                 const BoardRequest& request)
{
    return Board(view, desk, object, request).answer();
}

}  // namespace shangdao::process
