#include "engine/view_sight.h"

#include <boost/json.hpp>

#include <algorithm>

#include "base/json.h"
#include "engine/engine_objects.h"
#include "formula/check.h"
#include "record/sort_keys.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;
using record::FieldLevel;
using record::Naming;

constexpr std::int64_t views_max = 1'000'000;

// The least level along the path; hidden where there is no such field.
FieldLevel level_of(const Guard& reader, const Object& object, std::string_view path)
{
    const auto dot = path.find('.');
    const auto slot = object.slot(path.substr(0, dot));
    if (!slot) return FieldLevel::hidden;
    const auto level = reader.field(object, *slot);
    if (dot == std::string_view::npos) return level;
    if (object.field(*slot).type != record::Type::reference || object.field(*slot).target.empty())
        return FieldLevel::hidden;
    return std::min(level, level_of(reader, reader.catalogue()->object(object.target(*slot)), path.substr(dot + 1)));
}

bool sort_is_there(const Guard& reader, const Object& object, std::string_view sort)
{
    return std::ranges::all_of(record::sort_keys(sort), [&](const record::SortKey& key) {
        return level_of(reader, object, key.field) >= FieldLevel::read;
    });
}

bool filter_is_there(const Guard& reader, Currency base, const Object& object, std::string_view filter)
{
    if (filter.empty()) return true;
    return formula::check_condition(
               filter, {.catalogue = *reader.catalogue(), .object = object, .sight = &reader, .base = base})
        .has_value();
}

std::string shown_columns(const Guard& reader, const Object& object, std::string_view columns)
{
    std::string shown;
    for (const auto& key : record::sort_keys(columns))
        if (column_is_shown(reader, object, key.field)) shown.append(shown.empty() ? "" : ",").append(key.field);
    return shown;
}

// How a screen draws the list is the screen's own; what it says of a column stands under the column's name.
std::optional<std::string> shown_look(const Guard& reader, const Object& object, std::string_view look)
{
    boost::system::error_code error;
    auto value = json::parse(look, error);
    if (error || !value.is_object()) return std::nullopt;
    json::object shown;
    for (const auto& [name, said] : value.as_object()) {
        if (const auto* word = said.if_string();
            name == "group" &&
            (word == nullptr || level_of(reader, object, std::string_view{*word}) < FieldLevel::read))
            continue;
        const auto* columns = said.if_object();
        if (columns == nullptr) {
            if (!said.is_array()) shown[name] = said;
            continue;
        }
        json::object kept;
        for (const auto& [path, of] : *columns)
            if (column_is_shown(reader, object, path)) kept[path] = of;
        shown[name] = std::move(kept);
    }
    return json::serialize(shown);
}

std::string text_at(const Object& object, const Record& record, std::string_view field)
{
    const auto* text = std::get_if<std::string>(&record.at(*object.slot(field)));
    return text == nullptr ? std::string{} : *text;
}

std::string group_in(std::string_view look)
{
    boost::system::error_code error;
    const auto value = json::parse(look, error);
    const auto* group = !error && value.is_object() ? value.as_object().if_contains("group") : nullptr;
    return group != nullptr && group->is_string() ? std::string{group->as_string()} : std::string{};
}

}  // namespace

bool column_is_shown(const Guard& reader, const Object& object, std::string_view path)
{
    return level_of(reader, object, path) != FieldLevel::hidden;
}

bool view_is_there(const Guard& reader, Currency base, const Object& object, const ViewText& text)
{
    return reader.may(Action::read, object) && filter_is_there(reader, base, object, text.filter) &&
           sort_is_there(reader, object, text.sort) &&
           (text.group.empty() || level_of(reader, object, text.group) >= FieldLevel::read);
}

bool SavedViews::Kept::operator==(const Kept& other) const
{
    return object == other.object && filter == other.filter && sort == other.sort && group == other.group &&
           written_by == other.written_by;
}

void SavedViews::load(store::View& view, const record::Catalogue& catalogue, Currency base)
{
    const auto& object = catalogue.at(saved_view_object.name);
    std::unordered_map<Id, Kept> now;
    for (const auto deleted : {store::Select::Deleted::hide, store::Select::Deleted::only}) {
        const store::Select select{.from = &object, .limit = views_max, .deleted = deleted};
        for (const auto& record : view.records(select, {})) {
            Kept kept{.object = text_at(object, record, "object"),
                      .filter = text_at(object, record, "filter"),
                      .sort = text_at(object, record, "sort"),
                      .group = group_in(text_at(object, record, "settings")),
                      .written_by = {},
                      .there_for = {}};
            if (const auto* by = std::get_if<Id>(&record.at(record::slot_updated_by))) kept.written_by = *by;
            now.emplace(record.id(), std::move(kept));
        }
    }
    const std::scoped_lock lock(mutex_);
    for (auto& [id, kept] : now)
        if (const auto before = views_.find(id); before != views_.end() && before->second == kept)
            kept.there_for = std::move(before->second.there_for);
    views_ = std::move(now);
    base_ = base;
}

std::shared_ptr<const record::OwnerSet> SavedViews::unseen(const Guard& reader, const std::string& roles) const
{
    record::OwnerSet unseen;
    const std::scoped_lock lock(mutex_);
    for (auto& [id, kept] : views_) {
        if (kept.written_by && kept.written_by == reader.member()) continue;
        const auto [known, fresh] = kept.there_for.try_emplace(roles, false);
        if (fresh)
            if (const auto* object = reader.catalogue()->find(kept.object))
                known->second = view_is_there(reader, base_, *object, {kept.filter, kept.sort, kept.group});
        if (!known->second) unseen.insert(id);
    }
    return std::make_shared<const record::OwnerSet>(std::move(unseen));
}

std::optional<std::string> SavedViews::told(const Guard& reader, Id view, Naming naming, std::string_view text) const
{
    const Object* object = nullptr;
    Currency base;
    {
        const std::scoped_lock lock(mutex_);
        const auto kept = views_.find(view);
        if (kept == views_.end()) return std::string{text};   // made in this very unit, by the reader
        object = reader.catalogue()->find(kept->second.object);
        base = base_;
    }
    if (object == nullptr) return std::nullopt;
    switch (naming) {
    case Naming::nothing: return std::string{text};
    case Naming::filter:
        return filter_is_there(reader, base, *object, text) ? std::optional{std::string{text}} : std::nullopt;
    case Naming::sort: return sort_is_there(reader, *object, text) ? std::optional{std::string{text}} : std::nullopt;
    case Naming::columns: return shown_columns(reader, *object, text);
    case Naming::look: return shown_look(reader, *object, text);
    }
    return std::nullopt;
}

void add_saved_views(Behaviours& behaviours)
{
    behaviours.of(saved_view_object.name)
        .rules.push_back(
            [](Work&, const Object& object, const Record* before, Record& next, const Occasion&) -> Result<void> {
                const auto slot = *object.slot("object");
                if (before != nullptr && before->at(slot) != next.at(slot))
                    return refuse("immutable_field", "object", {{"name", "object"}});
                return {};
            });
}

}  // namespace shangdao::engine
