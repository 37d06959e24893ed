// Thin wrappers around formula/arithmetic and formula/functions.
#include "store/sqlite/formula_functions.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/require.h"
#include "base/zone.h"
#include "formula/arithmetic.h"
#include "formula/functions.h"

namespace shangdao::store::sqlite {

namespace {

bool any_null(int count, sqlite3_value** values)
{
    return std::any_of(values, values + count, [](auto* value) { return sqlite3_value_type(value) == SQLITE_NULL; });
}

std::int64_t whole(sqlite3_value* value) { return sqlite3_value_int64(value); }
int small(sqlite3_value* value) { return sqlite3_value_int(value); }

void give(sqlite3_context* context, std::optional<std::int64_t> result)
{
    if (result) sqlite3_result_int64(context, *result);
    else sqlite3_result_error(context, "number_overflow", -1);
}

void sd_add(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (!any_null(n, v)) give(context, shangdao::add(whole(v[0]), whole(v[1])));
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
void sd_round(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (any_null(n, v)) return;
    const auto shifted = formula::shifted(whole(v[0]), small(v[1]), small(v[2]));
    give(context, shifted ? rescale(*shifted, small(v[2]), small(v[1])) : std::nullopt);
}
void sd_overflow(sqlite3_context* context, int, sqlite3_value**) { give(context, std::nullopt); }

void sd_date_of(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (any_null(n, v)) return;
    // One organisation has one zone; a connection keeps the last one it was asked for.
    thread_local std::string name;
    thread_local std::optional<Zone> zone;
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(v[1]));
    if (!zone || name != text) {
        name = text;
        zone = Zone::find(name);
    }
    if (zone) sqlite3_result_int64(context, zone->date_of(Instant{whole(v[0])}).days);
}

void sd_day(sqlite3_context* context, int n, sqlite3_value** v)
{
    if (any_null(n, v)) return;
    const auto function = static_cast<formula::Function>(small(v[0]));
    const Date date{static_cast<std::int32_t>(whole(v[1]))};
    if (function == formula::Function::year) sqlite3_result_int64(context, static_cast<int>(date.civil().year()));
    else sqlite3_result_int64(context, formula::start_of(function, date).days);
}

// ---- aggregates; the state lives in SQLite's aggregate context

struct Mean {
    double sum;
    std::int64_t count;
    int digits;
};

void avg_step(sqlite3_context* context, int, sqlite3_value** v)
{
    auto* mean = static_cast<Mean*>(sqlite3_aggregate_context(context, sizeof(Mean)));
    if (mean == nullptr || sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    mean->sum += static_cast<double>(whole(v[0]));
    ++mean->count;
    mean->digits = small(v[1]);
}
void avg_final(sqlite3_context* context)
{
    const auto* mean = static_cast<Mean*>(sqlite3_aggregate_context(context, 0));
    if (mean == nullptr || mean->count == 0) return;
    give(context, round_to_units(mean->sum / static_cast<double>(mean->count), mean->digits));
}

struct Sample {
    std::vector<std::int64_t>* values;
    double share;
    int digits;
};

void percentile_step(sqlite3_context* context, int, sqlite3_value** v)
{
    auto* sample = static_cast<Sample*>(sqlite3_aggregate_context(context, sizeof(Sample)));
    if (sample == nullptr || sqlite3_value_type(v[0]) == SQLITE_NULL) return;
    if (sample->values == nullptr) sample->values = std::make_unique<std::vector<std::int64_t>>().release();   // freed in the final step
    sample->values->push_back(whole(v[0]));
    sample->share = sqlite3_value_double(v[1]);
    sample->digits = small(v[2]);
}
void percentile_final(sqlite3_context* context)
{
    auto* sample = static_cast<Sample*>(sqlite3_aggregate_context(context, 0));
    if (sample == nullptr || sample->values == nullptr) return;
    const std::unique_ptr<std::vector<std::int64_t>> values(std::exchange(sample->values, nullptr));
    std::ranges::sort(*values);
    sqlite3_result_int64(context, formula::percentile_of(*values, sample->share, sample->digits));
}

}  // namespace

void add_formula_functions(sqlite3* handle)
{
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    const auto add = [handle](const char* name, int arguments, void (*function)(sqlite3_context*, int, sqlite3_value**)) {
        require(sqlite3_create_function_v2(handle, name, arguments, flags, nullptr, function, nullptr, nullptr, nullptr) == SQLITE_OK, "an SQL function could not be added");
    };
    add("sd_add", 2, sd_add);
    add("sd_subtract", 2, sd_subtract);
    add("sd_scale", 3, sd_scale);
    add("sd_multiply", 5, sd_multiply);
    add("sd_divide", 5, sd_divide);
    add("sd_round", 3, sd_round);
    add("sd_overflow", 0, sd_overflow);
    add("sd_date_of", 2, sd_date_of);
    add("sd_day", 2, sd_day);
    const auto aggregate = [handle](const char* name, int arguments, void (*step)(sqlite3_context*, int, sqlite3_value**), void (*final)(sqlite3_context*)) {
        require(sqlite3_create_function_v2(handle, name, arguments, flags, nullptr, nullptr, step, final, nullptr) == SQLITE_OK, "an SQL aggregate could not be added");
    };
    aggregate("sd_avg", 2, avg_step, avg_final);
    aggregate("sd_percentile", 3, percentile_step, percentile_final);
}

}  // namespace shangdao::store::sqlite
