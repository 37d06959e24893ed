// None is STRICT, since the server does not write strict functions of CASE into a query; null goes through their arithmetic instead.
#include "store/postgres/formula_functions.h"

#include <fmt/format.h>

#include "base/money.h"
#include "formula/functions.h"

namespace shangdao::store::postgres {

namespace {

struct Row {
    std::string_view head;    // name, arguments and result
    std::string_view body;
};

constexpr std::string_view immutable = "IMMUTABLE PARALLEL SAFE";

// Overflow is the server's own error of integers that do not fit.
constexpr Row plain[] = {
    {"sd_floor(bigint, bigint) RETURNS bigint", "SELECT $1 / $2 - CASE WHEN $1 % $2 < 0 THEN 1 ELSE 0 END"},
    // Half away from zero, of a double that is exact until here.
    {"sd_round(double precision) RETURNS bigint", "SELECT (trunc($1) + CASE WHEN abs($1 - trunc($1)) >= 0.5 THEN sign($1) ELSE 0 END)::bigint"},
    {"sd_subtract(bigint, bigint) RETURNS bigint", "SELECT $1 - $2"},
    {"sd_scale(bigint, int, int) RETURNS bigint",
     "SELECT CASE WHEN $3 >= $2 THEN ($1 * 10::numeric ^ ($3 - $2))::bigint ELSE round($1 * 10::numeric ^ ($3 - $2))::bigint END"},
    {"sd_multiply(bigint, int, bigint, int, int) RETURNS bigint",
     "SELECT CASE WHEN $5 >= $2 + $4 THEN sd_round($1::double precision * $3::double precision * power(10::double precision, $5 - $2 - $4)) "
     "ELSE sd_round($1::double precision * $3::double precision / power(10::double precision, $2 + $4 - $5)) END"},
    {"sd_divide(bigint, int, bigint, int, int) RETURNS bigint",
     "SELECT CASE WHEN $3 = 0 THEN nullif($1, $1) "
     "WHEN $5 + $4 >= $2 THEN sd_round($1::double precision / $3::double precision * power(10::double precision, $5 + $4 - $2)) "
     "ELSE sd_round($1::double precision / $3::double precision / power(10::double precision, $2 - $4 - $5)) END"},
    {"sd_compare(bigint, int, bigint, int) RETURNS int", "SELECT sign($1 * 10::numeric ^ greatest(0, $4 - $2) - $3 * 10::numeric ^ greatest(0, $2 - $4))::int"},
    {"sd_same(bigint, int, bigint, int) RETURNS int",
     "SELECT ($1 * 10::numeric ^ greatest(0, $4 - $2) IS NOT DISTINCT FROM $3 * 10::numeric ^ greatest(0, $2 - $4))::int"},
    {"sd_least(anycompatible, anycompatible) RETURNS anycompatible", "SELECT CASE WHEN $1 <= $2 THEN $1 WHEN $2 < $1 THEN $2 END"},
    {"sd_greatest(anycompatible, anycompatible) RETURNS anycompatible", "SELECT CASE WHEN $1 >= $2 THEN $1 WHEN $2 > $1 THEN $2 END"},
    {"sd_mean(numeric, bigint, int) RETURNS bigint", "SELECT (sign($1) * div(abs($1) * 10::numeric ^ $3 + $2 / 2, nullif($2, 0)))::bigint"},
    // Interpolated between neighbours, as formula::percentile_of.
    {"sd_percentile(bigint[], bigint, int) RETURNS bigint",
     "SELECT (sign(v) * div(abs(v) * 10::numeric ^ $3 + 500000, 1000000))::bigint FROM ("
     "SELECT a[1 + p / 1000000] * 1000000::numeric + (a[least(2 + p / 1000000, n)] - a[1 + p / 1000000]::numeric) * (p % 1000000) AS v FROM ("
     "SELECT a, n, $2 * (n - 1) AS p FROM (SELECT array_agg(x ORDER BY x) AS a, count(x) AS n FROM unnest($1) x WHERE x IS NOT NULL) s) q) r"},
    // µs; the moments when the offset changes, in seconds; the offsets, one more.
    {"sd_date_of(bigint, bigint[], bigint[]) RETURNS bigint",
     "SELECT sd_floor(sd_floor($1, 1000000) + ($3)[1 + width_bucket(sd_floor($1, 1000000), $2)], 86400)"},
    {"sd_moved_day(bigint, bigint) RETURNS bigint",
     "SELECT CASE WHEN $1 + $2 BETWEEN -719162 AND 2932896 THEN $1 + $2 ELSE 9223372036854775807 + ($1 + $2) * 0 + 1 END"},
    {"sd_moved_instant(bigint, bigint) RETURNS bigint",
     "SELECT CASE WHEN $1 + $2 BETWEEN -62135596800000000 AND 253402300799999999 THEN $1 + $2 ELSE 9223372036854775807 + ($1 + $2) * 0 + 1 END"},
    // Mondays to Fridays since 1970, and the first day on which there are so many.
    {"sd_weekdays(bigint) RETURNS bigint", "SELECT sd_floor($1 + 3, 7) * 5 + least($1 + 3 - sd_floor($1 + 3, 7) * 7 + 1, 5) - 3"},
    {"sd_weekday(bigint) RETURNS bigint", "SELECT sd_floor($1 + 2, 5) * 7 + ($1 + 2 - sd_floor($1 + 2, 5) * 5) - 3"},
    {"sd_lower(text) RETURNS text", "SELECT lower($1 COLLATE \"und-x-icu\")"},    // a function, since one expression may not name two collations
    // A calendar is three arrays: sql/postgres_sql.cpp.
    {"sd_working_ordinal(bigint[], bigint[], bigint[], bigint) RETURNS bigint", "SELECT sd_weekdays($4) + ($2)[1 + width_bucket($4, $1)]"},
    // In the stretch between two exceptions weekdays count; the exception behind it may be worked and come first.
    {"sd_moved_working_day(bigint[], bigint[], bigint[], bigint, bigint) RETURNS bigint",
     "SELECT CASE WHEN $5 = 0 THEN $4 WHEN $4 IS NOT NULL AND $2 IS NOT NULL THEN greatest(-719162, least(2932896, ("
     "SELECT least(sd_weekday(m - ($2)[1 + j]), CASE WHEN ($2)[2 + j] > ($2)[1 + j] THEN ($1)[1 + j] END) FROM ("
     "SELECT m, width_bucket(m - 1, $3) AS j FROM ("
     "SELECT greatest(-10000000, least(10000000, $5)) + CASE WHEN $5 > 0 THEN sd_working_ordinal($1, $2, $3, $4) ELSE sd_working_ordinal($1, $2, $3, $4 - 1) + 1 END AS m) a) b))) END"},
};

constexpr std::string_view epoch = "DATE '1970-01-01'";

// A row of sd_day: the first day of the month, quarter or year, or the last one.
std::string edge(formula::Function function, std::string_view unit, bool last)
{
    const auto first = fmt::format("date_trunc('{}', ({} + $2::int)::timestamp)", unit, epoch);
    const auto day = last ? fmt::format("({} + INTERVAL '{}')::date - DATE '1970-01-02'", first, unit == "quarter" ? "3 months" : fmt::format("1 {}", unit)) : fmt::format("{}::date - {}", first, epoch);
    return fmt::format(" WHEN {} THEN {}", static_cast<int>(function), day);
}

std::string day_body()
{
    using enum formula::Function;
    const std::string monday = "$2 - ($2 + 3 - sd_floor($2 + 3, 7) * 7)";
    auto body = fmt::format("SELECT CASE $1 WHEN {} THEN extract(year FROM {} + $2::int)::bigint", static_cast<int>(year), epoch);
    body += fmt::format(" WHEN {} THEN {}", static_cast<int>(start_of_week), monday);
    body += fmt::format(" WHEN {0} THEN {1} + 6 - greatest(0, {1} + 6 - 2932896)", static_cast<int>(end_of_week), monday);   // the calendar ends with the year 9999
    body += edge(start_of_month, "month", false) + edge(start_of_quarter, "quarter", false) + edge(start_of_year, "year", false);
    body += edge(end_of_month, "month", true) + edge(end_of_quarter, "quarter", true) + edge(end_of_year, "year", true);
    return body + " END";
}

// The digits of each currency that has not two.
std::string original_body()
{
    std::string digits = "CASE $2";
    for (char a = 'A'; a <= 'Z'; ++a)
        for (char b = 'A'; b <= 'Z'; ++b)
            for (char c = 'A'; c <= 'Z'; ++c)
                if (const auto currency = parse_currency(std::string{a, b, c}); currency && minor_digits(*currency) != 2)
                    digits += fmt::format(" WHEN '{}' THEN {}", currency->text(), minor_digits(*currency));
    return fmt::format("SELECT sd_scale($1, {} ELSE 2 END, {})", digits, formula::original_scale);
}

// The characters from `first` to `last` as UTF-8.
std::string run(char32_t first, char32_t last)
{
    std::string out;
    for (auto c = first; c <= last; ++c) {
        if (c >= 0x10000) out += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F))};
        else out += static_cast<char>(0xE0 | c >> 12);
        out += {static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
    }
    return out;
}

// base/text.h's key: NFKC with folded case, without what is ignorable, white space collapsed. The server has no folding of case; its lower
// case differs in those that are translated, some because its tables are of Unicode 14. Most texts are plain ASCII or Han and need none of it.
std::string match_key_body()
{
    constexpr auto plain_text = R"(^[!-~\u4e00-\u9fa5]+( [!-~\u4e00-\u9fa5]+)*$)";
    constexpr auto ignorable = R"([\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8)"
                               R"(\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff])";
    constexpr auto white = R"([\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+)";
    // Final sigmas, Cherokee, old and raised Cyrillic.
    const auto from = "ςϲ" + run(0xab70, 0xabbf) + run(0x13f8, 0x13fd) + run(0x1c80, 0x1c88) + run(0x1e030, 0x1e06d);
    const auto to = "σσ" + run(0x13a0, 0x13ef) + run(0x13f0, 0x13f5) + "вдосттъѣꙋ" + "абвгдежзиклмопрстуфхцчшыэюꚉәіјөүӏабвгдежзиклопсуфхцчшъыґіѕџҫꙑұ";
    const auto lowered = fmt::format("sd_lower(normalize(regexp_replace($1, '{}', '', 'g'), NFKC))", ignorable);
    const auto folded = fmt::format("normalize(translate(normalize(replace(translate({}, '{}', '{}'), 'ß', 'ss'), NFD), U&'\\0345', 'ι'), NFKC)", lowered, from, to);
    return fmt::format("SELECT CASE WHEN $1 ~ '{}' THEN lower($1 COLLATE \"C\") ELSE btrim(regexp_replace({}, '{}', ' ', 'g')) END", plain_text, folded, white);
}

std::string doubled_quotes(std::string_view text)
{
    std::string out;
    for (const char c : text) out += c == '\'' ? std::string{"''"} : std::string(1, c);
    return out;
}

std::string function(std::string_view head, std::string_view body, std::string_view kind = immutable)
{
    return fmt::format("CREATE OR REPLACE FUNCTION {} LANGUAGE sql {} AS '{}'", head, kind, doubled_quotes(body));
}

}  // namespace

std::vector<std::string> formula_functions()
{
    std::vector<std::string> all;
    for (const auto& row : plain) all.push_back(function(row.head, row.body));
    all.push_back(function("sd_day(int, bigint) RETURNS bigint", day_body()));
    all.push_back(function("sd_original(bigint, text) RETURNS bigint", original_body()));
    // random() keeps the planner from computing, and refusing, what no row may reach.
    all.push_back(function("sd_overflow() RETURNS bigint", "SELECT 9223372036854775807 + ceil(random() + 1)::bigint", "VOLATILE"));
    all.push_back(function("match_key(text) RETURNS text", match_key_body()));
    return all;
}

}  // namespace shangdao::store::postgres
