// SQL as SQLite speaks it: untyped parameters, days as integers, sets and calendars bound as pointers.
#include <fmt/format.h>

#include "store/sql/dialect_sql.h"

namespace shangdao::store::sql {

namespace {

class SqliteSql final : public DialectSql {
public:
    const Words& words() const override
    {
        static constexpr Words words{.same = "IS", .differ = "IS NOT", .place = "instr", .least = "min", .greatest = "max", .join = "CROSS JOIN", .null_is_least = true};
        return words;
    }

    std::string parameter(std::size_t number, const Bind&) const override { return "?" + std::to_string(number); }
    std::string null_of(const formula::ExprType&) const override { return "NULL"; }
    std::string column(const std::string& name, record::Type) const override { return name; }
    std::string in_set(const std::string& set, const std::string& value) const override { return fmt::format("visible({}, {})", set, value); }

    std::string in_ids(const std::string& set, const std::string& id) const override { return fmt::format("{} IN (SELECT id FROM ids_of({}))", id, set); }

    // The first argument tells each term's sign and by how many digits it is widened.
    std::string sum(const std::vector<TermSql>& terms) const override
    {
        std::string signs, values;
        for (const auto& term : terms) {
            signs += fmt::format("{}{}", term.minus ? '-' : '+', term.digits);
            values += "," + term.sql;
        }
        return fmt::format("sd_sum('{}'{})", signs, values);
    }
    std::string total(const std::string& value) const override { return fmt::format("sd_total({})", value); }
    std::string mean(const std::string& value, int digits) const override { return fmt::format("sd_avg({},{})", value, digits); }
    std::string percentile(const std::string& value, const std::string& ppm, int digits) const override { return fmt::format("sd_percentile({},{},{})", value, ppm, digits); }

    std::vector<Bind> of_zone(const Zone& zone) const override { return {zone.name()}; }
    std::vector<Bind> of_calendar(const std::shared_ptr<const WorkCalendar>& calendar) const override { return {calendar}; }
};

}  // namespace

const DialectSql& sqlite_sql()
{
    static const SqliteSql sql;
    return sql;
}

}  // namespace shangdao::store::sql
