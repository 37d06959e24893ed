// Thin wrappers around formula/arithmetic and formula/functions.
#include "store/sqlite/formula_functions.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/require.h"
#include "base/zone.h"
#include "formula/arithmetic.h"
#include "formula/functions.h"

namespace shangdao::store::sqlite {

namespace {

bool is_null(sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; }
bool any_null(int count, sqlite3_value** values) { return std::any_of(values, values + count, is_null); }
std::int64_t whole(sqlite3_value* value) { return sqlite3_value_int64(value); }
int small(sqlite3_value* value) { return sqlite3_value_int(value); }
const char* text_of(sqlite3_value* value) { return reinterpret_cast<const char*>(sqlite3_value_text(value)); }

void give(sqlite3_context* context, std::optional<std::int64_t> result)
{
    if (result) sqlite3_result_int64(context, *result);
    else sqlite3_result_error(context, "number_overflow", -1);
}

// ---- numbers

void sd_sum(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (any_null(n, v)) return;
    const auto* signs = text_of(v[0]);
    formula::Sum sum;
    for (int i = 1; i < n; ++i) sum.add(whole(v[i]), signs[2 * i - 1] - '0', signs[2 * i - 2] == '-');
    give(context, sum.total());
}
void sd_subtract(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (!any_null(n, v)) give(context, shangdao::subtract(whole(v[0]), whole(v[1])));
}
void sd_scale(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (!any_null(n, v)) give(context, rescale(whole(v[0]), small(v[1]), small(v[2])));
}
void sd_multiply(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (!any_null(n, v)) give(context, formula::product(whole(v[0]), small(v[1]), whole(v[2]), small(v[3]), small(v[4])));
}
void sd_divide(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (any_null(n, v)) return;
    const auto result = formula::quotient(whole(v[0]), small(v[1]), whole(v[2]), small(v[3]), small(v[4]));
    if (result.kind == formula::Quotient::Kind::by_zero) return;
    give(context, result.kind == formula::Quotient::Kind::value ? std::optional{result.units} : std::nullopt);
}
void sd_compare(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (!any_null(n, v)) sqlite3_result_int(context, formula::compare_scaled(whole(v[0]), small(v[1]), whole(v[2]), small(v[3])));
}
void sd_same(sqlite3_context* context, int, sqlite3_value** v)
{
    const bool null = is_null(v[0]) || is_null(v[2]);
    sqlite3_result_int(context, null ? is_null(v[0]) && is_null(v[2]) : formula::compare_scaled(whole(v[0]), small(v[1]), whole(v[2]), small(v[3])) == 0);
}
void sd_original(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (any_null(n, v)) return;
    if (const auto currency = parse_currency(text_of(v[1]))) give(context, formula::original_units(whole(v[0]), *currency));
}
void sd_overflow(sqlite3_context* context, int, sqlite3_value**) { give(context, std::nullopt); }

// ---- days

void sd_date_of(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (any_null(n, v)) return;
    // The zone is looked up once a statement.
    const auto* zone = static_cast<const Zone*>(sqlite3_get_auxdata(context, 1));
    if (zone != nullptr) return sqlite3_result_int64(context, zone->date_of(Instant{whole(v[0])}).days);
    const auto found = Zone::find(text_of(v[1]));
    if (!found) return;   // never: the name comes from a Zone
    sqlite3_result_int64(context, found->date_of(Instant{whole(v[0])}).days);
    auto kept = std::make_unique<Zone>(*found);
    sqlite3_set_auxdata(context, 1, kept.release(), [](void* old) { std::default_delete<Zone>{}(static_cast<Zone*>(old)); });
}

void sd_day(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (any_null(n, v)) return;
    const auto function = static_cast<formula::Function>(small(v[0]));
    const Date date{static_cast<std::int32_t>(whole(v[1]))};
    if (function == formula::Function::year) sqlite3_result_int64(context, static_cast<int>(date.civil().year()));
    else sqlite3_result_int64(context, formula::edge_of(function, date).days);
}

void sd_moved_day(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (!any_null(n, v)) give(context, formula::moved_day(whole(v[0]), whole(v[1])));
}
void sd_moved_instant(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (!any_null(n, v)) give(context, formula::moved_instant(whole(v[0]), whole(v[1])));
}

const WorkCalendar* calendar_of(sqlite3_value* value) { return static_cast<const WorkCalendar*>(sqlite3_value_pointer(value, work_calendar_pointer_type)); }

void sd_working_ordinal(sqlite3_context* context, int, sqlite3_value** v)
{
    const auto* calendar = calendar_of(v[0]);
    if (calendar != nullptr && !is_null(v[1])) sqlite3_result_int64(context, calendar->ordinal(Date{static_cast<std::int32_t>(whole(v[1]))}));
}
void sd_moved_working_day(sqlite3_context* context, int, sqlite3_value** v)
{
    const auto* calendar = calendar_of(v[0]);
    if (calendar == nullptr || is_null(v[1])) return;
    sqlite3_result_int64(context, calendar->add_working_days(Date{static_cast<std::int32_t>(whole(v[1]))}, whole(v[2])).days);
}

// ---- aggregates; the state lives in SQLite's aggregate context, which begins as zeros

struct Total {
    formula::Sum sum;
    std::int64_t count;
    int digits;
};

void total_step(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (is_null(v[0])) return;
    auto* total = static_cast<Total*>(sqlite3_aggregate_context(context, sizeof(Total)));
    if (total == nullptr) return sqlite3_result_error_nomem(context);
    total->sum.add(whole(v[0]));
    ++total->count;
    total->digits = n > 1 ? small(v[1]) : 0;
}
void total_final(sqlite3_context* context)
{
    const auto* total = static_cast<Total*>(sqlite3_aggregate_context(context, 0));
    if (total != nullptr) give(context, total->sum.total());
}
void avg_final(sqlite3_context* context)
{
    const auto* total = static_cast<Total*>(sqlite3_aggregate_context(context, 0));
    if (total != nullptr) give(context, total->sum.mean(total->count, total->digits));
}

struct Sample {
    std::vector<std::int64_t>* values;
    std::int64_t share_ppm;
    int digits;
};

void percentile_step(sqlite3_context* context, int, sqlite3_value** v)
{
    if (is_null(v[0])) return;
    auto* sample = static_cast<Sample*>(sqlite3_aggregate_context(context, sizeof(Sample)));
    if (sample == nullptr) return sqlite3_result_error_nomem(context);
    if (sample->values == nullptr) sample->values = std::make_unique<std::vector<std::int64_t>>().release();   // freed in the final step
    sample->values->push_back(whole(v[0]));
    sample->share_ppm = whole(v[1]);
    sample->digits = small(v[2]);
}
void percentile_final(sqlite3_context* context)
{
    auto* sample = static_cast<Sample*>(sqlite3_aggregate_context(context, 0));
    if (sample == nullptr || sample->values == nullptr) return;
    const std::unique_ptr<std::vector<std::int64_t>> values(std::exchange(sample->values, nullptr));
    std::ranges::sort(*values);
    give(context, formula::percentile_of(*values, Share{sample->share_ppm}, sample->digits));
}

using Plain = void (*)(sqlite3_context*, int, sqlite3_value**);

constexpr struct {
    const char* name;
    int arguments;
    Plain function;
} plain_functions[] = {
    {"sd_sum", -1, sd_sum},
    {"sd_subtract", 2, sd_subtract},
    {"sd_multiply", 5, sd_multiply},
    {"sd_divide", 5, sd_divide},
    {"sd_scale", 3, sd_scale},
    {"sd_compare", 4, sd_compare},
    {"sd_same", 4, sd_same},
    {"sd_original", 2, sd_original},
    {"sd_overflow", 0, sd_overflow},
    {"sd_date_of", 2, sd_date_of},
    {"sd_day", 2, sd_day},
    {"sd_moved_day", 2, sd_moved_day},
    {"sd_moved_instant", 2, sd_moved_instant},
    {"sd_working_ordinal", 2, sd_working_ordinal},
    {"sd_moved_working_day", 3, sd_moved_working_day},
};
constexpr struct {
    const char* name;
    int arguments;
    Plain step;
    void (*final)(sqlite3_context*);
} aggregates[] = {
    {"sd_total", 1, total_step, total_final},
    {"sd_avg", 2, total_step, avg_final},
    {"sd_percentile", 3, percentile_step, percentile_final},
};

}  // namespace

void add_formula_functions(sqlite3* handle)
{
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    const auto added = [](int code) { require(code == SQLITE_OK, "an SQL function could not be added"); };
    for (const auto& row : plain_functions)
        added(sqlite3_create_function_v2(handle, row.name, row.arguments, flags, nullptr, row.function, nullptr, nullptr, nullptr));
    for (const auto& row : aggregates)
        added(sqlite3_create_function_v2(handle, row.name, row.arguments, flags, nullptr, nullptr, row.step, row.final, nullptr));
}

}  // namespace shangdao::store::sqlite
