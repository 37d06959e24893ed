// Writing rows: created, updated, skipped or refused. What is refused says the row, the heading and the cure.
#include "engine/import/importer.h"

#include <algorithm>
#include <set>

#include "engine/import/rows_ahead.h"
#include "engine/rehearsal.h"

namespace shangdao::engine {

namespace {

constexpr std::int64_t rows_worth_new_indexes = 20'000;    // fewer are written before their indexes would be made

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
    std::vector<CompiledStep> steps;
    Lookup lookup;
    std::optional<Rehearsal> rehearsal;
    std::set<std::string, std::less<>> referred;     // objects that rows of the plan refer to
    std::unique_ptr<RowsAhead> rows;                 // behind where the last chunk ended
    std::size_t reading = 0;                         // their step

    // Splits off what only verbs write: those values go through their doors after the record is there.
    static record::Changes take_doors(const Object& object, record::Changes& values)
    {
        record::Changes doors;
        std::erase_if(values, [&](const record::Change& change) {
            if (change.slot == record::slot_owner || object.field(change.slot).written_by != record::WrittenBy::verb)
                return false;
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
            const auto found = behaviour == nullptr ? std::map<std::string, DoorFunction, std::less<>>::const_iterator{}
                                                    : behaviour->doors.find(name);
            if (behaviour == nullptr || found == behaviour->doors.end())
                return refuse("read_only_field", std::string{name},
                              {{"name", std::string{name}}, {"written_by", "verb"}});
            TRY(record, found->second(work, object, record, door.value));
        }
        return {};
    }

    enum class Verdict { created, updated, skipped };

    // What the row's keys find; asked outside the attempt, for it reads only.
    Lookup::Answer known_record(Work& work, const Object& object, const CompiledStep& step,
                                const record::Changes& values)
    {
        if (step.keys.empty()) return {};
        Record wanted(object);
        for (const auto& change : values) wanted.set(change.slot, change.value);
        return lookup.by_key(work, object, step.keys, wanted);
    }

    struct Written {
        Verdict verdict = Verdict::skipped;
        std::optional<Record> created;
    };

    Result<Written> write(Work& work, const Object& object, const CompiledStep& step, const Lookup::Answer& known,
                          record::Changes values)
    {
        const auto& records = engine.records();
        const Occasion created{.verb = "created",
                               .history = step.plan->history ? Occasion::History::history : Occasion::History::live};
        Occasion changed = created;
        changed.verb = "changed";
        if (known.found == Lookup::Found::several)
            return refuse("key_ambiguous", step.plan->key.front(), {{"name", step.plan->key.front()}});
        if (known.found == Lookup::Found::none) {
            const auto doors = step.plan->history ? record::Changes{} : take_doors(object, values);
            TRY(auto record, records.create(work, object, values, created));
            CHECK_OK(through_doors(work, object, record, doors));
            return Written{Verdict::created, std::move(record)};
        }
        if (step.plan->on_duplicate == ImportObject::OnDuplicate::skip) return Written{Verdict::skipped, {}};
        TRY(const auto current, records.visible(work.unit, work.desk, object, known.id));
        const bool fill = step.plan->on_duplicate == ImportObject::OnDuplicate::merge;
        std::erase_if(values, [&](const record::Change& change) {
            const auto& held = current.at(change.slot);
            return fill ? !record::is_null(held) : held == change.value;
        });
        if (values.empty()) return Written{Verdict::skipped, {}};
        CHECK_OK(work.desk.guard->check(work.unit, Action::edit, object, current));
        const bool gives_away = std::ranges::find(values, std::size_t{record::slot_owner}, &record::Change::slot) != values.end();
        if (gives_away && !work.desk.guard->owns_enough(Action::edit, object, current))
            return refuse("forbidden", "owner", {{"id", to_string(current.id())}});
        if (step.plan->history) {
            CHECK_OK(records.put(work, object, current, values, changed));
            return Written{Verdict::updated, {}};
        }
        const auto doors = take_doors(object, values);
        auto record = current;
        if (const auto owner = std::ranges::find(values, std::size_t{record::slot_owner}, &record::Change::slot);
            owner != values.end()) {
            TRY(record, records.hand_over(work, object, record, std::get<Id>(owner->value), {}));
            values.erase(owner);
        }
        if (!values.empty()) {
            TRY(record, records.change(work, object, known.id, std::nullopt, values, changed));
        }
        CHECK_OK(through_doors(work, object, record, doors));
        return Written{Verdict::updated, {}};
    }
    // A record that now is: later rows find it by name, and in a dry run by the keys of every step.
    void remember(Work& work, const Object& object, const Record& record)
    {
        if (!rehearsal) return lookup.add(object, record);
        if (referred.contains(object.name()))
            lookup.add_name(work, object, record);
        else
            lookup.add(object, record);
        for (const auto& step : steps)
            if (step.object == object.name()) lookup.add_keys(object, record, step.keys);
    }

    Result<void> stand_at(const Desk& desk, std::size_t index, const exchange::SheetPosition* from)
    {
        if (rows && from != nullptr && reading == index && rows->position() == *from && rows->reads_as(desk)) return {};
        rows.reset();
        TRY(auto reader, open_rows(steps[index]));
        if (from != nullptr) CHECK_OK(reader->seek(*from));
        rows = std::make_unique<RowsAhead>(std::move(reader), steps[index], desk);
        reading = index;
        return {};
    }

    // Applies one row; gives its verdict or its problems by heading.
    using Flaws = std::vector<std::pair<std::string, Problem>>;
    std::expected<Verdict, Flaws> apply_row(Work& work, const Object& object, const CompiledStep& step,
                                            RowsAhead::Row& row)
    {
        auto values = row_values(work, lookup, object, row.values);
        if (row.flaw == exchange::RowFlaw::long_row)
            values.problems.emplace_back(
                "", Problem{"row_too_long", "", {{"limit", std::to_string(step.headings.size())}}});
        if (!values.problems.empty()) return std::unexpected(std::move(values.problems));
        const auto known = known_record(work, object, step, values.values);
        const auto mark = work.batch->mark();
        Written written;
        const auto done = work.unit.attempt([&]() -> Result<void> {
            TRY(written, write(work, object, step, known, std::move(values.values)));
            return {};
        });
        if (done) {
            if (written.created) remember(work, object, *written.created);
            return written.verdict;
        }
        work.batch->drop_since(mark);
        Flaws flaws;
        for (auto problem : done.error()) {
            problem.args.erase("id");   // of a record that this member may not see
            const auto column = std::ranges::find_if(
                step.columns, [&](const ImportColumn& one) { return object.field(one.slot).name == problem.field; });
            flaws.emplace_back(column == step.columns.end() ? std::string{} : column->heading, problem);
        }
        return std::unexpected(std::move(flaws));
    }
};

Importer::Importer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Importer::~Importer() = default;

std::size_t Importer::steps() const
{
    return state_->steps.size();
}
const ImportPlan& Importer::plan() const
{
    return state_->plan;
}
const std::vector<std::string>& Importer::headings(std::size_t step) const
{
    return state_->steps[step].headings;
}

void Importer::forget()
{
    state_->lookup.forget();
    state_->rows.reset();
}

Result<std::unique_ptr<Importer>> Importer::prepare(const Engine& engine, const Desk& desk, ImportPlan plan,
                                                    const ImportFiles& files, ImportMode mode)
{
    auto state = std::make_unique<State>(State{.engine = engine,
                                               .plan = std::move(plan),
                                               .steps = {},
                                               .lookup = {},
                                               .rehearsal = {},
                                               .referred = {},
                                               .rows = {}});
    TRY(state->steps, compile_plan(desk, state->plan, files));
    for (auto& step : state->steps) step.has_stand_ins = mode == ImportMode::dry_run;
    for (const auto& step : state->steps) {
        const auto& object = desk.catalogue->at(step.object);
        const auto refer = [&](std::size_t slot) {
            if (object.field(slot).type == record::Type::reference)
                state->referred.emplace(desk.catalogue->object(object.target(slot)).name());
        };
        for (const auto& column : step.columns) refer(column.slot);
        for (const auto& constant : step.constants) refer(constant.slot);
    }
    if (mode == ImportMode::dry_run) {
        // Whatever a later row may refer to or change again.
        auto needed = state->referred;
        for (const auto& step : state->steps)
            if (step.plan->on_duplicate != ImportObject::OnDuplicate::skip) needed.insert(step.object);
        state->rehearsal.emplace().remember(std::move(needed));
    }
    return std::make_unique<Importer>(std::move(state));
}

Result<std::vector<NewChoices>> Importer::choices(const Desk& desk) const
{
    return new_choices(desk, state_->steps);
}

std::vector<std::string> Importer::filled(store::View& view, const Desk& desk, std::int64_t rows) const
{
    if (rows < rows_worth_new_indexes) return {};
    std::set<std::string> found, asked;
    for (const auto& step : state_->steps) {
        const auto& object = desk.catalogue->at(step.object);
        const auto unique = [&](std::size_t slot) { return object.field(slot).uniqueness == record::Uniqueness::unique || slot == object.name_slot(); };
        if (step.keys.size() > 1 || !std::ranges::all_of(step.keys, unique)) asked.insert(step.object);
        else if (view.count({.from = &object}, desk.moment) / 2 <= rows) found.insert(step.object);
    }
    for (const auto& object : asked) found.erase(object);
    return {found.begin(), found.end()};
}

Result<std::int64_t> Importer::count_rows()
{
    std::map<std::pair<std::filesystem::path, std::size_t>, std::int64_t> counted;
    std::int64_t total = 0;
    for (const auto& step : state_->steps) {
        const auto [known, fresh] = counted.emplace(std::pair{step.path, step.options.sheet}, 0);
        if (fresh) {
            const auto named = [&](Problems problems) {
                for (auto& problem : problems) {
                    if (problem.field.empty()) problem.field = step.plan->file;
                    problem.args.emplace("file", step.plan->file);
                }
                return std::unexpected(std::move(problems));
            };
            auto reader = open_rows(step);
            if (!reader) return named(reader.error());
            while (true) {
                const auto row = (*reader)->next();
                if (!row) return named(row.error());
                if (!*row) break;
                ++known->second;
            }
            if (known->second == 0) return refuse("file_without_rows", step.plan->file, {{"file", step.plan->file}});
        }
        total += known->second;
    }
    return total;
}

Result<void> Importer::read_ahead(const Desk& desk, std::size_t step, const exchange::SheetPosition* from, std::int64_t rows)
{
    CHECK_OK(state_->stand_at(desk, step, from));
    state_->rows->wait_for(rows);
    return {};
}

Result<ImportChunk> Importer::apply(Work& work, std::size_t index, const exchange::SheetPosition* from,
                                    std::int64_t rows)
{
    auto& state = *state_;
    const auto& step = state.steps[index];
    const auto& object = work.desk.catalogue->at(step.object);
    CHECK_OK(state.stand_at(work.desk, index, from));
    state.lookup.begin(work.unit.head());
    std::optional<Rehearsal::Chunk> rehearsed;
    if (state.rehearsal) rehearsed.emplace(work.unit, *state.rehearsal);
    store::Unit& unit = rehearsed ? static_cast<store::Unit&>(*rehearsed) : work.unit;
    ImportChunk chunk;
    EventBatch batch(rehearsed ? EventBatch::Keeps::nothing : EventBatch::Keeps::all);
    FoundRecords found;
    Work row_work{unit, work.desk, work.cause, &batch, &found, work.redefines};
    chunk.events.first = unit.head() + 1;
    for (std::int64_t done = 0; done < rows; ++done) {
        TRY(auto* const row, state.rows->next());
        if (row == nullptr) {
            chunk.finished = true;
            break;
        }
        auto verdict = state.apply_row(row_work, object, step, *row);
        if (verdict) {
            (*verdict == State::Verdict::created   ? chunk.counts.created
             : *verdict == State::Verdict::updated ? chunk.counts.updated
                                                   : chunk.counts.skipped) += 1;
            continue;
        }
        ++chunk.counts.refused;
        chunk.refused.push_back({.step = index, .row = row->number, .cells = std::move(row->cells), .problems = std::move(verdict).error()});
    }
    chunk.position = state.rows->position();
    batch.flush(unit, work.desk);
    chunk.events.last = unit.head();
    if (!state.referred.contains(step.object)) state.lookup.end(chunk.events.last);
    return chunk;
}

}  // namespace shangdao::engine
