// What a member sees and may, told to somebody who may ask: object by object, and the first page of a list as the member gets it. Both
// come from the member's own guard, through the code that answers the member, and hold nothing that the asker does not see himself.
#pragma once

#include <string>

#include "engine/engine.h"

namespace shangdao::engine {

// {"member":{"id","name","active","roles"},"objects":[{"name","create","read","edit","delete","export","bulk","count","at_least"?,"bounded",
// "hidden","masked","read_only"}…]} of every object that the asker reads. Levels are the member's: none, own, team, all. `count`: the records
// that both of them see, up to 10,000, then `at_least`. `bounded`: the asker himself does not see all records of the object. Fields the asker
// does not see are not named.
std::string sight_answer(store::View& view, const Shoulder& shoulder);

// {"fields":[…],"data":[…],"next":…}: the columns and the first records of the object's list. Refusals: unknown_object, of list_answer.
Result<std::string> sight_list_answer(store::View& view, const Shoulder& shoulder, const Seal& seal, Anchors& anchors, std::string_view object);

// The event that the desk's member looked over that shoulder: an event of the member looked at.
void tell_of_look(Work& work, Id member);

}  // namespace shangdao::engine
