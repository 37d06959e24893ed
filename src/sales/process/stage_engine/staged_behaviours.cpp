// Registering the stage engine under the names of the definitions.
#include "sales/process/stage_engine/staged_behaviours.h"

#include "sales/process/stage_engine/exceptions.h"

namespace shangdao::process {

void add_staged_behaviours(engine::Behaviours& behaviours, std::string_view object, const std::shared_ptr<const StageEngine>& stages)
{
    using engine::Arguments;
    auto& behaviour = behaviours.of(object);
    behaviour.rules.emplace_back([stages](Work& work, const Object& of, const Record* before, Record& next, const Occasion& occasion) {
        return stages->keep(work, of, before, next, occasion);
    });
    behaviour.aftermaths.emplace_back([stages](Work& work, const Object& of, const Record* before, const Record& now, const Occasion& occasion) {
        return stages->record_beginning(work, of, before, now, occasion);
    });
    behaviour.verbs["advance"] = [stages](Work& work, const Object& of, const Record& current, const Arguments& arguments) {
        return stages->advance(work, of, current, arguments.get<std::string>("to"));
    };
    behaviour.verbs["step_back"] = [stages](Work& work, const Object& of, const Record& current, const Arguments& arguments) {
        return stages->step_back(work, of, current, arguments.get<std::string>("to"), arguments.get<std::string>("reason"));
    };
    behaviour.verbs["reopen"] = [stages](Work& work, const Object& of, const Record& current, const Arguments& arguments) {
        return stages->reopen(work, of, current, *arguments.get<std::string>("reason"));
    };
    behaviour.verbs["adopt_version"] = [stages](Work& work, const Object& of, const Record& current, const Arguments& arguments) {
        return stages->adopt_version(work, of, current, *arguments.get<Id>("to_version"), arguments.get<std::string>("map"));
    };
    behaviour.take_back = [stages](Work& work, const Object& of, const Record& current, const record::Changes& old) { return stages->take_back(work, of, current, old); };
    behaviour.matters = {exception_matter(stages->library())};
    behaviour.born_with = {"stage"};
    behaviour.doors["stage"] = [stages](Work& work, const Object& of, const Record& current, const record::Value& wanted) {
        return stages->stage_door(work, of, current, wanted);
    };
    behaviour.doors["outcome"] = [stages](Work& work, const Object& of, const Record& current, const record::Value& wanted) {
        return stages->outcome_door(work, of, current, wanted);
    };
}

}  // namespace shangdao::process
