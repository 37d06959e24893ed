// Compiling a plan, reading rows into values, and writing them. What is refused says the row, the heading and the cure.
#include "engine/import/importer.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "engine/import/lookup.h"
#include "exchange/formats.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

using record::FieldDef;
using record::FieldLevel;
using record::Value;

constexpr std::int64_t chunk_rows = 1'000;
constexpr std::size_t shown_problems = 50;

// A column of the plan, found in the file and in the definition.
struct Column {
    std::size_t cell = 0;
    std::size_t slot = 0;
    std::string heading;
    const ImportField* as = nullptr;
};

// A constant or a template: pieces of text and cells in turn.
struct Constant {
    std::size_t slot = 0;
    std::vector<std::pair<std::string, std::optional<std::size_t>>> pieces;   // text, then the cell behind it
};

struct StepPlan {
    const ImportObject* plan = nullptr;
    std::string object;
    std::vector<std::string> headings;
    std::vector<Column> columns;
    std::vector<Constant> constants;
    std::vector<std::size_t> keys;
    exchange::ReadOptions options;
    std::filesystem::path path;
};

Result<std::unique_ptr<exchange::SheetReader>> open_reader(const StepPlan& step)
{
    TRY(const auto source, exchange::SheetSource::file(step.path));
    return exchange::open_sheet(source, step.options);
}

// Compiles one object of the plan; findings are gathered, so a plan's faults are all said at once.
class Compiler {
public:
    Compiler(const Desk& desk, const ImportFiles& files) : desk_(desk), files_(files) {}
    Problems problems;

    StepPlan compile(const ImportObject& plan, const std::string& place)
    {
        StepPlan step{.plan = &plan, .object = plan.object};
        const auto* object = desk_.catalogue->find(plan.object);
        if (object == nullptr || object->def().exposure != record::Exposure::routed || !desk_.guard->may(Action::read, *object)) {
            std::vector<std::string_view> known;
            for (const auto& one : desk_.catalogue->objects())
                if (one.def().exposure == record::Exposure::routed && desk_.guard->may(Action::read, one)) known.push_back(one.name());
            unknown("unknown_object", place + ".object", plan.object, known);
            return step;
        }
        if (!desk_.guard->may(Action::create, *object)) problems.push_back({"forbidden", place + ".object", {{"action", "create"}}});
        if (plan.history && !desk_.guard->general("import_history")) problems.push_back({"forbidden", place + ".history", {{"action", "import_history"}}});
        if (!open_file(plan, place, step)) return step;
        columns(plan, *object, place, step);
        for (const auto& name : plan.key)
            if (const auto slot = field(*object, name, place + ".key")) step.keys.push_back(*slot);
        return step;
    }

private:
    void unknown(std::string code, std::string place, std::string_view word, std::span<const std::string_view> known)
    {
        std::map<std::string, std::string> args{{"name", std::string{word}}};
        if (const auto near = nearest(word, known)) args["nearest"] = *near;
        problems.push_back({std::move(code), std::move(place), std::move(args)});
    }
    void adopt(Problems found, const std::string& place)
    {
        for (auto& problem : found) {
            if (problem.field.empty()) problem.field = place;
            problems.push_back(std::move(problem));
        }
    }

    bool open_file(const ImportObject& plan, const std::string& place, StepPlan& step)
    {
        const auto found = files_.find(plan.file);
        if (found == files_.end()) {
            std::vector<std::string_view> known;
            for (const auto& [name, path] : files_) known.push_back(name);
            unknown("unknown_file", place + ".file", plan.file, known);
            return false;
        }
        step.path = found->second;
        step.options.encoding = plan.encoding;
        step.options.delimiter = plan.delimiter;
        auto source = exchange::SheetSource::file(step.path);
        if (!source) return adopt(source.error(), place + ".file"), false;
        if (plan.sheet) {
            auto sheets = exchange::sheet_list(*source);
            if (!sheets) return adopt(sheets.error(), place + ".file"), false;
            const auto sheet = std::ranges::find(*sheets, *plan.sheet, &exchange::SheetName::name);
            if (sheet == sheets->end()) return problems.push_back({"unknown_sheet", place + ".sheet", {{"name", *plan.sheet}}}), false;
            step.options.sheet = static_cast<std::size_t>(sheet - sheets->begin());
        }
        auto reader = exchange::open_sheet(*source, step.options);
        if (!reader) return adopt(reader.error(), place + ".file"), false;
        auto head = (*reader)->next();
        if (!head) return adopt(head.error(), place + ".file"), false;
        if (!*head) return problems.push_back({"file_empty", place + ".file", {{"name", plan.file}}}), false;
        for (const auto& cell : (*head)->cells) step.headings.emplace_back(trimmed(cell.text));
        return true;
    }

    std::optional<std::size_t> heading(const StepPlan& step, std::string_view name, const std::string& place)
    {
        std::optional<std::size_t> found;
        std::vector<std::string_view> known(step.headings.begin(), step.headings.end());
        for (std::size_t i = 0; i < known.size(); ++i) {
            if (match_key(known[i]) != match_key(name)) continue;
            if (found) {
                problems.push_back({"column_twice", place, {{"name", std::string{name}}}});
                return std::nullopt;
            }
            found = i;
        }
        if (!found) unknown("unknown_column", place, name, known);
        return found;
    }

    // A field the member may write; what verbs write is let through, it goes by its own door.
    std::optional<std::size_t> field(const Object& object, std::string_view name, const std::string& place)
    {
        const auto slot = object.slot(name);
        if (!slot || desk_.guard->field(object, *slot) == FieldLevel::hidden) {
            std::vector<std::string_view> known;
            for (std::size_t i = record::slot_owner; i < object.slot_count(); ++i)
                if (desk_.guard->field(object, i) == FieldLevel::edit) known.push_back(object.field(i).name);
            unknown("unknown_field", place, name, known);
            return std::nullopt;
        }
        if (desk_.guard->field(object, *slot) < FieldLevel::edit || object.field(*slot).written_by == record::WrittenBy::system) {
            problems.push_back({"read_only_field", place, {{"name", std::string{name}}, {"written_by", "system"}}});
            return std::nullopt;
        }
        return slot;
    }

    void columns(const ImportObject& plan, const Object& object, const std::string& place, StepPlan& step)
    {
        std::set<std::size_t> taken;
        for (const auto& [name, as] : plan.columns) {
            const auto at = place + ".columns." + name;
            const auto cell = heading(step, name, at);
            const auto slot = field(object, as.field, at);
            if (!cell || !slot) continue;
            if (!taken.insert(*slot).second) problems.push_back({"twice", at, {{"name", as.field}}});
            step.columns.push_back({*cell, *slot, name, &as});
        }
        for (const auto& [name, text] : plan.set) {
            const auto at = place + ".set." + name;
            const auto slot = field(object, name, at);
            if (!slot) continue;
            if (!taken.insert(*slot).second) problems.push_back({"twice", at, {{"name", name}}});
            step.constants.push_back({*slot, pieces(step, text, at)});
        }
    }

    std::vector<std::pair<std::string, std::optional<std::size_t>>> pieces(const StepPlan& step, std::string_view text, const std::string& place)
    {
        std::vector<std::pair<std::string, std::optional<std::size_t>>> pieces;
        while (!text.empty()) {
            const auto open = text.find('{');
            const auto close = open == std::string_view::npos ? open : text.find('}', open);
            if (close == std::string_view::npos) {
                pieces.emplace_back(std::string{text}, std::nullopt);
                break;
            }
            pieces.emplace_back(std::string{text.substr(0, open)}, heading(step, text.substr(open + 1, close - open - 1), place));
            text.remove_prefix(close + 1);
        }
        return pieces;
    }

    const Desk& desk_;
    const ImportFiles& files_;
};

// One row of values, or its problems by heading.
struct RowValues {
    record::Changes values;
    std::vector<std::pair<std::string, Problem>> problems;
};

}  // namespace

void ImportCounts::add(const ImportCounts& other)
{
    created += other.created;
    updated += other.updated;
    skipped += other.skipped;
    refused += other.refused;
}

struct Importer::State {
    const Engine& engine;
    ImportPlan plan;
    std::vector<StepPlan> steps;
    Lookup lookup;

    Result<Value> value_of(Work& work, const Object& object, const StepPlan& step, std::size_t slot, std::string text, const ImportField* as)
    {
        const auto& field = object.field(slot);
        if (as != nullptr && !as->values.empty())
            if (const auto found = as->values.find(match_key(text)); found != as->values.end()) text = found->second;
        if (trimmed(text).empty()) return Value{record::Null{}};
        const bool may_lack = as != nullptr && as->missing == ImportField::Missing::empty;
        if (field.type == record::Type::reference) {
            const auto& target = work.desk.catalogue->object(object.target(slot));
            const auto answer = lookup.by_text(work, target, std::string{trimmed(text)});
            if (answer.found == Lookup::Found::one) return Value{answer.id};
            if (answer.found == Lookup::Found::none && may_lack) return Value{record::Null{}};
            return refuse(answer.found == Lookup::Found::none ? "reference_not_found" : "reference_ambiguous", std::string{field.name}, {{"value", text}, {"object", std::string{target.name()}}});
        }
        const record::TextReading reading{.base = work.desk.organisation->base,
                                          .day_order = step.plan->day_first ? record::TextReading::DayOrder::day_first : record::TextReading::DayOrder::month_first,
                                          .zone = &work.desk.moment.zone};
        auto value = record::from_text(field, text, reading);
        if (!value && may_lack && value.error().front().code == "unknown_choice") return Value{record::Null{}};
        if (value && as != nullptr && as->times != 1) return multiplied(field, *value, as->times);
        return value;
    }

    static Result<Value> multiplied(const FieldDef& field, Value value, std::int64_t times)
    {
        const auto product = [&](std::int64_t units) -> std::optional<std::int64_t> {
            std::int64_t out = 0;
            return __builtin_mul_overflow(units, times, &out) ? std::nullopt : std::optional{out};
        };
        if (auto* money = std::get_if<Money>(&value)) {
            const auto minor = product(money->minor);
            if (!minor) return refuse("number_overflow", std::string{field.name});
            return Value{Money::of_base(*minor, money->currency)};
        }
        if (auto* number = std::get_if<Number>(&value)) {
            const auto units = product(number->units);
            if (!units) return refuse("number_overflow", std::string{field.name});
            return Value{Number{*units, number->scale}};
        }
        return value;
    }

    RowValues values_of(Work& work, const Object& object, const StepPlan& step, std::span<const exchange::Cell> cells)
    {
        RowValues row;
        const auto cell = [&](std::size_t i) { return i < cells.size() ? std::string{cells[i].text} : std::string{}; };
        const auto take = [&](std::size_t slot, std::string text, const ImportField* as, const std::string& heading) {
            auto value = value_of(work, object, step, slot, std::move(text), as);
            if (!value) {
                for (auto& problem : value.error()) row.problems.emplace_back(heading, std::move(problem));
            } else if (!record::is_null(*value)) {
                row.values.push_back({slot, std::move(*value)});
            }
        };
        for (const auto& column : step.columns) take(column.slot, cell(column.cell), column.as, column.heading);
        for (const auto& constant : step.constants) {
            std::string text;
            for (const auto& [piece, place] : constant.pieces) text += piece + (place ? cell(*place) : std::string{});
            take(constant.slot, std::string{trimmed(text)}, nullptr, std::string{object.field(constant.slot).name});
        }
        return row;
    }

    // Splits off what only verbs write: those values go through their doors after the record is there.
    static record::Changes take_doors(const Object& object, record::Changes& values)
    {
        record::Changes doors;
        std::erase_if(values, [&](const record::Change& change) {
            if (change.slot == record::slot_owner || object.field(change.slot).written_by != record::WrittenBy::verb) return false;
            doors.push_back(change);
            return true;
        });
        return doors;
    }

    Result<void> through_doors(Work& work, const Object& object, Record record, const record::Changes& doors) const
    {
        const auto* behaviour = engine.records().behaviours().find(object.name());
        for (const auto& door : doors) {
            if (record.at(door.slot) == door.value) continue;
            const auto name = object.field(door.slot).name;
            const auto found = behaviour == nullptr ? std::map<std::string, DoorFunction, std::less<>>::const_iterator{} : behaviour->doors.find(name);
            if (behaviour == nullptr || found == behaviour->doors.end()) return refuse("read_only_field", std::string{name}, {{"name", std::string{name}}, {"written_by", "verb"}});
            TRY(record, found->second(work, object, record, door.value));
        }
        return {};
    }

    enum class Verdict { created, updated, skipped };

    Result<Verdict> write(Work& work, const Object& object, const StepPlan& step, record::Changes values)
    {
        const auto& records = engine.records();
        const Occasion created{.verb = "created", .history = step.plan->history ? Occasion::History::history : Occasion::History::live};
        Occasion changed = created;
        changed.verb = "changed";
        Record wanted(object);
        for (const auto& change : values) wanted.set(change.slot, change.value);
        const auto known = step.keys.empty() ? Lookup::Answer{} : lookup.by_key(work, object, step.keys, wanted);
        if (known.found == Lookup::Found::several) return refuse("key_ambiguous", step.plan->key.front(), {{"name", step.plan->key.front()}});

        if (known.found == Lookup::Found::none) {
            const auto doors = step.plan->history ? record::Changes{} : take_doors(object, values);
            TRY(auto record, records.create(work, object, values, created));
            lookup.add(object, record);
            CHECK_OK(through_doors(work, object, record, doors));
            return Verdict::created;
        }
        if (step.plan->on_duplicate == ImportObject::OnDuplicate::skip) return Verdict::skipped;
        TRY(const auto current, records.visible(work.unit, work.desk, object, known.id));
        std::erase_if(values, [&](const record::Change& change) { return current.at(change.slot) == change.value; });
        if (values.empty()) return Verdict::skipped;
        CHECK_OK(work.desk.guard->check(work.unit, Action::edit, object, current));
        if (step.plan->history) {
            CHECK_OK(records.put(work, object, current, values, changed));
            return Verdict::updated;
        }
        const auto doors = take_doors(object, values);
        auto record = current;
        if (const auto owner = std::ranges::find(values, std::size_t{record::slot_owner}, &record::Change::slot); owner != values.end()) {
            TRY(record, records.hand_over(work, object, record, std::get<Id>(owner->value), {}));
            values.erase(owner);
        }
        if (!values.empty()) {
            TRY(record, records.change(work, object, known.id, std::nullopt, values, changed));
        }
        CHECK_OK(through_doors(work, object, record, doors));
        return Verdict::updated;
    }
};

Importer::Importer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Importer::~Importer() = default;

std::size_t Importer::steps() const { return state_->steps.size(); }
const ImportPlan& Importer::plan() const { return state_->plan; }
const std::vector<std::string>& Importer::headings(std::size_t step) const { return state_->steps[step].headings; }
void Importer::forget() { state_->lookup.forget(); }

Result<std::unique_ptr<Importer>> Importer::prepare(const Engine& engine, const Desk& desk, ImportPlan plan, ImportFiles files)
{
    if (!desk.guard->general("import")) return refuse("forbidden", "import", {{"action", "import"}});
    auto state = std::make_unique<State>(State{.engine = engine, .plan = std::move(plan), .steps = {}, .lookup = {}});
    Compiler compiler(desk, files);
    for (std::size_t i = 0; i < state->plan.objects.size(); ++i) state->steps.push_back(compiler.compile(state->plan.objects[i], "objects[" + std::to_string(i) + "]"));
    if (!compiler.problems.empty()) return refuse(std::move(compiler.problems));
    return std::make_unique<Importer>(std::move(state));
}

Result<ImportChunk> Importer::apply(Work& work, std::size_t index, const exchange::SheetPosition* from, std::int64_t rows)
{
    const auto& step = state_->steps[index];
    const auto& object = work.desk.catalogue->at(step.object);
    TRY(const auto reader, open_reader(step));
    if (from != nullptr) {
        CHECK_OK(reader->seek(*from));
    } else {
        TRY(const auto head, reader->next());
        (void)head;
    }
    ImportChunk chunk;
    EventBatch batch;
    Work row_work{work.unit, work.desk, work.cause, &batch};
    for (std::int64_t done = 0; done < rows; ++done) {
        TRY(const auto row, reader->next());
        if (!row) {
            chunk.finished = true;
            break;
        }
        auto values = state_->values_of(row_work, object, step, row->cells);
        if (row->flaw == exchange::RowFlaw::long_row) values.problems.emplace_back("", Problem{"row_too_long", "", {{"limit", std::to_string(step.headings.size())}}});
        Problems problems;
        if (values.problems.empty()) {
            const auto mark = batch.mark();
            State::Verdict verdict{};
            const auto written = work.unit.attempt([&]() -> Result<void> {
                TRY(verdict, state_->write(row_work, object, step, std::move(values.values)));
                return {};
            });
            if (written) {
                (verdict == State::Verdict::created ? chunk.counts.created : verdict == State::Verdict::updated ? chunk.counts.updated : chunk.counts.skipped) += 1;
                continue;
            }
            batch.drop_since(mark);
            for (const auto& problem : written.error()) {
                const auto column = std::ranges::find_if(step.columns, [&](const Column& one) { return object.field(one.slot).name == problem.field; });
                values.problems.emplace_back(column == step.columns.end() ? std::string{} : column->heading, problem);
            }
        }
        ++chunk.counts.refused;
        for (auto& [heading, problem] : values.problems) {
            problems.push_back(problem);
            if (chunk.problems.size() < shown_problems) chunk.problems.push_back({step.plan->file, row->row, heading, problem});
        }
        std::vector<std::string> cells;
        for (const auto& cell : row->cells) cells.emplace_back(cell.text);
        chunk.refused.push_back({row->row, std::move(cells), std::move(problems)});
    }
    chunk.position = reader->position();
    chunk.events = batch.flush(work.unit, work.desk);
    return chunk;
}

Result<ImportResult> run_import(Engine& engine, const Caller& caller, ImportPlan plan, ImportFiles files, ImportMode mode)
{
    TRY(const auto desk, engine.desk(caller));
    TRY(const auto importer, Importer::prepare(engine, desk, std::move(plan), std::move(files)));
    ImportResult result;
    const auto take = [&](std::size_t step, const ImportChunk& chunk) {
        const auto& object = importer->plan().objects[step].object;
        auto known = std::ranges::find(result.objects, object, [](const auto& one) { return one.first; });
        if (known == result.objects.end()) known = result.objects.insert(result.objects.end(), {object, {}});
        known->second.add(chunk.counts);
        result.counts.add(chunk.counts);
        for (const auto& problem : chunk.problems)
            if (result.problems.size() < shown_problems) result.problems.push_back(problem);
    };
    if (mode == ImportMode::dry_run) {
        CHECK_OK(engine.rehearse(caller, [&](Work& work) -> Result<std::string> {
            result = {};
            importer->forget();
            for (std::size_t step = 0; step < importer->steps(); ++step) {
                TRY(const auto chunk, importer->apply(work, step, nullptr, INT64_MAX));
                take(step, chunk);
            }
            return std::string{};
        }));
        return result;
    }
    for (std::size_t step = 0; step < importer->steps(); ++step) {
        std::optional<exchange::SheetPosition> place;
        for (bool finished = false; !finished;) {
            ImportChunk chunk;
            const auto written = engine.write_now(caller, [&](Work& work) -> Result<std::string> {
                TRY(chunk, importer->apply(work, step, place ? &*place : nullptr, chunk_rows));
                return std::string{};
            }, store::Urgency::background);
            if (!written) return refuse(written.error());
            take(step, chunk);
            place = chunk.position;
            finished = chunk.finished;
        }
    }
    return result;
}

std::string import_result_json(const ImportResult& result, ImportMode mode, const std::function<std::string(const Problem&)>& say)
{
    const auto counts = [](const ImportCounts& c) {
        return R"("created":)" + std::to_string(c.created) + R"(,"updated":)" + std::to_string(c.updated) + R"(,"skipped":)" + std::to_string(c.skipped) + R"(,"refused":)" + std::to_string(c.refused);
    };
    std::string out = std::string{R"({"dry_run":)"} + (mode == ImportMode::dry_run ? "true" : "false") + R"(,"counts":{)" + counts(result.counts) + R"(},"objects":[)";
    for (const auto& [object, c] : result.objects) {
        out += out.back() == '[' ? "{" : ",{";
        out += R"("object":)";
        append_json_string(out, object);
        out += "," + counts(c) + "}";
    }
    out += R"(],"problems":[)";
    for (const auto& one : result.problems) {
        out += out.back() == '[' ? "{" : ",{";
        out += R"("file":)";
        append_json_string(out, one.file);
        out += R"(,"row":)" + std::to_string(one.row) + R"(,"column":)";
        append_json_string(out, one.column);
        out += R"(,"field":)";
        append_json_string(out, one.problem.field);
        out += R"(,"code":)";
        append_json_string(out, one.problem.code);
        out += R"(,"say":)";
        append_json_string(out, say(one.problem));
        out += '}';
    }
    return out + R"(],"refused_rows":)" + std::to_string(result.counts.refused) + "}";
}

}  // namespace shangdao::engine
