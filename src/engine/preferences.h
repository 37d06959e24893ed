// Preferences – how a member wants to have it, as far as the server knows the names: which notifications, which look, whether the first
// steps still stand on the first page. One table of names and choices; what is not said is the first choice. They are kept as records of
// preference_object, beside those that are the screens' own.
#pragma once

#include <boost/json/value.hpp>
#include <span>

#include "engine/records.h"

namespace shangdao::engine {

struct PreferenceDef {
    std::string_view name;
    std::span<const std::string_view> choices;   // the first is what holds unsaid
};
std::span<const PreferenceDef> preferences();

// {"theme":"system","notify.assigned":"on",…}: all of them, as the desk's member has them.
std::string preferences_answer(store::View& view, const Desk& desk);
// {"theme":"dark"}: sets what is named, leaves the rest. Refusals unknown_field, unknown_choice; all at once.
Result<void> set_preferences(Work& work, const Records& records, const boost::json::value& body);

// Whether this member wants to be told for that reason.
bool wants_to_be_told(store::View& view, const Desk& desk, Id member, std::string_view reason);

}  // namespace shangdao::engine
