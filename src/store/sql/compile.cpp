// Select to one statement: rows, projections, groups; keyset places; counts.
#include <fmt/format.h>

#include "base/require.h"
#include "store/sql/expression_sql.h"

namespace shangdao::store::sql {

namespace {

using formula::Expression;
using formula::Op;

class Compiler {
public:
    Compiler(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment)
        : select_(select), printer_(catalogue, moment, select.sight, statement_.binds)
    {
        printer_.walk_past(select.broad);
    }

    Statement records()
    {
        std::string columns;
        for (std::size_t slot = 0; slot < select_.from->slot_count(); ++slot)
            for (const auto& column : columns_of(*select_.from, slot)) columns += fmt::format("{}t.\"{}\"", columns.empty() ? "" : ",", column.name);
        page(columns);
        return std::move(statement_);
    }

    Statement projection()
    {
        std::string columns;
        for (const auto& output : select_.outputs) {
            columns += (columns.empty() ? "" : ",") + printer_.value(output.value, "t");
            statement_.columns.push_back(output.value->type);
        }
        page(columns);
        return std::move(statement_);
    }

    Statement groups()
    {
        std::string columns, keys;
        std::size_t place = 0;
        for (const auto* part : {&select_.group, &select_.measures})
            for (const auto& output : *part) {
                columns += fmt::format("{}{} AS c{}", columns.empty() ? "" : ",", printer_.value(output.value, "t"), place);
                if (part == &select_.group) keys += fmt::format("{}c{}", keys.empty() ? "" : ",", place);
                statement_.columns.push_back(output.value->type);
                ++place;
            }
        statement_.text = fmt::format("SELECT {} FROM \"{}\" t WHERE {}", columns, table_of(*select_.from), where());
        if (!keys.empty()) statement_.text += " GROUP BY " + keys;
        if (select_.having) statement_.text += " HAVING " + printer_.condition(select_.having, "t");
        std::string order;
        for (const auto& [position, descending] : select_.group_order) order += fmt::format("{}c{}{} NULLS LAST", order.empty() ? "" : ",", position, descending ? " DESC" : "");
        for (std::size_t i = 0; i < select_.group.size(); ++i) order += fmt::format("{}c{} NULLS LAST", order.empty() ? "" : ",", i);
        if (!order.empty()) statement_.text += " ORDER BY " + order;
        statement_.text += " LIMIT " + printer_.bind(select_.limit);
        return std::move(statement_);
    }

    // The text index leads, newest first, and the limit stops it: broad words cost no more than rare ones.
    Statement search()
    {
        const auto words = printer_.bind(match_text());
        const auto seen = printer_.visible_rows(*select_.from, "t", select_.deleted);
        statement_.text = fmt::format("SELECT t.id FROM search_fts CROSS JOIN \"{}\" t ON t.id = search_fts.rowid WHERE search_fts MATCH {} AND {} "
                                      "ORDER BY search_fts.rowid DESC LIMIT {}",
                                      table_of(*select_.from), words, seen, printer_.bind(select_.limit));
        return std::move(statement_);
    }

    Statement count(std::int64_t at_most)
    {
        const auto rows = where();
        if (at_most == INT64_MAX) statement_.text = fmt::format("SELECT count(*) FROM \"{}\" t WHERE {}", table_of(*select_.from), rows);
        else statement_.text = fmt::format("SELECT count(*) FROM (SELECT 1 FROM \"{}\" t WHERE {} LIMIT {})", table_of(*select_.from), rows, printer_.bind(at_most));
        return std::move(statement_);
    }

private:
    std::string where()
    {
        auto text = printer_.visible_rows(*select_.from, "t", select_.deleted);
        if (select_.where) text += " AND " + printer_.condition(select_.where, "t");
        if (!select_.search.empty()) text += fmt::format(" AND t.id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH {})", printer_.bind(match_text()));
        return text;
    }

    // "张三" AND "zs"* – every token quoted, so nothing of it is FTS5 syntax.
    std::string match_text() const
    {
        std::string text;
        for (const auto& token : select_.search) {
            const bool prefix = token.ends_with('*');
            std::string word = prefix ? token.substr(0, token.size() - 1) : token;
            std::erase(word, '"');
            text += fmt::format("{}\"{}\"{}", text.empty() ? "" : " AND ", word, prefix ? "*" : "");
        }
        return text;
    }

    std::string direction(bool descending) const { return descending ? " DESC" : " ASC NULLS LAST"; }

    std::string order_by()
    {
        std::string text;
        bool descending = false, by_id = false;
        for (const auto& order : select_.order) {
            descending = order.descending;
            by_id = by_id || (order.by->op == Op::field && order.by->path.size() == 1 && order.by->path.front() == record::slot_id);
            text += (text.empty() ? "" : ", ") + printer_.sort_value(order.by, "t") + direction(order.descending);
        }
        if (!by_id) text += fmt::format("{}t.id{}", text.empty() ? "" : ", ", descending ? " DESC" : "");
        return text;
    }

    bool id_descends() const { return !select_.order.empty() && select_.order.back().descending; }

    // Rows strictly behind the place `after`; nulls come last in either direction.
    std::string behind()
    {
        const auto id_test = fmt::format("t.id {} {}", id_descends() ? "<" : ">", printer_.bind_value(select_.after.back()));
        std::string text = id_test;
        for (std::size_t i = select_.order.size(); i-- > 0;) {
            const auto& order = select_.order[i];
            const auto& place = select_.after[i];
            const auto key = printer_.sort_value(order.by, "t");
            if (record::is_null(place)) {
                text = fmt::format("({} IS NULL AND {})", key, text);
                continue;
            }
            const auto value = printer_.bind_sort_value(order.by, place);
            text = fmt::format("({0} {1} {2} OR {0} IS NULL OR ({0} = {2} AND {3}))", key, order.descending ? "<" : ">", value, text);
        }
        return text;
    }

    // One order with a value in place is the common case: a range the index walks, then the nulls, each read only when asked.
    void page(const std::string& columns)
    {
        const auto head = fmt::format("SELECT {} FROM \"{}\" t WHERE ", columns, table_of(*select_.from));
        if (select_.after.empty()) {
            const auto rows = where();
            statement_.text = head + rows + " ORDER BY " + order_by() + " LIMIT " + printer_.bind(select_.limit);
            return;
        }
        if (select_.order.size() == 1 && !record::is_null(select_.after.front()) && select_.order.front().by->op == Op::field) {
            const auto& order = select_.order.front();
            const auto rows = where();
            const auto key = printer_.sort_value(order.by, "t");
            const auto value = printer_.bind_sort_value(order.by, select_.after.front());
            const auto id = printer_.bind_value(select_.after.back());
            const auto limit = printer_.bind(select_.limit);
            const auto* sign = order.descending ? "<" : ">";
            const auto sorted = order_by();
            const auto range = fmt::format("{0}{1} AND {2} {3}= {4} AND ({2} {3} {4} OR t.id {3} {5}) ORDER BY {6} LIMIT {7}", head, rows, key, sign, value, id, sorted, limit);
            const auto slot = order.by->path.front();
            const bool never_null = slot == record::slot_id || slot == record::slot_created_at || slot == record::slot_updated_at;
            if (never_null) statement_.text = range;
            else statement_.text = fmt::format("SELECT * FROM ({}) UNION ALL SELECT * FROM ({}{} AND {} IS NULL ORDER BY t.id{} LIMIT {}) LIMIT {}", range, head, rows, key, order.descending ? " DESC" : "", limit, limit);
            return;
        }
        const auto rows = where();
        const auto place = behind();
        statement_.text = fmt::format("{}{} AND {} ORDER BY {} LIMIT {}", head, rows, place, order_by(), printer_.bind(select_.limit));
    }

    Statement statement_;
    const Select& select_;
    ExpressionSql printer_;
};

}  // namespace

Result<Statement> compile(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment, Dialect dialect)
{
    require(dialect == Dialect::sqlite, "only the SQLite dialect is built");
    require(select.after.empty() || select.after.size() == select.order.size() + 1, "a place does not belong to this order");
    Compiler compiler(catalogue, select, moment);
    if (!select.group.empty() || !select.measures.empty()) return compiler.groups();
    return select.outputs.empty() ? compiler.records() : compiler.projection();
}

Result<Statement> compile_count(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment, Dialect dialect, std::int64_t at_most)
{
    require(dialect == Dialect::sqlite, "only the SQLite dialect is built");
    return Compiler(catalogue, select, moment).count(at_most);
}

Statement compile_search(const record::Catalogue& catalogue, const Select& select, Dialect dialect)
{
    require(dialect == Dialect::sqlite, "only the SQLite dialect is built");
    require(!select.search.empty() && !select.where, "a search asks for tokens alone");
    const formula::Moment no_moment;
    return Compiler(catalogue, select, no_moment).search();
}

bool order_is_indexed(const Select& select)
{
    if (select.order.empty()) return true;
    const auto& first = select.order.front().by;
    if (first->op != Op::field || first->path.size() != 1) return false;
    const auto slot = first->path.front();
    const auto& field = select.from->field(slot);
    return slot == record::slot_id || field.ordered == record::Ordered::indexed || slot == select.from->name_slot();
}

}  // namespace shangdao::store::sql
