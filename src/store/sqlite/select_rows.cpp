#include "store/sqlite/select_rows.h"

#include "base/require.h"
#include "store/sqlite/layout.h"

namespace shangdao::store::sqlite {
namespace {

sql::Statement must(Result<sql::Statement> statement)
{
    if (!statement) report_bug("a select that cannot be compiled: " + statement.error().front().code, std::source_location::current());
    return std::move(*statement);
}

}  // namespace

sql::Statement compiled(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment)
{
    return must(sql::compile(catalogue, select, moment, sql::Dialect::sqlite));
}

sql::Statement compiled_count(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment, std::int64_t at_most)
{
    return must(sql::compile_count(catalogue, select, moment, sql::Dialect::sqlite, at_most));
}

Query prepared(Connection& connection, const sql::Statement& statement)
{
    auto query = connection.prepare(statement.text);
    int index = 0;
    for (const auto& bind : statement.binds) {
        ++index;
        if (const auto* number = std::get_if<std::int64_t>(&bind)) query.bind(index, *number);
        else if (const auto* real = std::get_if<double>(&bind)) query.bind(index, *real);
        else if (const auto* text = std::get_if<std::string>(&bind)) query.bind(index, std::string_view{*text});
        else if (const auto* owners = std::get_if<std::shared_ptr<const record::OwnerSet>>(&bind)) query.bind_owners(index, owners->get());
        else if (const auto* calendar = std::get_if<std::shared_ptr<const WorkCalendar>>(&bind)) query.bind_calendar(index, calendar->get());
        else query.bind_null(index);
    }
    return query;
}

Row read_row(const Query& query, const sql::Statement& statement, const formula::Moment& moment)
{
    Row row;
    row.reserve(statement.columns.size());
    int column = 0;
    for (const auto& type : statement.columns) {
        const SlotLayout slot{.first = 0, .columns = {}, .type = type.type, .scale = type.scale};
        if (type.type != record::Type::money) row.push_back(read_slot(query, column, slot));
        else if (query.is_null(column)) row.emplace_back(record::Null{});
        else row.emplace_back(Money::of_base(query.integer(column), moment.base));
        ++column;
    }
    return row;
}

}  // namespace shangdao::store::sqlite
