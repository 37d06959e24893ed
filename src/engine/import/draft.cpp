// A heading is compared as people write it: without the marks of templates ("（必填）", "*"), white space and width. How sure a
// match is: label 1, synonym or name 0.95, without a trailing "name" 0.8, pinyin 0.7, initials 0.6, nearly alike 0.5; less by
// 0.3 when none of the sampled cells can be read as the field's type.
#include "engine/import/draft.h"

#include <boost/json.hpp>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "engine/import/saved_plan.h"
#include "engine/import/spelling.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;
using record::FieldDef;

constexpr std::size_t shown_cells = 3;

std::string bare(std::string_view heading)
{
    auto key = match_key(heading);
    for (const std::string_view mark : {"(必填)", "(required)", "*", " ", "_", "-", ":"})
        for (auto at = key.find(mark); at != std::string::npos; at = key.find(mark)) key.erase(at, mark.size());
    return key;
}

std::string without_name(const std::string& key)
{
    for (const std::string_view tail : {"名称", "姓名", "name", "名"})
        if (key.size() > tail.size() && key.ends_with(tail)) return key.substr(0, key.size() - tail.size());
    return {};
}

std::vector<std::string> words_of(std::string_view listed)
{
    std::vector<std::string> words;
    while (!listed.empty()) {
        const auto bar = std::min(listed.find('|'), listed.size());
        if (bar > 0) words.push_back(bare(listed.substr(0, bar)));
        listed.remove_prefix(std::min(bar + 1, listed.size()));
    }
    return words;
}

double likeness(const FieldDef& field, const std::string& heading)
{
    const auto zh = bare(field.label.zh), en = bare(field.label.en), name = bare(field.name);
    if (heading == zh || heading == en) return 1;
    if (heading == name || std::ranges::count(words_of(field.synonyms), heading) > 0) return 0.95;
    if (const auto short_one = without_name(heading);
        !short_one.empty() && (short_one == zh || short_one == en || short_one == name))
        return 0.8;
    if (field.type == record::Type::reference && heading.ends_with("id") &&
        heading.substr(0, heading.size() - 2) == name)
        return 0.8;
    if (heading.size() >= 3 && heading == spelled(zh, Spelling::whole)) return 0.7;
    if (heading.size() >= 2 && heading == spelled(zh, Spelling::initials)) return 0.6;
    const std::string_view known[] = {en, name};
    return heading.size() >= 4 && nearest(heading, known) ? 0.5 : 0;
}

// Whether a cell can be what the field holds; references are looked up at import.
bool readable(const Desk& desk, const FieldDef& field, const std::string& cell)
{
    if (field.type == record::Type::reference || trimmed(cell).empty()) return true;
    return record::from_text(field, cell, {.base = desk.organisation->base, .zone = &desk.moment.zone}).has_value();
}

std::vector<std::string> cells_of(const SheetFacts& sheet, std::size_t column)
{
    std::vector<std::string> cells;
    for (const auto& row : sheet.sample)
        if (column < row.size() && !trimmed(row[column]).empty()) cells.push_back(row[column]);
    return cells;
}

struct Match {
    std::size_t slot = 0;
    double confidence = 0;
};

// The best field of each column, each field once: the surest pairs first.
std::vector<Match> matches(const Desk& desk, const Object& object, const SheetFacts& sheet)
{
    struct Pair {
        double confidence;
        std::size_t column, slot;
    };
    std::vector<Pair> pairs;
    for (std::size_t column = 0; column < sheet.headings.size(); ++column) {
        const auto heading = bare(sheet.headings[column]);
        const auto cells = cells_of(sheet, column);
        for (std::size_t slot = record::slot_owner; slot < object.slot_count() && !heading.empty(); ++slot) {
            const auto& field = object.field(slot);
            if (!object.shows(slot) || desk.guard->field(object, slot) < record::FieldLevel::edit ||
                field.written_by == record::WrittenBy::system)
                continue;
            auto confidence = likeness(field, heading);
            if (confidence <= 0) continue;
            if (!cells.empty() &&
                std::ranges::none_of(cells, [&](const auto& cell) { return readable(desk, field, cell); }))
                confidence -= 0.3;
            pairs.push_back({confidence, column, slot});
        }
    }
    std::ranges::sort(pairs, {}, [](const Pair& pair) { return std::tuple{-pair.confidence, pair.column, pair.slot}; });
    std::vector<Match> out(sheet.headings.size());
    std::set<std::size_t> taken;
    for (const auto& pair : pairs)
        if (out[pair.column].confidence <= 0 && taken.insert(pair.slot).second)
            out[pair.column] = {pair.slot, pair.confidence};
    return out;
}

// Words of a choice column that no choice is called by, and the choice nearly called so.
std::map<std::string, std::string> mended(const Desk& desk, const FieldDef& field,
                                          const std::vector<std::string>& cells, const std::vector<std::string>& empty)
{
    std::map<std::string, std::string> values;
    if (field.type != record::Type::choice) return values;
    for (const auto& cell : cells) {
        if (readable(desk, field, cell) || std::ranges::find(empty, match_key(cell)) != empty.end()) continue;
        std::vector<std::string_view> labels;
        for (const auto& choice : field.choices)
            labels.insert(labels.end(), {choice.label.zh, choice.label.en, choice.key});
        if (const auto near = nearest(cell, labels)) values[match_key(cell)] = *near;
    }
    return values;
}

// Words with which forms say that nobody chose, where they stand in several columns.
std::vector<std::string> placeholders(const SheetFacts& sheet)
{
    static constexpr std::string_view known[] = {"select", "please select", "-select-", "--none--",
                                                 "请选择", "n/a",           "#n/a",     "null"};
    std::map<std::string, std::set<std::size_t>> columns;
    for (const auto& row : sheet.sample)
        for (std::size_t i = 0; i < row.size(); ++i)
            if (const auto key = match_key(row[i]); std::ranges::find(known, key) != std::ranges::end(known))
                columns[key].insert(i);
    std::vector<std::string> words;
    for (const auto& [word, where] : columns)
        if (where.size() > 1) words.push_back(word);
    return words;
}

bool called(const Object& object, std::string_view text)
{
    const auto key = bare(text);
    return key == bare(object.name()) || key == bare(object.plural()) || key == bare(object.label().zh) ||
           key == bare(object.label().en) || key == bare(object.plural_label().en);
}

const Object* object_of(const Desk& desk, const DraftFile& file, const SheetFacts& sheet, std::vector<Match>& best)
{
    const Object* found = nullptr;
    double most = 0;
    for (const auto& object : desk.catalogue->objects()) {
        if (!object.routed() || !desk.guard->may(Action::read, object) || !desk.guard->may(Action::create, object))
            continue;
        auto fields = matches(desk, object, sheet);
        double score = 0;
        for (const auto& match : fields) score += match.confidence;
        const bool has_name = std::ranges::any_of(
            fields, [&](const Match& match) { return match.confidence > 0 && match.slot == object.name_slot(); });
        if (has_name) score += 0.5;
        const auto stem = file.upload.name.substr(0, file.upload.name.rfind('.'));
        if (score > 0 && (called(object, stem) || called(object, sheet.name))) score += 3;
        if (score <= most) continue;
        most = score;
        found = &object;
        best = std::move(fields);
    }
    return found;
}

// What is referred to comes first; circles stay in the order they came.
void put_in_order(const Desk& desk, ImportPlan& plan)
{
    const auto refers = [&](const ImportObject& one, const ImportObject& other) {
        const auto& object = desk.catalogue->at(one.object);
        return one.object != other.object && std::ranges::any_of(one.columns, [&](const auto& column) {
                   const auto slot = object.slot(column.second.field);
                   return slot && object.field(*slot).type == record::Type::reference &&
                          desk.catalogue->object(object.target(*slot)).name() == other.object;
               });
    };
    std::vector<ImportObject> ordered;
    while (!plan.objects.empty()) {
        auto next = std::ranges::find_if(plan.objects, [&](const ImportObject& one) {
            return std::ranges::none_of(plan.objects, [&](const ImportObject& other) { return refers(one, other); });
        });
        if (next == plan.objects.end()) next = plan.objects.begin();
        ordered.push_back(std::move(*next));
        plan.objects.erase(next);
    }
    plan.objects = std::move(ordered);
}

}  // namespace

Draft draft_plan(const Desk& desk, const std::vector<DraftFile>& files)
{
    Draft draft;
    for (const auto& file : files)
        for (const auto& sheet : file.facts.sheets) {
            std::vector<Match> fields(sheet.headings.size());
            const auto* object = object_of(desk, file, sheet, fields);
            DraftSheet told{.file = file.upload.id,
                            .name = file.upload.name,
                            .sheet = sheet.name,
                            .object = object == nullptr ? "" : std::string{object->name()},
                            .columns = {}};
            ImportObject planned{.file = file.upload.name, .object = told.object};
            if (file.facts.sheets.size() > 1) planned.sheet = sheet.name;
            planned.empty = placeholders(sheet);
            for (std::size_t i = 0; i < sheet.headings.size(); ++i) {
                const auto cells = cells_of(sheet, i);
                DraftColumn column{.column = sheet.headings[i],
                                   .field = {},
                                   .confidence = fields[i].confidence,
                                   .sample = {cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(
                                                                                 std::min(cells.size(), shown_cells))}};
                const bool twice = std::ranges::count(sheet.headings, sheet.headings[i]) > 1;
                if (object != nullptr && column.confidence > 0 && !twice) {
                    const auto& field = object->field(fields[i].slot);
                    column.field = field.name;
                    planned.columns.emplace_back(
                        column.column,
                        ImportField{.field = column.field, .values = mended(desk, field, cells, planned.empty)});
                    const bool unique = field.uniqueness == record::Uniqueness::unique;
                    if (unique || (fields[i].slot == object->name_slot() && planned.key.empty()))
                        planned.key = {column.field};
                }
                told.columns.push_back(std::move(column));
            }
            if (!planned.columns.empty()) draft.plan.objects.push_back(std::move(planned));
            draft.sheets.push_back(std::move(told));
        }
    draft.plan.name = files.empty() ? "" : files.front().upload.name;
    put_in_order(desk, draft.plan);
    return draft;
}

std::string draft_answer(const Draft& draft, const std::vector<SavedPlan>& plans)
{
    json::array sheets;
    for (const auto& sheet : draft.sheets) {
        json::array columns;
        for (const auto& column : sheet.columns)
            columns.emplace_back(
                json::object{{"column", column.column},
                             {"field", column.field.empty() ? json::value(nullptr) : json::value(column.field)},
                             {"confidence", column.confidence},
                             {"sample", json::array(column.sample.begin(), column.sample.end())}});
        sheets.emplace_back(
            json::object{{"file", to_string(sheet.file)},
                         {"name", sheet.name},
                         {"sheet", sheet.sheet},
                         {"object", sheet.object.empty() ? json::value(nullptr) : json::value(sheet.object)},
                         {"columns", std::move(columns)}});
    }
    json::array saved;
    for (const auto& plan : plans)
        saved.emplace_back(json::object{{"id", to_string(plan.id)}, {"name", plan.name}, {"share", plan.fit.share}});
    return json::serialize(json::object{{"plan", draft.plan.objects.empty() ? std::string{} : print_plan(draft.plan)},
                                        {"files", std::move(sheets)},
                                        {"plans", std::move(saved)}});
}

}  // namespace shangdao::engine
