// The system reads, so that nothing is left out; the job's owner had the right to ask for it.
#include "engine/persons/exporting.h"

#include <boost/json.hpp>

#include <algorithm>
#include <map>

#include "base/json.h"
#include "engine/answer.h"
#include "engine/export/export_budget.h"
#include "engine/export/export_job.h"
#include "engine/lists.h"
#include "engine/persons/person_records.h"
#include "exchange/csv/csv_writer.h"
#include "exchange/zip_writer.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

constexpr std::int64_t events_at_once = 200;

// Every event of a record, oldest last: who did what with it, and who looked.
std::string history_of(store::Store& store, const Desk& desk, const Object& object, const Record& record)
{
    std::string events;
    HistoryRequest request{.field = {}, .before = 0, .limit = events_at_once};
    for (;;) {
        const auto page = history_answer(*store.read(), desk, object, record, request);
        require(page.has_value(), "the system reads any history");
        const auto said = json::parse(*page);
        for (const auto& event : said.at("data").as_array()) events += (events.empty() ? "" : ",") + json::serialize(event);
        if (said.at("next").is_null()) return events;
        request.before = std::stoll(std::string{said.at("next").as_string()});
    }
}

// A table a kind of record: what is shown of each, under the labels of its fields.
class Table {
public:
    Table(const Object& object, const Desk& desk) : object_(&object), desk_(&desk)
    {
        std::vector<exchange::Column> titles;
        for (std::size_t slot = 0; slot < object.slot_count(); ++slot) {
            if (!object.shows(slot) || object.field(slot).field_class == record::FieldClass::secret) continue;
            slots_.push_back(slot);
            titles.push_back({.title = std::string{object.field(slot).label.in(desk.language)}});
        }
        writer_ = exchange::csv::write_to([text = text_](std::string_view piece) { *text += piece; }, std::move(titles), {.zone = desk.organisation->zone});
    }

    void add(store::View& view, const Record& record)
    {
        Names names(view, *desk_->catalogue);
        for (const auto slot : slots_)
            if (const auto* id = std::get_if<Id>(&record.at(slot)); id != nullptr && slot != record::slot_id) names.want(object_->target(slot), *id);
        names.fetch();
        std::vector<std::string> shown;
        for (const auto slot : slots_) {
            const auto* id = std::get_if<Id>(&record.at(slot));
            if (id == nullptr) shown.push_back(record::is_null(record.at(slot)) ? std::string{} : record::display(object_->field(slot), record.at(slot), desk_->language));
            else shown.push_back(slot == record::slot_id ? to_string(*id) : std::string{names.of(object_->target(slot), *id)});
        }
        writer_->write(std::vector<exchange::WriteCell>(shown.begin(), shown.end()));
    }

    std::string take()
    {
        writer_->finish();
        return std::move(*text_);
    }

private:
    const Object* object_;
    const Desk* desk_;
    std::vector<std::size_t> slots_;
    std::shared_ptr<std::string> text_ = std::make_shared<std::string>();
    std::unique_ptr<exchange::SheetWriter> writer_;
};

class Exporting {
public:
    Exporting(Engine& engine, const Desk& desk, const std::filesystem::path& path) : engine_(engine), desk_(desk), zip_(path) {}

    void take(const Object& object, const Record& record)
    {
        records_ += records_.empty() ? "\n" : ",\n";
        records_ += R"({"object":)";
        append_json_string(records_, object.name());
        records_ += R"(,"record":)" + record_answer(*engine_.store().read(), desk_, object, record) + R"(,"history":[)" + history_of(engine_.store(), desk_, object, record) + "]}";
        auto table = tables_.find(object.plural());
        if (table == tables_.end()) table = tables_.try_emplace(std::string{object.plural()}, object, desk_).first;
        table->second.add(*engine_.store().read(), record);
        take_file(object, record);
        ++count_;
    }

    void finish()
    {
        zip_.add_text("person.json", R"({"exported_at":")" + to_string(desk_.moment.now) + R"(","records":[)" + records_ + "\n]}\n");
        for (auto& [plural, table] : tables_) zip_.add_text(plural + ".csv", table.take());
        zip_.finish();
    }

    std::int64_t count() const { return count_; }
    std::int64_t files() const { return files_; }

private:
    void take_file(const Object& object, const Record& record)
    {
        const auto* behaviour = engine_.records().behaviours().find(object.name());
        const auto hash = behaviour != nullptr && behaviour->files.hash_of ? behaviour->files.hash_of(record) : std::nullopt;
        const auto file = hash ? behaviour->files.find(engine_, *hash) : std::nullopt;
        if (!file) return;
        const auto* name = std::get_if<std::string>(&record.at(object.name_slot()));
        zip_.add_file("files/" + to_string(record.id()) + (name == nullptr ? "" : "-" + *name), *file);
        ++files_;
    }

    Engine& engine_;
    const Desk& desk_;
    exchange::ZipWriter zip_;
    std::string records_;
    std::map<std::string, Table, std::less<>> tables_;
    std::int64_t count_ = 0, files_ = 0;
};

PlannedStep failed(Problems problems) { return {.step = {.state = Step::State::failed, .problems = std::move(problems)}}; }

PlannedStep export_step(Engine& engine, const Desk& asker, const JobRow& row)
{
    const auto all = engine.desk({.kind = Caller::Kind::system, .via = record::Via::bulk, .language = row.language});
    require(all.has_value(), "the system has a desk");
    const auto arguments = json::parse(row.arguments);
    const auto& object = all->catalogue->at(arguments.at("object").as_string());
    const auto id = parse_id(arguments.at("id").as_string()).value_or(Id{});
    const auto path = path_of_export(engine, row.id, "zip");
    Exporting exporting(engine, *all, path);
    const auto persons = records_of_person(*engine.store().read(), *all->catalogue, object, id);
    for (const auto& person : persons)
        if (const auto record = engine.store().read()->find(*person.object, person.id)) exporting.take(*person.object, *record);
    each_belonging(engine.store(), *all->catalogue, persons, [&](const Object& of, const Record& record) { exporting.take(of, record); });
    exporting.finish();
    const auto settled = engine.write_now({.member = row.run_as, .kind = row.run_as ? Caller::Kind::member : Caller::Kind::system, .via = record::Via::bulk}, [&](Work& work) -> Result<std::string> {
        CHECK_OK(settle_allowance(work, engine.records(), row.id, exporting.count()));
        return std::string{};
    });
    if (!settled) {
        std::filesystem::remove(path);
        return failed(settled.error());
    }
    const auto name = std::string{row.language == Language::en ? "person" : "个人信息"} + "-" + to_string(id) + "-" + to_string(asker.moment.today) + ".zip";
    PlannedStep planned{.step = {.done = exporting.count(), .total = exporting.count(), .state = Step::State::finished, .result = {}}};
    planned.step.result = json::serialize(json::object{{"records", exporting.count()}, {"files", exporting.files()}, {"name", name}, {"format", "zip"}});
    planned.write = [persons](Work& work, Step&) -> Result<void> {
        for (const auto& person : persons) append_deed(work, person.object->name(), person.id, "person_exported");
        return {};
    };
    return planned;
}

}  // namespace

Result<Id> begin_person_export(Work& work, const Records& records, const Object& object, Id id)
{
    CHECK_OK(check_person(work, records, object, id, "person_export"));
    CHECK_OK(check_proof(work.desk.proof));
    const auto allowance = export_allowance(work.unit, work.desk);
    if (allowance.left == 0) return budget_spent(work.desk, allowance);
    const auto job = Jobs::enqueue(work, person_export_job_kind, json::serialize(json::object{{"object", object.name()}, {"id", to_string(id)}}));
    keep_from_allowance(work, records, object, 1, job);
    return job;
}

void add_person_export(Jobs& jobs) { jobs.add_kind(std::string{person_export_job_kind}, export_step); }

}  // namespace shangdao::engine
