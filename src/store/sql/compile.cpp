// Select to one statement: rows, projections, groups; keyset places; counts.
#include <fmt/format.h>

#include "base/require.h"
#include "store/sql/expression_sql.h"
#include "store/sql/page_sql.h"

namespace shangdao::store::sql {

namespace {

using formula::Op;

class Compiler {
public:
    Compiler(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment, Dialect dialect)
        : catalogue_(catalogue), select_(select), dialect_(dialect), table_(table_of(*select.from)), sql_(catalogue, moment, select.sight, dialect, statement_.binds)
    {
        sql_.walk_past(select.broad);
    }

    Statement records()
    {
        std::string columns;
        const auto add = [&](std::size_t slot) {
            for (const auto& column : columns_of(*select_.from, slot)) columns += fmt::format("{}t.\"{}\"", columns.empty() ? "" : ",", column.name);
        };
        for (std::size_t slot = 0; slot < select_.from->slot_count() && select_.slots.empty(); ++slot) add(slot);
        for (const auto slot : select_.slots) add(slot);
        page(columns);
        return std::move(statement_);
    }

    Statement projection()
    {
        std::string columns;
        for (const auto& output : select_.outputs) {
            columns += (columns.empty() ? "" : ",") + sql_.value(output.value, "t");
            statement_.columns.push_back(output.value->type);
        }
        page(columns);
        return std::move(statement_);
    }

    Statement groups()
    {
        if (select_.from_cube) sql_.count_cells();
        sql_.gather_team();
        std::string columns, keys;
        for (const auto* part : {&select_.group, &select_.measures})
            for (const auto& output : *part) {
                const auto place = statement_.columns.size() + 1;
                columns += fmt::format("{}{} AS \"{}\"", columns.empty() ? "" : ",", sql_.value(output.value, "t"), output_name(place - 1));
                if (part == &select_.group) keys += fmt::format("{}{}", keys.empty() ? "" : ",", place);
                statement_.columns.push_back(output.value->type);
            }
        const auto rows = select_.from_cube ? sql_.visible_cells(*select_.from, "t") + tests() : where();
        statement_.text = fmt::format("SELECT {} FROM \"{}\" t WHERE {}", columns, select_.from_cube ? cube_table_of(*select_.from) : table_, rows);
        if (!keys.empty()) statement_.text += " GROUP BY " + keys;
        if (select_.having) statement_.text += " HAVING " + sql_.condition(select_.having, "t");
        if (const auto order = group_order(); !order.empty()) {
            // PostgreSQL knows the names of outputs only from outside, unless they stand alone.
            if (dialect_ == Dialect::postgres) statement_.text = fmt::format("SELECT * FROM ({}) g", statement_.text);
            statement_.text += " ORDER BY " + order;
        }
        statement_.text += " LIMIT " + sql_.bind(select_.limit);
        return std::move(statement_);
    }

    Statement search()
    {
        dialect_ == Dialect::sqlite ? search_sqlite() : search_postgres();
        return std::move(statement_);
    }

    Statement count(std::int64_t at_most)
    {
        const auto rows = where();
        if (at_most == INT64_MAX) statement_.text = fmt::format("SELECT count(*) FROM \"{}\" t WHERE {}", table_, rows);
        else statement_.text = fmt::format("SELECT count(*) FROM (SELECT 1 FROM \"{}\" t WHERE {} LIMIT {}) p", table_, rows, sql_.bind(at_most));
        return std::move(statement_);
    }

private:
    // The text index is walked, newest first, and the limit stops it: broad words cost no more than rare ones.
    void search_sqlite()
    {
        const auto sight = sight_columns(*select_.from);
        const auto judged_by = sight.empty() ? std::string{} : fmt::format(" INDEXED BY \"{}\"", index_name("i", *select_.from, sight));
        sql_.judge_owners();
        const auto found = documents();
        const auto seen = sql_.visible_rows(*select_.from, "t", select_.deleted);
        statement_.text = fmt::format("SELECT t.id FROM {} CROSS JOIN \"{}\" t{} ON t.id = d.id WHERE {} AND {} ORDER BY w.rowid LIMIT {}", found.tables, table_, judged_by,
                                      found.tests, seen, sql_.bind(select_.limit));
    }

    // An inverted index has no order of its own, and nobody knows beforehand how many records have the words: where few have, they are taken
    // from it, where many have, the newest records are walked until the page is full. Ids follow the time.
    void search_postgres()
    {
        constexpr std::int64_t few = 2'000;
        sql_.judge_owners();
        const auto found = documents();
        const auto seen = sql_.visible_rows(*select_.from, "t", select_.deleted);
        const auto limit = sql_.bind(select_.limit);
        statement_.text = fmt::format("WITH hits AS MATERIALIZED (SELECT d.id FROM {0} WHERE {1} LIMIT {4}), many AS MATERIALIZED (SELECT count(*) > {5} AS so FROM hits) SELECT id FROM ("
                                      "SELECT t.id FROM hits d JOIN \"{2}\" t ON t.id = d.id WHERE NOT (SELECT so FROM many) AND {3} UNION ALL "
                                      "(SELECT t.id FROM {0} JOIN \"{2}\" t ON t.id = d.id WHERE (SELECT so FROM many) AND {1} AND {3} ORDER BY t.id DESC LIMIT {6})) f ORDER BY id DESC LIMIT {6}",
                                      found.tables, found.tests, table_, seen, few + 1, few, limit);
    }

    // No column is called so.
    static std::string output_name(std::size_t place) { return fmt::format("#{}", place); }

    std::string group_order()
    {
        std::string order;
        const auto add = [&](std::size_t place, bool descending) {
            const auto sorted = sql_.sort_of(statement_.columns[place], fmt::format("\"{}\"", output_name(place)));
            order += fmt::format("{}{} {} NULLS LAST", order.empty() ? "" : ",", sorted, descending ? "DESC" : "ASC");
        };
        for (const auto& [place, descending] : select_.group_order) add(place, descending);
        for (std::size_t i = 0; i < select_.group.size(); ++i) add(i, false);
        return order;
    }

    std::string where() { return sql_.visible_rows(*select_.from, "t", select_.deleted, select_.part) + tests(); }

    // What the select asks beside sight.
    std::string tests()
    {
        std::string text;
        if (select_.where) text += " AND " + sql_.condition(select_.where, "t");
        if (select_.search.empty()) return text;
        const auto found = documents();
        return text + fmt::format(" AND t.id IN (SELECT d.id FROM {} WHERE {})", found.tables, found.tests);
    }

    struct Documents {
        std::string tables, tests;
    };

    // The documents, as d, that the words find; on SQLite without most of those whose owners the viewer does not see.
    Documents documents()
    {
        if (dialect_ == Dialect::postgres) return {fmt::format("\"{}\" d", search_table_of(*select_.from)), fmt::format("d.words @@ {}::tsquery", sql_.bind(match_text('\'', "&", "|")))};
        Documents found{fmt::format("\"{}\" w CROSS JOIN search_doc d ON d.doc = -w.rowid >> {}", search_table_of(*select_.from), record::owner_mark_bits),
                        fmt::format("\"{}\" MATCH {}", search_table_of(*select_.from), sql_.bind(match_text('"', "AND", "OR")))};
        if (select_.sight == nullptr || !select_.from->seen_by_owner_alone()) return found;
        const auto& rows = select_.sight->rows(*select_.from);
        if (rows.kind == record::RowSight::Kind::owners && rows.owners && rows.by_owner_alone()) found.tests += fmt::format(" AND maybe_visible({}, -w.rowid & {})", sql_.bind(rows.owners), (1 << record::owner_mark_bits) - 1);
        return found;
    }

    // Every token quoted, so nothing of it is the syntax of FTS5 or of a tsquery: ("harb" AND "bour" OR "xharb") AND ("石"). Tokens hold no mark.
    std::string match_text(char quote, std::string_view both, std::string_view either) const
    {
        std::string text;
        for (const auto& word : select_.search) {
            text += text.empty() ? "(" : fmt::format(" {} (", both);
            for (const auto& way : word.ways) {
                if (&way != word.ways.data()) text += fmt::format(" {} ", either);
                for (const auto& token : way) text += &token == way.data() ? fmt::format("{0}{1}{0}", quote, token) : fmt::format(" {2} {0}{1}{0}", quote, token, both);
            }
            text += ')';
        }
        return text;
    }

    std::string direction(const SortKey& key) const
    {
        if (!key.descending) return key.nulls ? " ASC NULLS LAST" : "";
        return key.nulls && !sql_.words().null_is_least ? " DESC NULLS LAST" : " DESC";
    }

    // ORDER BY keys, then id; each key and id as `name_of` spells it.
    template <typename Name>
    std::string order_by(const PageSegment& segment, const Name& name_of, const std::string& id) const
    {
        std::string text;
        for (std::size_t i = 0; i < segment.keys.size(); ++i) text += name_of(i) + direction(segment.keys[i]) + ", ";
        return text + id + (id_descends(select_) ? " DESC" : "");
    }

    // `limit` as LIMIT takes it: a number, maybe with an OFFSET.
    std::string walk(const std::string& columns, const PageSegment& segment, const std::string& rows, const std::string& limit) const
    {
        const auto order = order_by(segment, [&](std::size_t i) { return segment.keys[i].sql; }, "t.id");
        return fmt::format("SELECT {} FROM \"{}\" t WHERE {}{}{} ORDER BY {} LIMIT {}", columns, table_, rows, segment.test.empty() ? "" : " AND ", segment.test, order, limit);
    }

    // One walk an owner, and one over what is seen beyond them; SQLite merges them row by row, so only the page is read.
    std::string merge(const std::string& columns, const PageSegment& segment, const std::string& tests, const std::vector<std::string>& owners, const std::string& limit)
    {
        std::string keys, arms;
        for (std::size_t i = 0; i < segment.keys.size(); ++i) keys += fmt::format("{} AS k{}, ", segment.keys[i].sql, i);
        const auto live = ExpressionSql::live_rows("t", select_.deleted);
        const auto owner = sql_.column(*select_.from, record::slot_owner, "t");
        const auto add = [&](const std::string& rows) {
            arms += fmt::format("{}SELECT {}t.id AS i FROM \"{}\" t WHERE {} AND {}{}{}{}", arms.empty() ? "" : " UNION ALL ", keys, table_, live, rows, tests,
                                segment.test.empty() ? "" : " AND ", segment.test);
        };
        for (const auto& one : owners) add(fmt::format("{} = {}", owner, one));
        if (const auto beyond = sql_.rows_beyond(*select_.from, "t", select_.deleted); beyond != "FALSE") add(beyond);
        const auto merged = order_by(segment, [](std::size_t i) { return std::to_string(i + 1); }, std::to_string(segment.keys.size() + 1));
        const auto outer = order_by(segment, [](std::size_t i) { return fmt::format("p.k{}", i); }, "p.i");
        return fmt::format("SELECT {} FROM ({} ORDER BY {} LIMIT {}) p {} \"{}\" t ON t.id = p.i ORDER BY {}", columns, arms, merged, limit, sql_.words().join, table_, outer);
    }

    void page(const std::string& columns)
    {
        std::vector<std::string> owners;
        for (const auto id : merged_owners(catalogue_, select_)) owners.push_back(sql_.bind(id.value));
        if (order_is_indexed(select_)) sql_.judge_owners();
        const auto rows = owners.empty() ? where() : sql_.withheld_rows(*select_.from, "t") + tests();
        const auto segments = page_segments(select_, sql_);
        auto limit = sql_.bind(select_.limit);
        if (select_.skip > 0) limit += " OFFSET " + sql_.bind(select_.skip);
        const auto text_of = [&](const PageSegment& segment, const std::string& of, const std::string& most) {
            return owners.empty() ? walk(of, segment, rows, most) : merge(of, segment, rows, owners, most);
        };
        if (segments.size() == 1) {
            statement_.text = text_of(segments.front(), columns, limit);
            return;
        }
        const auto each = select_.skip > 0 ? sql_.bind(select_.skip + select_.limit) : limit;
        // A segment is begun when those before it have not filled the page.
        std::string all;
        for (const auto& segment : segments) all += fmt::format("{}SELECT i FROM ({}) q", all.empty() ? "" : " UNION ALL ", text_of(segment, "t.id AS i", each));
        if (dialect_ == Dialect::sqlite) statement_.text = fmt::format("SELECT {} FROM ({} LIMIT {}) s CROSS JOIN \"{}\" t ON t.id = s.i", columns, all, limit, table_);
        // PostgreSQL joins in whatever order it likes.
        else statement_.text = fmt::format("SELECT {} FROM (SELECT i, row_number() OVER () AS n FROM ({} LIMIT {}) u) s JOIN \"{}\" t ON t.id = s.i ORDER BY s.n", columns, all, limit, table_);
    }

    const record::Catalogue& catalogue_;
    const Select& select_;
    const Dialect dialect_;
    const std::string table_;
    Statement statement_;
    ExpressionSql sql_;
};

}  // namespace

Result<Statement> compile(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment, Dialect dialect)
{
    require(select.after.empty() || select.after.size() == select.order.size() + 1, "a place does not belong to this order");
    Compiler compiler(catalogue, select, moment, dialect);
    if (!select.group.empty() || !select.measures.empty()) return compiler.groups();
    return select.outputs.empty() ? compiler.records() : compiler.projection();
}

Result<Statement> compile_count(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment, Dialect dialect, std::int64_t at_most)
{
    return Compiler(catalogue, select, moment, dialect).count(at_most);
}

Statement compile_search(const record::Catalogue& catalogue, const Select& select, Dialect dialect)
{
    require(!select.search.empty() && !select.where, "a search asks for tokens alone");
    const formula::Moment no_moment;
    return Compiler(catalogue, select, no_moment, dialect).search();
}

bool order_is_indexed(const Select& select)
{
    if (select.order.empty()) return true;
    const auto& first = select.order.front().by;
    if (first->op != Op::field || first->path.size() != 1) return false;
    const auto slot = first->path.front();
    if (slot == record::slot_deleted_at) return select.deleted == Select::Deleted::only;   // the bin has an index of its own
    return slot == record::slot_id || select.from->field(slot).ordered == record::Ordered::indexed;
}

}  // namespace shangdao::store::sql
