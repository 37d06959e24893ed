// Files are told apart by what stands in their first row: a register is called anew every month, its headings are not.
#include "engine/import/saved_plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "engine/audiences.h"
#include "engine/expressions.h"

namespace shangdao::engine {

namespace {

constexpr record::FieldDef fields[] = {
    {.name = "name", .type = record::Type::text, .label = {"名称", "Name"}, .need = record::Need::required},
    {.name = "plan",
     .type = record::Type::text,
     .label = {"导入方案文本", "Plan"},
     .need = record::Need::required,
     .text_kind = record::TextKind::long_text,
     .max_length = static_cast<int>(import_plan_bytes_max)},
    {.name = "shared", .type = record::Type::choice, .label = {"共享范围", "Shared with"}, .choices = audiences},
};
constexpr std::string_view columns[] = {"name", "shared", "owner", "updated_at"};

constexpr std::int64_t looked_through_max = 200;
constexpr double offered_from = 0.6;
constexpr std::size_t offered_max = 5;

// Headings that the plan reads of one of its files, each once.
using Headings = std::set<std::string>;

void gather(const ImportObject& object, Headings& headings)
{
    for (const auto& [heading, field] : object.columns) headings.insert(match_key(heading));
    for (const auto& [field, text] : object.set)
        for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1))
            if (const auto close = text.find('}', open); close != std::string::npos)
                headings.insert(match_key(text.substr(open + 1, close - open - 1)));
}

struct Place {
    const DraftFile* file = nullptr;
    const SheetFacts* sheet = nullptr;
};

std::size_t found_in(const Headings& wanted, const SheetFacts& sheet)
{
    Headings there;
    for (const auto& heading : sheet.headings) there.insert(match_key(heading));
    return static_cast<std::size_t>(
        std::ranges::count_if(wanted, [&](const auto& one) { return there.contains(one); }));
}

}  // namespace

const record::ObjectDef import_plan_object{
    .name = "import_plan",
    .plural = "import_plans",
    .label = {"导入方案", "Import plan"},
    .plural_label = {"导入方案", "Import plans"},
    .icon = "file-input",
    .group = "system",
    .fields = fields,
    .list_columns = columns,
    .shared_by = "shared",
};

void add_saved_plans(Behaviours& behaviours)
{
    behaviours.of(import_plan_object.name)
        .rules.push_back(
            [](Work&, const Object& object, const Record* before, Record& next, const Occasion&) -> Result<void> {
                const auto slot = *object.slot("plan");
                const auto* text = std::get_if<std::string>(&next.at(slot));
                if (text == nullptr || (before != nullptr && before->at(slot) == next.at(slot))) return {};
                CHECK_OK(parse_plan(*text));
                return {};
            });
}

Fitted fitted(ImportPlan plan, const std::vector<DraftFile>& files)
{
    std::map<std::pair<std::string, std::string>, Headings> wanted;   // by file and sheet as the plan calls them
    for (const auto& object : plan.objects) gather(object, wanted[{object.file, object.sheet.value_or("")}]);
    std::map<std::pair<std::string, std::string>, Place> places;
    std::set<const SheetFacts*> taken;
    std::size_t all = 0, found = 0;
    // Who has most headings chooses first; of two sheets alike the one of the plan's own name.
    using Wanted = decltype(wanted)::value_type;
    std::vector<const Wanted*> order;
    for (const auto& one : wanted) order.push_back(&one);
    std::ranges::sort(order, {}, [](const Wanted* one) { return std::pair{-std::ssize(one->second), one->first}; });
    for (const auto* one : order) {
        const auto& [name, headings] = *one;
        Place best;
        std::pair<std::size_t, bool> most{0, false};
        for (const auto& file : files)
            for (const auto& sheet : file.facts.sheets) {
                if (taken.contains(&sheet)) continue;
                const std::pair score{found_in(headings, sheet), file.upload.name == name.first};
                if (score <= most || score.first == 0) continue;
                most = score;
                best = {&file, &sheet};
            }
        all += headings.size();
        found += most.first;
        if (best.sheet == nullptr) continue;
        taken.insert(best.sheet);
        places[name] = best;
    }
    for (auto& object : plan.objects) {
        const auto place = places.find({object.file, object.sheet.value_or("")});
        if (place == places.end()) continue;
        const auto& [file, sheet] = place->second;
        object.file = file->upload.name;
        object.sheet = file->facts.sheets.size() > 1 ? std::optional{sheet->name} : std::nullopt;
    }
    return {std::move(plan), all == 0 ? 0 : static_cast<double>(found) / static_cast<double>(all)};
}

std::vector<SavedPlan> plans_for(store::View& view, const Desk& desk, const std::vector<DraftFile>& files)
{
    std::vector<SavedPlan> plans;
    const auto& object = desk.catalogue->at(import_plan_object.name);
    if (!desk.guard->may(Action::read, object)) return plans;
    store::Select select{.from = &object, .limit = looked_through_max};
    select.sight = desk.guard.get();
    select.order = {{field_expression(object, record::slot_id), true}};
    for (const auto& record : view.records(select, desk.moment)) {
        const auto* text = std::get_if<std::string>(&record.at(*object.slot("plan")));
        const auto* name = std::get_if<std::string>(&record.at(object.name_slot()));
        auto plan = text == nullptr ? Result<ImportPlan>{ImportPlan{}} : parse_plan(*text);
        if (!plan || name == nullptr) continue;   // of an earlier version, which knew other words
        auto fit = fitted(std::move(*plan), files);
        if (fit.share >= offered_from) plans.push_back({record.id(), *name, std::move(fit)});
    }
    std::ranges::sort(plans, {}, [](const SavedPlan& one) { return std::pair{-one.fit.share, -one.id.value}; });
    if (plans.size() > offered_max) plans.resize(offered_max);
    return plans;
}

Result<SavedPlan> saved_plan(store::View& view, const Desk& desk, const Records& records, Id id,
                             const std::vector<DraftFile>& files)
{
    const auto& object = desk.catalogue->at(import_plan_object.name);
    TRY(const auto record, records.visible(view, desk, object, id));
    const auto* text = std::get_if<std::string>(&record.at(*object.slot("plan")));
    if (text == nullptr) return refuse("not_found", "plan", {{"id", to_string(id)}});
    TRY(auto plan, parse_plan(*text));
    return SavedPlan{id, std::get<std::string>(record.at(object.name_slot())), fitted(std::move(plan), files)};
}

}  // namespace shangdao::engine
