// A choice's key never changes, so it is made to be read: the word in pinyin and lower case, what is no letter or digit a low line.
#include "engine/import/new_choices.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/definitions.h"
#include "engine/import/row_values.h"
#include "engine/import/spelling.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

constexpr std::size_t key_bytes_max = 40;

std::string key_for(const std::string& word, const std::vector<std::string>& taken)
{
    std::string key;
    for (const char c : spelled(word, Spelling::whole)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept)
            key += c;
        else if (c >= 'A' && c <= 'Z')
            key += static_cast<char>(c - 'A' + 'a');
        else if (!key.empty() && key.back() != '_')
            key += '_';
        if (key.size() == key_bytes_max) break;
    }
    while (key.ends_with('_')) key.pop_back();
    if (key.empty()) key = "choice";
    const auto stem = key;
    for (int next = 2; std::ranges::find(taken, key) != taken.end(); ++next) key = stem + "_" + std::to_string(next);
    return key;
}

// What one column of a step adds.
class Gathering {
public:
    Gathering(const Desk& desk, const CompiledStep& step, const ImportColumn& column)
        : desk_(desk), step_(step), column_(column), field_(desk.catalogue->at(step.object).field(column.slot))
    {
    }

    std::size_t words() const { return added_.words.size(); }
    void look_at(std::string_view cell)
    {
        if (!seen_.emplace(cell).second) return;
        const auto text = column_text(step_, column_, cell);
        if (text.empty() ||
            record::from_text(field_, text, {.base = desk_.organisation->base, .zone = &desk_.moment.zone}))
            return;
        if (std::ranges::none_of(added_.words, [&](const auto& known) { return match_key(known) == match_key(text); }))
            added_.words.emplace_back(text);
    }
    NewChoices take()
    {
        added_.object = step_.object;
        added_.field = field_.name;
        return std::move(added_);
    }

private:
    const Desk& desk_;
    const CompiledStep& step_;
    const ImportColumn& column_;
    const record::FieldDef& field_;
    std::set<std::string, std::less<>> seen_;
    NewChoices added_;
};

Result<void> gather(const Desk& desk, const CompiledStep& step, std::size_t place, std::vector<NewChoices>& all)
{
    std::vector<std::pair<const ImportColumn*, Gathering>> columns;
    for (const auto& column : step.columns)
        if (column.as->missing == ImportField::Missing::add)
            columns.emplace_back(&column, Gathering(desk, step, column));
    if (columns.empty()) return {};
    TRY(const auto reader, open_rows(step));
    while (true) {
        TRY(const auto row, reader->next());
        if (!row) break;
        for (auto& [column, gathering] : columns) {
            if (column->cell < row->cells.size()) gathering.look_at(row->cells[column->cell].text);
            if (gathering.words() > new_choices_max)
                return refuse("too_many", "objects[" + std::to_string(place) + "].columns." + column->heading,
                              {{"name", column->heading}, {"limit", std::to_string(new_choices_max)}});
        }
    }
    for (auto& [column, gathering] : columns)
        if (gathering.words() > 0) all.push_back(gathering.take());
    return {};
}

}  // namespace

Result<std::vector<NewChoices>> new_choices(const Desk& desk, const std::vector<CompiledStep>& steps)
{
    std::vector<NewChoices> all;
    for (std::size_t i = 0; i < steps.size(); ++i) CHECK_OK(gather(desk, steps[i], i, all));
    // Two files may bring words of one field.
    std::vector<NewChoices> merged;
    for (auto& one : all) {
        const auto known = std::ranges::find_if(
            merged, [&](const auto& other) { return other.object == one.object && other.field == one.field; });
        if (known == merged.end()) {
            merged.push_back(std::move(one));
            continue;
        }
        for (auto& word : one.words)
            if (std::ranges::none_of(known->words,
                                     [&](const auto& other) { return match_key(other) == match_key(word); }))
                known->words.push_back(std::move(word));
    }
    return merged;
}

Result<void> add_choices(Work& work, Engine& engine, const std::vector<NewChoices>& added)
{
    for (const auto& one : added) {
        const auto& object = work.desk.catalogue->at(one.object);
        const auto& field = object.field(*object.slot(one.field));
        auto definitions = Definitions::read(work.unit);
        const auto* kept = definitions.find(one.object);
        auto overlay = kept == nullptr ? record::ObjectOverlay{} : *kept;
        overlay.object = one.object;
        std::erase_if(overlay.fields, [&](const auto& known) { return known.name != one.field; });
        if (overlay.fields.empty()) overlay.fields.emplace_back().name = one.field;
        std::vector<std::string> taken;
        for (const auto& choice : field.choices) taken.emplace_back(choice.key);
        for (const auto& word : one.words) {
            taken.push_back(key_for(word, taken));
            overlay.fields.front().choices.push_back({.key = taken.back(), .label = {word, word}, .tone = {}});
        }
        CHECK_OK(engine.define(work, overlay));
    }
    return {};
}

}  // namespace shangdao::engine
