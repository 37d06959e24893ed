// Our own JSON: what does not read is a bug.
#include "engine/kept_problem.h"

#include <boost/json.hpp>

namespace shangdao::engine {

boost::json::object kept_problem(const Problem& problem)
{
    boost::json::object args;
    for (const auto& [name, value] : problem.args) args[name] = value;
    return {{"code", problem.code}, {"field", problem.field}, {"args", std::move(args)}};
}

Problem problem_of(const boost::json::object& kept)
{
    Problem problem{std::string{kept.at("code").as_string()}, std::string{kept.at("field").as_string()}, {}};
    for (const auto& [name, value] : kept.at("args").as_object()) problem.args[std::string{name}] = std::string{value.as_string()};
    return problem;
}

}  // namespace shangdao::engine
