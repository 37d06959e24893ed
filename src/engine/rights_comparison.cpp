#include "engine/rights_comparison.h"

#include <algorithm>
#include <iterator>

#include "engine/people.h"
#include "engine/sharing/locks.h"

namespace shangdao::engine {

namespace {

constexpr std::size_t examples_max = 5;

void add_guard(std::vector<std::string>& lines, Id member, const std::shared_ptr<const Guard>& guard)
{
    const auto of = "guard of " + to_string(member) + ": ";
    if (!guard) return lines.push_back(of + "none");
    for (const auto& line : guard->lines()) lines.push_back(of + line);
}

std::vector<std::string> only_in(const std::vector<std::string>& one, const std::vector<std::string>& other)
{
    std::vector<std::string> only;
    std::ranges::set_difference(one, other, std::back_inserter(only));
    return only;
}

}  // namespace

RightsComparison compare_rights(const People& held, const Locks& held_locks, const People& made, const Locks& made_locks, Instant now)
{
    const auto lines_of = [](const People& people, const Locks& locks) {
        auto lines = people.lines();
        for (const auto record : *locks.all()) lines.push_back("lock of " + to_string(record));
        return lines;
    };
    auto is = lines_of(held, held_locks), should = lines_of(made, made_locks);
    for (const auto& [member, guard] : held.kept_guards(now)) {
        add_guard(is, member, guard);
        add_guard(should, member, made.guard(member, now));
    }
    std::ranges::sort(is);
    std::ranges::sort(should);
    const auto gone = only_in(is, should), missing = only_in(should, is);
    RightsComparison comparison{.lines = std::ssize(is), .differences = std::ssize(gone) + std::ssize(missing), .examples = {}};
    for (const auto& [sign, lines] : {std::pair{"-", &gone}, std::pair{"+", &missing}})
        for (const auto& line : *lines)
            if (comparison.examples.size() < examples_max) comparison.examples.push_back(sign + line);
    return comparison;
}

}  // namespace shangdao::engine
