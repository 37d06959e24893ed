// The compiler of plans. Hidden fields and objects are answered like unknown ones.
#include "engine/import/compiled.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace shangdao::engine {

namespace {

using record::FieldLevel;

// Compiles one object of the plan; findings are gathered, so a plan's faults are all said at once.
class Compiler {
public:
    Compiler(const Desk& desk, const ImportFiles& files) : desk_(desk), files_(files) {}
    Problems problems;

    CompiledStep compile(const ImportObject& plan, const std::string& place)
    {
        CompiledStep step{.plan = &plan, .object = plan.object};
        const auto* object = desk_.catalogue->find(plan.object);
        if (object == nullptr || !object->routed() || !desk_.guard->may(Action::read, *object)) {
            std::vector<std::string_view> known;
            for (const auto& one : desk_.catalogue->objects())
                if (one.routed() && desk_.guard->may(Action::read, one)) known.push_back(one.name());
            unknown("unknown_object", place + ".object", plan.object, known);
            return step;
        }
        if (!desk_.guard->may(Action::create, *object))
            problems.push_back({"forbidden", place + ".object", {{"action", "create"}}});
        if (plan.on_duplicate != ImportObject::OnDuplicate::skip && !desk_.guard->may(Action::edit, *object))
            problems.push_back({"forbidden", place + ".on_duplicate", {{"action", "edit"}}});
        if (plan.history && !desk_.guard->general("import_history"))
            problems.push_back({"forbidden", place + ".history", {{"action", "import_history"}}});
        if (!open_file(plan, place, step)) return step;
        columns(plan, *object, place, step);
        for (const auto& name : plan.key) {
            const auto slot = field(*object, name, place + ".key");
            if (!slot) continue;
            const bool read = std::ranges::count(step.columns, *slot, &ImportColumn::slot) +
                                  std::ranges::count(step.constants, *slot, &ImportConstant::slot) >
                              0;
            if (!read && problems.empty()) problems.push_back({"key_not_read", place + ".key", {{"name", name}}});
            step.keys.push_back(*slot);
        }
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

    bool open_file(const ImportObject& plan, const std::string& place, CompiledStep& step)
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
            if (sheet == sheets->end())
                return problems.push_back({"unknown_sheet", place + ".sheet", {{"name", *plan.sheet}}}), false;
            step.options.sheet = static_cast<std::size_t>(sheet - sheets->begin());
        }
        auto reader = exchange::open_sheet(*source, step.options);
        if (!reader) return adopt(reader.error(), place + ".file"), false;
        // Recognised once, for it takes a look at the whole file.
        if (const auto& facts = (*reader)->facts(); !facts.encoding.empty()) {
            step.options.encoding = facts.encoding;
            step.options.delimiter = facts.delimiter;
        }
        auto head = (*reader)->next();
        if (!head) return adopt(head.error(), place + ".file"), false;
        if (!*head) return problems.push_back({"file_empty", place + ".file", {{"name", plan.file}}}), false;
        for (const auto& cell : (*head)->cells) step.headings.emplace_back(trimmed(cell.text));
        return true;
    }

    std::optional<std::size_t> heading(const CompiledStep& step, std::string_view name, const std::string& place)
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
        if (desk_.guard->field(object, *slot) < FieldLevel::edit ||
            object.field(*slot).written_by == record::WrittenBy::system) {
            problems.push_back({"read_only_field", place, {{"name", std::string{name}}, {"written_by", "system"}}});
            return std::nullopt;
        }
        return slot;
    }

    // Choices that live in other records (stages, roles) are added there.
    void may_add(const record::FieldDef& field, const std::string& place)
    {
        const bool has_choices =
            (field.type == record::Type::choice || field.type == record::Type::choices) && field.choices_from.empty();
        if (!has_choices)
            problems.push_back({"invalid_value", place, {{"expected", "refuse, empty"}, {"value", "add"}}});
        else if (!desk_.guard->general("admin"))
            problems.push_back({"forbidden", place, {{"action", "add"}}});
    }

    void columns(const ImportObject& plan, const Object& object, const std::string& place, CompiledStep& step)
    {
        std::set<std::size_t> taken;
        for (const auto& [name, as] : plan.columns) {
            const auto at = place + ".columns." + name;
            const auto cell = heading(step, name, at);
            const auto slot = field(object, as.field, at);
            if (!cell || !slot) continue;
            if (!taken.insert(*slot).second) problems.push_back({"twice", at, {{"name", as.field}}});
            if (as.missing == ImportField::Missing::add) may_add(object.field(*slot), at + ".missing");
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

    std::vector<std::pair<std::string, std::optional<std::size_t>>> pieces(const CompiledStep& step,
                                                                           std::string_view text,
                                                                           const std::string& place)
    {
        std::vector<std::pair<std::string, std::optional<std::size_t>>> pieces;
        while (!text.empty()) {
            const auto open = text.find('{');
            const auto close = open == std::string_view::npos ? open : text.find('}', open);
            if (close == std::string_view::npos) {
                pieces.emplace_back(std::string{text}, std::nullopt);
                break;
            }
            pieces.emplace_back(std::string{text.substr(0, open)},
                                heading(step, text.substr(open + 1, close - open - 1), place));
            text.remove_prefix(close + 1);
        }
        return pieces;
    }

    const Desk& desk_;
    const ImportFiles& files_;
};

}  // namespace

Result<std::vector<CompiledStep>> compile_plan(const Desk& desk, const ImportPlan& plan, const ImportFiles& files)
{
    if (!desk.guard->general("import")) return refuse("forbidden", "import", {{"action", "import"}});
    Compiler compiler(desk, files);
    std::vector<CompiledStep> steps;
    for (std::size_t i = 0; i < plan.objects.size(); ++i)
        steps.push_back(compiler.compile(plan.objects[i], "objects[" + std::to_string(i) + "]"));
    if (!compiler.problems.empty()) return refuse(std::move(compiler.problems));
    return steps;
}

Result<std::unique_ptr<exchange::SheetReader>> open_rows(const CompiledStep& step)
{
    TRY(const auto source, exchange::SheetSource::file(step.path));
    TRY(auto reader, exchange::open_sheet(source, step.options));
    CHECK_OK(reader->next());
    return reader;
}

}  // namespace shangdao::engine
