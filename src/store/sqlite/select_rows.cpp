#include "store/sqlite/select_rows.h"

#include "base/require.h"
#include "store/sql/reading.h"

namespace shangdao::store::sqlite {

sql::Statement compiled(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment)
{
    return sql::must(sql::compile(catalogue, select, moment, sql::Dialect::sqlite));
}

sql::Statement compiled_count(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment, std::int64_t at_most)
{
    return sql::must(sql::compile_count(catalogue, select, moment, sql::Dialect::sqlite, at_most));
}

Query prepared(Connection& connection, const sql::Statement& statement)
{
    auto query = connection.prepare(statement.text);
    int index = 0;
    for (const auto& bind : statement.binds) {
        ++index;
        if (const auto* number = std::get_if<std::int64_t>(&bind)) query.bind(index, *number);
        else if (const auto* text = std::get_if<std::string>(&bind)) query.bind(index, std::string_view{*text});
        else if (const auto* truth = std::get_if<bool>(&bind)) query.bind(index, std::int64_t{*truth});
        else if (const auto* key = std::get_if<sql::Bytes>(&bind)) query.bind_blob(index, key->bytes);
        else if (const auto* owners = std::get_if<std::shared_ptr<const record::OwnerSet>>(&bind)) query.bind_owners(index, owners->get());
        else if (const auto* calendar = std::get_if<std::shared_ptr<const WorkCalendar>>(&bind)) query.bind_calendar(index, calendar->get());
        else report_bug("numbers are bound to PostgreSQL alone", std::source_location::current());
    }
    return query;
}

}  // namespace shangdao::store::sqlite
