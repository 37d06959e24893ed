// Taking an open record into another version of its process (D15): a stage both know it keeps, with its stay and its clock; a stage the
// version no longer has is left for the one its map names. No gate is passed on the way: nobody moved. An undo gives all of it back.
#include <boost/json.hpp>

#include "base/text.h"
#include "sales/process/stage_engine/stage_engine.h"

namespace shangdao::process {

namespace {

namespace json = boost::json;
using record::Changes;
using record::ChoiceKey;

// The stage of `document` that takes the place of `stage`: itself, or what `map` ({"old":"new"}) says.
Result<std::size_t> successor(const ProcessDocument& document, const std::string& stage, const std::string* map)
{
    if (const auto same = document.find(stage)) return *same;
    boost::system::error_code error;
    const auto said = map == nullptr ? json::value(json::object()) : json::parse(*map, error);
    if (error || !said.is_object()) return refuse("invalid_value", "map", {{"expected", "object"}});
    const auto* to = said.as_object().if_contains(stage);
    if (to == nullptr || !to->is_string()) return refuse("stage_unmapped", "map", {{"name", stage}});
    if (const auto found = document.find(to->as_string())) return *found;
    std::vector<std::string_view> known;
    for (const auto& one : document.stages) known.push_back(one.key);
    std::map<std::string, std::string> args{{"name", std::string{to->as_string().subview(0, 80)}}};
    if (const auto near = nearest(to->as_string(), known)) args["nearest"] = *near;
    return refuse("stage_unknown", "map", std::move(args));
}

}  // namespace

Result<Record> StageEngine::adopt_version(Work& work, const Object& object, const Record& current, Id version,
                                          const std::string* map) const
{
    const StagedSlots slots(object);
    const Place place(object, current);
    if (!place.open()) return refuse("record_closed", "outcome", {{"outcome", place.outcome}});
    if (place.version == version) return current;
    TRY(const auto before, plan_of(work, object, current));
    TRY(const auto plan, library_->plan(work.unit, *work.desk.catalogue, work.desk.organisation->base, version));
    if (plan->process != place.process)
        return refuse("invalid_value", "to_version", {{"expected", "a version of the record's process"}});
    TRY(const auto index, successor(plan->document, place.stage, map));
    const auto& stage = plan->document.stages[index];
    if (stage.kind == Stage::Kind::deliver)
        return refuse("stage_last", "map", {{"verb", std::string{trade_of(object).good_verb}}});

    const bool stays = stage.key == place.stage;
    const auto entered =
        stays ? value_or<Instant>(current, slots.stage_entered_at, work.desk.moment.now) : work.desk.moment.now;
    const auto stalls = stalled_since(stage, entered, work.desk.moment);
    Changes changes{{slots.process_version, version},
                    {slots.stage, ChoiceKey{stage.key}},
                    {slots.stalled_since, stalls ? record::Value{*stalls} : record::Value{record::Null{}}}};
    if (!stays) changes.push_back({slots.stage_entered_at, entered});
    if (slots.win_share && stage.win_share) {
        const auto left = before->document.find(place.stage);
        const auto* share = std::get_if<Share>(&current.at(*slots.win_share));
        const auto seed = left ? before->document.stages[*left].win_share : std::nullopt;
        if (share == nullptr || (seed && *share == *seed))
            changes.push_back({*slots.win_share, *stage.win_share});  // a share adjusted by hand stays
    }
    TRY(auto now, records_.put(work, object, current, changes, {.verb = "adopted"}));
    if (stays) return now;
    Passages passages(work, records_, object, now, *plan);
    passages.leave("mapped", work.desk.moment.now, Passages::WentOn::no);
    passages.enter(index, "mapped", work.desk.moment.now);
    return now;
}

}  // namespace shangdao::process
