// A problem as jobs keep it: {"code","field","args"}. The sentence is made when it is read, in the reader's language.
#pragma once

#include <boost/json/object.hpp>

#include "base/result.h"

namespace shangdao::engine {

boost::json::object kept_problem(const Problem& problem);
Problem problem_of(const boost::json::object& kept);   // what else stands in `kept` is the keeper's

}  // namespace shangdao::engine
