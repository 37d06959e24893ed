// Values keep their type on the way out: numbers stay numbers in a workbook, text is never a formula.
#include "engine/export/exporter.h"

#include "engine/answer.h"
#include "exchange/formats.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

using exchange::ColumnKind;
using record::Type;

constexpr std::int64_t page_rows = 1'000;

ColumnKind kind_of(Type type, record::FieldLevel level)
{
    if (level == record::FieldLevel::masked) return ColumnKind::text;
    switch (type) {
    case Type::number: return ColumnKind::number;
    case Type::money: return ColumnKind::money;
    case Type::share: return ColumnKind::share;
    case Type::date: return ColumnKind::date;
    case Type::instant: return ColumnKind::instant;
    case Type::boolean: return ColumnKind::boolean;
    default: return ColumnKind::text;
    }
}

// One exported column: the field, and whether its value is shown masked.
struct Out {
    std::size_t slot;
    record::FieldLevel level;
    ColumnKind kind;
};

// The asked columns, or what people read: ids and versions are for programs.
Result<std::vector<Column>> exported_columns(const Desk& desk, const Object& object, const std::vector<std::string>& asked)
{
    if (asked.empty()) {
        auto columns = all_columns(desk, object);
        std::erase_if(columns, [&](const Column& column) {
            return column.slot == record::slot_version || column.slot == record::slot_deleted_at || column.slot == record::slot_deleted_by ||
                   (object.field(column.slot).type == Type::text && object.field(column.slot).written_by == record::WrittenBy::system);
        });
        return columns;
    }
    TRY(auto columns, asked_columns(desk, object, asked));
    const bool with_id = std::ranges::find(asked, "id") != asked.end();
    std::erase_if(columns, [&](const Column& column) { return column.slot == record::slot_version || (column.slot == record::slot_id && !with_id); });
    for (const auto& column : columns)
        if (column.beyond) return refuse("unknown_field", std::string{column.name}, {{"name", std::string{column.name}}, {"object", std::string{object.name()}}});
    return columns;
}

exchange::WriteCell cell_of(const Out& out, const record::FieldDef& field, const record::Value& value, const std::string& shown)
{
    if (record::is_null(value)) return std::monostate{};
    if (out.kind == ColumnKind::text || field.type == Type::reference) return std::string_view{shown};
    if (const auto* number = std::get_if<Number>(&value)) return *number;
    if (const auto* money = std::get_if<Money>(&value)) return *money;
    if (const auto* share = std::get_if<Share>(&value)) return *share;
    if (const auto* date = std::get_if<Date>(&value)) return *date;
    if (const auto* instant = std::get_if<Instant>(&value)) return *instant;
    return std::get<bool>(value);
}

}  // namespace

Result<std::int64_t> export_list(Engine& engine, const Caller& caller, const ExportRequest& request, const std::filesystem::path& path,
                                 const std::function<bool(std::int64_t)>& progress)
{
    TRY(const auto desk, engine.desk(caller));
    const auto* object = desk.catalogue->find_plural(request.plural);
    if (object == nullptr || !object->routed() || !desk.guard->may(Action::read, *object)) return refuse("unknown_object", request.plural, {{"name", request.plural}});
    if (!desk.guard->may(Action::take_out, *object)) return refuse("forbidden", request.plural, {{"action", "export"}});
    auto list = request.list;
    if (list.sort.empty()) list.sort = "id";
    TRY(auto select, list_select(desk, *object, list));
    TRY(const auto columns, exported_columns(desk, *object, list.fields));

    std::vector<Out> outs;
    std::vector<exchange::Column> titles;
    for (const auto& column : columns) {
        const auto& field = object->field(column.slot);
        const auto level = desk.guard->field(*object, column.slot);
        outs.push_back({column.slot, level, kind_of(field.type, level)});
        titles.push_back({std::string{field.label.in(desk.language)}, outs.back().kind});
    }
    TRY(const auto writer, exchange::open_writer(request.format, path, titles, {.sheet_name = std::string{object->plural_label().in(desk.language)}, .zone = desk.organisation->zone}));

    select.limit = page_rows;
    std::int64_t written = 0;
    while (true) {
        const auto view = engine.store().read();
        const auto page = view->records(select, desk.moment);
        Names names(*view, *desk.catalogue);
        for (const auto& out : outs)
            for (const auto& record : page)
                if (const auto* id = std::get_if<Id>(&record.at(out.slot)); id != nullptr && out.slot != record::slot_id) names.want(object->target(out.slot), *id);
        names.fetch();
        for (const auto& record : page) {
            // What may be exported is narrower than what may be read: own records only, say.
            if (!desk.guard->owns_enough(Action::take_out, *object, record) && !desk.guard->check(*view, Action::take_out, *object, record)) continue;
            std::vector<std::string> shown(outs.size());
            std::vector<exchange::WriteCell> cells;
            for (std::size_t i = 0; i < outs.size(); ++i) {
                const auto& field = object->field(outs[i].slot);
                const auto& value = record.at(outs[i].slot);
                if (outs[i].level == record::FieldLevel::masked) shown[i] = record::is_null(value) ? "" : masked(value);
                else if (const auto* id = std::get_if<Id>(&value)) shown[i] = outs[i].slot == record::slot_id ? to_string(*id) : std::string{names.of(object->target(outs[i].slot), *id)};
                else if (record::is_shown_in_part(field)) shown[i] = shown_part(desk, record.id(), field, value).value_or("");
                else shown[i] = record::display(field, value, desk.language);
                cells.push_back(cell_of(outs[i], field, value, shown[i]));
            }
            writer->write(cells);
            ++written;
        }
        if (static_cast<std::int64_t>(page.size()) < page_rows) break;
        select.after.clear();
        for (const auto& order : select.order) select.after.push_back(page.back().at(order.by->path.front()));
        select.after.emplace_back(page.back().id());
        if (progress && !progress(written)) return refuse("cancelled", request.plural);
    }
    writer->finish();
    return written;
}

}  // namespace shangdao::engine
