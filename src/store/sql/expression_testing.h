// Random formulas over the world of agreement_testing.h, as text, mostly well typed.
#pragma once

#include <random>
#include <string>

namespace shangdao::store::agreement {

class Expressions {
public:
    explicit Expressions(std::uint64_t seed) : random_(seed) {}

    std::string any(int depth)
    {
        switch (pick(9)) {
        case 0: return money(depth);
        case 1: return date(depth);
        case 2: return text(depth);
        case 3: return choice(depth);
        case 4: return instant(depth);
        case 5: return share(depth);
        case 6: return reference(depth);
        case 7: return condition(depth);
        default: return number(depth);
        }
    }

    std::string condition(int depth)
    {
        if (depth <= 0) return of({"insured", "insured = true", "name is null", "place is null", "state = \"alpha\"", "true", "false"});
        const int d = depth - 1;
        switch (pick(20)) {
        case 0: return "(" + condition(d) + " and " + condition(d) + ")";
        case 1: return "(" + condition(d) + " or " + condition(d) + (pick(3) == 0 ? " or " + condition(d) : "") + ")";
        case 2: return "not " + condition(d);
        case 3: return "(" + number(d) + compare() + number(d) + ")";
        case 4: return "(" + money(d) + compare() + (pick(3) == 0 ? literal() : money(d)) + ")";
        case 5: return "(" + date(d) + compare() + date(d) + ")";
        case 6: return "(" + instant(d) + compare() + (pick(2) == 0 ? date(d) : instant(d)) + ")";
        case 7: return "(" + text(d) + compare() + text(d) + ")";
        case 8: return "(" + text(d) + of({" contains ", " starts_with "}) + text(d) + ")";
        case 9: return "(" + choice(d) + compare() + of({"\"zeta\"", "\"alpha\"", "\"old\"", "state"}) + ")";
        case 10: return "(" + any(d) + of({" is null", " is not null"}) + ")";
        case 11: return "(" + number(d) + of({" in ", " not in "}) + "(0, 1, 0.5, 12.345, null, 9223372036854775807))";
        case 12: return "(" + text(d) + of({" in ", " not in "}) + "(\"abc\", \"海鸥号\", \"|\"))";
        case 13: return "(" + (pick(2) == 0 ? date(d) : instant(d)) + of({" in ", " not in "}) + period() + ")";
        case 14:
            if (pick(4) == 0) return of({"id in followed()", "id not in followed()", "id in locked()", "id not in locked()"});
            return "(" + reference(d) + of({" in my_team()", " not in my_team()", " = me()", " in (me(), \"12\")", " = \"11\""}) + ")";
        case 15: return of({"has(flags, \"alpha\")", "flags contains \"zeta\"", "(patience = 15d)", "(patience != 10wd)", "(patience is null)"});
        case 16: return "(" + share(d) + compare() + of({"0.4", "0.5", "load", "0.000001"}) + ")";
        case 17: return "(" + choice(d) + " in (\"alpha\", \"old\"))";
        case 18: return "if(" + condition(d) + ", " + condition(d) + ", " + condition(d) + ")";
        default: return "(" + literal() + compare() + number(d) + ")";
        }
    }

private:
    std::size_t pick(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }
    std::string of(std::initializer_list<const char*> words) { return *(words.begin() + static_cast<std::ptrdiff_t>(pick(words.size()))); }
    std::string compare() { return of({" = ", " != ", " < ", " <= ", " > ", " >= "}); }
    std::string literal() { return of({"0", "1", "2", "-3", "0.5", "2.50", "12.345", "0.000001", "100", "9223372036854775807", "-9223372036854775807", "123456.789"}); }
    std::string period()
    {
        return of({"this_week()", "this_month()", "this_quarter()", "this_year()", "last_week()", "last_month()", "last_quarter()", "last_year()", "next_week()", "next_month()", "next_quarter()",
                   "next_year()", "last_days(7)", "last_days(1)", "next_days(30)"});
    }
    std::string child_number() { return of({"voyages.tons", "voyages.boat.crew"}); }
    std::string child_condition(int depth) { return depth <= 0 || pick(2) == 0 ? "" : of({", kind = \"alpha\"", ", tons > 1", ", fee is null", ", began_on >= date(\"2026-01-01\")", ", boat.crew > 1"}); }

    std::string number(int depth)
    {
        if (depth <= 0) return of({"crew", "length", "depth", "harbour.berths", "harbour.next.berths", "version", "0", "1", "-3", "2.5", "12.345", "crew", "length"});
        const int d = depth - 1;
        switch (pick(20)) {
        case 0: return "(" + number(d) + " + " + number(d) + ")";
        case 1: return "(" + number(d) + " - " + number(d) + ")";
        case 2: return "(" + number(d) + " * " + number(d) + ")";
        case 3: return "(" + number(d) + " / " + number(d) + ")";
        case 4: return "-" + number(d);
        case 5: return "abs(" + number(d) + ")";
        case 6: return "round(" + number(d) + ", " + std::to_string(pick(4)) + ")";
        case 7: return "length(" + text(d) + ")";
        case 8: return of({"days_since(", "days_until("}) + (pick(2) == 0 ? date(d) : instant(d)) + ")";
        case 9: return "year(" + date(d) + ")";
        case 10: return "coalesce(" + number(d) + ", " + number(d) + ")";
        case 11: return "if(" + condition(d) + ", " + number(d) + ", " + number(d) + ")";
        case 12: return of({"least(", "greatest("}) + number(d) + ", " + number(d) + ")";
        case 13: return of({"sum(", "avg(", "min(", "max(", "median("}) + child_number() + child_condition(d) + ")";
        case 14: return "count(voyages" + child_condition(d) + ")";
        case 15: return "percentile(voyages.tons, 0.9" + child_condition(d) + ")";
        case 16: return of({"original(price)", "original(budget)"});
        case 17: return "(" + date(d) + " - " + date(d) + ")";
        case 18: return "working_days_between(" + date(d) + ", " + date(d) + ")";
        default: return "(" + money(d) + " / " + money(d) + ")";
        }
    }
    std::string money(int depth)
    {
        if (depth <= 0) return of({"price", "budget", "price"});
        const int d = depth - 1;
        switch (pick(9)) {
        case 0: return "(" + money(d) + of({" + ", " - "}) + money(d) + ")";
        case 1: return "(" + money(d) + " * " + number(d) + ")";
        case 2: return "(" + money(d) + " / " + number(d) + ")";
        case 3: return "coalesce(" + money(d) + ", " + (pick(2) == 0 ? "100.5" : money(d)) + ")";
        case 4: return "if(" + condition(d) + ", " + money(d) + ", " + money(d) + ")";
        case 5: return of({"sum(", "avg(", "min(", "max(", "median("}) + "voyages.fee" + child_condition(d) + ")";
        case 6: return "-" + money(d);
        case 7: return of({"least(", "greatest("}) + money(d) + ", " + money(d) + ")";
        default: return "(" + money(d) + " + 12.34)";
        }
    }
    std::string share(int depth)
    {
        if (depth <= 0) return "load";
        return of({"load", "coalesce(load, 0.5)", "(load + 0.1)", "(load - load)", "abs(load)", "if(insured, load, 0.25)"});
    }
    std::string date(int depth)
    {
        if (depth <= 0) return of({"built_on", "sold_on", "today()", "date(\"2026-03-20\")", "date(\"9999-12-31\")", "built_on", "sold_on"});
        const int d = depth - 1;
        switch (pick(9)) {
        case 0: return "(" + date(d) + of({" + ", " - "}) + of({"15d", "1d", "10wd", "900000d", "3wd"}) + ")";
        case 1: return "add_days(" + date(d) + ", " + of({"crew", "harbour.berths", "30", "version"}) + ")";
        case 2: return of({"month(", "quarter(", "week(", "start_of_year(", "end_of_week(", "end_of_month(", "end_of_quarter(", "end_of_year("}) + date(d) + ")";
        case 3: return "date_of(" + instant(d) + ")";
        case 4: return "if(" + condition(d) + ", " + date(d) + ", " + date(d) + ")";
        case 5: return "coalesce(" + date(d) + ", " + date(d) + ")";
        case 6: return of({"min(", "max("}) + "voyages.began_on" + child_condition(d) + ")";
        case 7: return of({"least(", "greatest("}) + date(d) + ", " + date(d) + ")";
        default: return date(d);
        }
    }
    std::string instant(int depth)
    {
        if (depth <= 0) return of({"seen_at", "created_at", "now()", "instant(\"2026-03-19T16:00:00Z\")", "seen_at"});
        switch (pick(3)) {
        case 0: return "(" + instant(depth - 1) + of({" + ", " - "}) + of({"36h", "90m", "2d", "999999999d"}) + ")";
        case 1: return "coalesce(" + instant(depth - 1) + ", " + instant(depth - 1) + ")";
        default: return instant(depth - 1);
        }
    }
    std::string text(int depth)
    {
        if (depth <= 0) return of({"name", "note", "harbour.name", "harbour.next.name", "\"abc\"", "\"海\"", "\"\"", "\"A\"", "\"|\"", "\"%\"", "name", "note"});
        const int d = depth - 1;
        switch (pick(7)) {
        case 0: return "lower(" + text(d) + ")";
        case 1: return of({"currency(price)", "currency(budget)"});
        case 2: return of({"country(place)", "region(place)", "detail(place)"});
        case 3: return "if(" + condition(d) + ", " + text(d) + ", " + text(d) + ")";
        case 4: return "coalesce(" + text(d) + ", " + text(d) + ")";
        case 5: return of({"min(voyages.name)", "max(voyages.name)"});
        default: return text(d);
        }
    }
    std::string choice(int depth)
    {
        if (depth <= 0) return of({"state", "harbour.kind", "state"});
        return of({"state", "harbour.kind", "min(voyages.kind)", "max(voyages.kind)", "coalesce(state, \"old\")", "if(insured, state, \"zeta\")", "harbour.next.kind"});
    }
    std::string reference(int) { return of({"owner", "harbour", "harbour.next", "me()", "created_by", "id"}); }

    std::mt19937_64 random_;
};

}  // namespace shangdao::store::agreement
