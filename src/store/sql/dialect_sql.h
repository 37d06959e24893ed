// What the two dialects of SQL say differently; everything else the compiler says once. Their functions are called alike – sd_… in
// sqlite/formula_functions and postgres/formula_functions, with one meaning.
#pragma once

#include <string>
#include <vector>

#include "store/sql/statement.h"

namespace shangdao::store::sql {

// A term of a sum, widened by so many digits.
struct TermSql {
    std::string sql;
    int digits;
    bool minus;
};

class DialectSql {
public:
    static const DialectSql& of(Dialect dialect);    // lives as long as the program
    virtual ~DialectSql() = default;

    struct Words {
        const char* same;          // between two values: null is one
        const char* differ;
        const char* place;         // of a text in a text, from 1; 0: it is not there
        const char* least;         // of two; null when either is
        const char* greatest;
        const char* join;          // the rows on the right are looked up for each on the left
        bool null_is_least;        // of an index's order, else it is the greatest
    };
    virtual const Words& words() const = 0;

    virtual std::string parameter(std::size_t number, const Bind& value) const = 0;
    virtual std::string null_of(const formula::ExprType& type) const = 0;
    // The value of a physical column: days of a date.
    virtual std::string column(const std::string& name, record::Type type) const = 0;
    // True when the bound set holds `value`; null is in no set.
    virtual std::string in_set(const std::string& set, const std::string& value) const = 0;
    // The same of the id of a row, which an index may look up.
    virtual std::string in_ids(const std::string& set, const std::string& id) const = 0;

    virtual std::string sum(const std::vector<TermSql>& terms) const = 0;
    virtual std::string total(const std::string& value) const = 0;
    virtual std::string mean(const std::string& value, int digits) const = 0;
    virtual std::string percentile(const std::string& value, const std::string& ppm, int digits) const = 0;

    // What the functions of zones and of working days take for them.
    virtual std::vector<Bind> of_zone(const Zone& zone) const = 0;
    virtual std::vector<Bind> of_calendar(const std::shared_ptr<const WorkCalendar>& calendar) const = 0;
};

const DialectSql& sqlite_sql();
const DialectSql& postgres_sql();

}  // namespace shangdao::store::sql
