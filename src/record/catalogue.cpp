// The catalogue's look-ups. How it is made and checked is in catalogue_builder.cpp.
#include "record/catalogue.h"

#include "base/require.h"

namespace shangdao::record {

std::optional<std::size_t> Object::slot(std::string_view field_name) const
{
    const auto found = slots_.find(field_name);
    if (found == slots_.end()) return std::nullopt;
    return found->second;
}

std::string_view Object::column(std::size_t slot) const
{
    const auto& def = fields_[slot];
    return def.column.empty() ? def.name : def.column;
}

const Reverse* Object::reverse(std::string_view name) const
{
    for (const auto& reverse : reverses_)
        if (reverse.name == name) return &reverse;
    return nullptr;
}

const VerbDef* Object::verb(std::string_view name) const
{
    for (const auto& verb : def_->verbs)
        if (verb.name == name) return &verb;
    return nullptr;
}

const Object* Catalogue::find(std::string_view name) const
{
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : &objects_[found->second];
}

const Object* Catalogue::find_plural(std::string_view plural) const
{
    const auto found = by_plural_.find(plural);
    return found == by_plural_.end() ? nullptr : &objects_[found->second];
}

std::optional<std::pair<const Object*, std::size_t>> Catalogue::field(std::string_view path) const
{
    const auto dot = path.find('.');
    const auto* object = dot == std::string_view::npos ? nullptr : find(path.substr(0, dot));
    const auto slot = object == nullptr ? std::nullopt : object->slot(path.substr(dot + 1));
    if (!slot) return std::nullopt;
    return std::pair{object, *slot};
}

const Object& Catalogue::at(std::string_view name) const
{
    const auto* object = find(name);
    require(object != nullptr, "the catalogue has no object of this name");
    return *object;
}

}  // namespace shangdao::record
