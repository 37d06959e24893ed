// The named measures of deals, leads, passages and activities. A number carries its passport: formula, unit, what it leaves out.
#include <array>

#include "sales/analysis/objects.h"

namespace shangdao::analysis {

namespace {

using engine::MeasureDef;

constexpr MeasureDef table[] = {
    {.name = "deal_count", .object = "deal", .formula = "count()", .label = {"商机数", "Number of deals"}, .unit = "count"},
    {.name = "won_count", .object = "deal", .formula = R"(count(outcome = "won"))", .label = {"赢单数", "Deals won"}, .unit = "count"},
    {.name = "lost_count", .object = "deal", .formula = R"(count(outcome = "lost"))", .label = {"输单数", "Deals lost"}, .unit = "count"},
    {.name = "open_count", .object = "deal", .formula = R"(count(outcome = "open"))", .label = {"进行中商机数", "Deals open"}, .unit = "count"},
    {.name = "win_rate", .object = "deal", .formula = R"(count(outcome = "won") / count(outcome != "open"))", .label = {"赢率（赢/(赢+输)）", "Win rate"},
     .help = {"已结束商机中赢单所占比例；进行中的不计", "Won among the closed deals; open ones are left out"}, .unit = "share"},
    {.name = "cycle_days_median", .object = "deal", .formula = "median(cycle_days)", .label = {"成交周期中位数", "Median cycle, days"},
     .help = {"开始到结束的天数；日期不全的商机不计", "Days from opened to closed; deals that lack a date are left out"}, .unit = "days"},
    {.name = "stage_days_median", .object = "passage", .formula = "median(stage_days)", .label = {"阶段停留中位数", "Median days in stage"},
     .help = {"只计时间已知的停留", "Only stays whose times are known"}, .unit = "days"},
    {.name = "entered", .object = "passage", .formula = "count(first_visit = true)", .label = {"进入阶段数", "Entered"},
     .help = {"退回后再次进入只计一次", "A record that went back counts once"}, .unit = "count"},
    {.name = "passed", .object = "passage", .formula = "count(passed = true)", .label = {"通过阶段数", "Passed"}, .unit = "count"},
    {.name = "stage_conversion", .object = "passage", .formula = "count(passed = true) / count(first_visit = true)", .label = {"阶段转化率", "Stage conversion"},
     .help = {"进入过该阶段的记录中继续前进的比例", "Of the records that entered, the share that went on"}, .unit = "share"},
    {.name = "lead_count", .object = "lead", .formula = "count()", .label = {"线索数", "Number of leads"}, .unit = "count"},
    {.name = "lead_conversion", .object = "lead", .formula = R"(count(outcome = "converted") / count())", .label = {"线索转化率", "Lead conversion"},
     .help = {"全部线索中已转化的比例，含跟进中的", "Converted among all leads, open ones included"}, .unit = "share"},
    {.name = "activity_count", .object = "activity", .formula = R"(count(state = "done"))", .label = {"活动数", "Number of activities"}, .help = {"只计已完成的", "Only those done"}, .unit = "count"},
};

}  // namespace

std::span<const MeasureDef* const> measures()
{
    static constexpr auto all = [] {
        std::array<const MeasureDef*, std::size(table)> pointers{};
        for (std::size_t i = 0; i < pointers.size(); ++i) pointers[i] = &table[i];
        return pointers;
    }();
    return all;
}

}  // namespace shangdao::analysis
