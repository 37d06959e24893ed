// SQL as PostgreSQL speaks it: every parameter says its type, so that the text alone decides the plan; dates are dates; sets, zones and
// calendars are arrays, since a server knows nothing of ours.
#include <fmt/format.h>

#include "store/sql/dialect_sql.h"

namespace shangdao::store::sql {

namespace {

template <typename... F> struct Each : F... {
    using F::operator()...;
};

std::shared_ptr<const Numbers> held(Numbers numbers) { return std::make_shared<const Numbers>(std::move(numbers)); }

class PostgresSql final : public DialectSql {
public:
    const Words& words() const override
    {
        static constexpr Words words{
            .same = "IS NOT DISTINCT FROM", .differ = "IS DISTINCT FROM", .place = "strpos", .least = "sd_least", .greatest = "sd_greatest", .join = "JOIN", .null_is_least = false};
        return words;
    }

    std::string parameter(std::size_t number, const Bind& value) const override
    {
        const auto* type = std::visit(Each{[](bool) { return "boolean"; }, [](std::int64_t) { return "bigint"; }, [](const std::string&) { return "text"; },
                                           [](const Bytes&) { return "bytea"; }, [](const auto&) { return "bigint[]"; }},
                                      value);
        return fmt::format("?{}::{}", number, type);
    }

    std::string null_of(const formula::ExprType& type) const override
    {
        switch (type.type) {
        case record::Type::text:
        case record::Type::choice:
        case record::Type::choices:
        case record::Type::duration:
        case record::Type::address: return "NULL::text";
        case record::Type::boolean: return "NULL::boolean";
        // random() keeps the planner from leaving out, beside a null, what may overflow.
        default: return "(CASE WHEN random() < 0 THEN 0::bigint END)";
        }
    }

    std::string column(const std::string& name, record::Type type) const override
    {
        return type == record::Type::date ? fmt::format("({} - DATE '1970-01-01')", name) : name;
    }

    std::string in_set(const std::string& set, const std::string& value) const override { return fmt::format("{} = ANY ({})", value, set); }

    std::string in_ids(const std::string& set, const std::string& id) const override { return in_set(set, id); }

    std::string sum(const std::vector<TermSql>& terms) const override
    {
        std::string out;
        for (const auto& term : terms) {
            out += term.minus ? " - " : out.empty() ? "" : " + ";
            out += fmt::format("{}::numeric", term.sql);
            if (term.digits > 0) out += fmt::format(" * 1{:0<{}}", "", term.digits);
        }
        return fmt::format("({})::bigint", out);
    }
    std::string total(const std::string& value) const override { return fmt::format("sum({})::bigint", value); }
    std::string mean(const std::string& value, int digits) const override { return fmt::format("sd_mean(sum({0}), count({0}), {1})", value, digits); }
    std::string percentile(const std::string& value, const std::string& ppm, int digits) const override
    {
        return fmt::format("sd_percentile(array_agg({}), {}, {})", value, ppm, digits);
    }

    // Where the offset changes, and the offsets: one more, the first from the beginning of time.
    std::vector<Bind> of_zone(const Zone& zone) const override
    {
        Numbers at, offsets;
        for (const auto& change : zone.changes()) {
            if (!offsets.empty()) at.push_back(change.at_seconds);
            offsets.push_back(change.offset_seconds);
        }
        return {held(std::move(at)), held(std::move(offsets))};
    }

    // The days on which the weekday alone tells the wrong thing; by how much the ordinal differs from that of weekdays before, between and
    // behind them; and the ordinals of these days.
    std::vector<Bind> of_calendar(const std::shared_ptr<const WorkCalendar>& calendar) const override
    {
        if (!calendar) return {std::shared_ptr<const Numbers>{}, std::shared_ptr<const Numbers>{}, std::shared_ptr<const Numbers>{}};
        static const WorkCalendar weekdays;
        const auto shift = [&](Date day) { return calendar->ordinal(day) - weekdays.ordinal(day); };
        Numbers days, shifts, ordinals;
        for (const auto day : calendar->exceptions()) {
            if (shifts.empty()) shifts.push_back(shift(day + -1));
            days.push_back(day.days);
            shifts.push_back(shift(day));
            ordinals.push_back(calendar->ordinal(day));
        }
        if (shifts.empty()) shifts.push_back(0);
        return {held(std::move(days)), held(std::move(shifts)), held(std::move(ordinals))};
    }
};

}  // namespace

const DialectSql& postgres_sql()
{
    static const PostgresSql sql;
    return sql;
}

const DialectSql& DialectSql::of(Dialect dialect) { return dialect == Dialect::sqlite ? sqlite_sql() : postgres_sql(); }

}  // namespace shangdao::store::sql
