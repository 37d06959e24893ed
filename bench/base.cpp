// What the lowest floor costs: search tokens, sort keys, pinyin, days, ids, JSON. Microseconds a call, one thread.
//   bench_base
#include <fmt/format.h>

#include <chrono>

#include "base/id.h"
#include "base/json.h"
#include "base/text.h"
#include "base/zone.h"

namespace {

using namespace shangdao;

double microseconds_since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

// `once` returns something that depends on its work, so that the work is done.
template <typename Work>
void measure(std::string_view name, int times, Work once)
{
    std::size_t seen = 0;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < times; ++i) seen += static_cast<std::size_t>(once(i));
    fmt::print("{:<44} {:>10.3f} us   {}\n", name, microseconds_since(start) / times, seen % 10);
}

std::string page_of_records()
{
    std::string text = R"({"data":[)";
    for (int i = 0; i < 50; ++i)
        text +=
            R"({"id":"147258369147258369","name":"华兴机械","amount":{"amount":"1236800.00","currency":"CNY"},"share":0.4},)";
    text.back() = ']';
    return text + "}";
}

}  // namespace

int main()
{
    measure("first use: pinyin table", 1, [](int) { return pinyin_readings(U'张').size(); });
    measure("first use: collator", 1, [](int) { return pinyin_sort_key("张").size(); });
    measure("first use: zone Asia/Shanghai", 1, [](int) { return Zone::find("Asia/Shanghai")->name().size(); });
    for (const std::string_view name :
         {"张三", "华兴机械设备", "中国银行长沙", "上海华兴机械设备制造有限公司", "Harbour Lights", "13800138000"})
        measure(fmt::format("search_tokens {}", name), 100'000, [&](int) { return search_tokens(name).size(); });
    measure("search_query 华兴机械", 100'000, [](int) { return search_query("华兴机械").size(); });
    measure("pinyin_sort_key, 6 characters", 100'000, [](int) { return pinyin_sort_key("华兴机械设备").size(); });
    measure("match_key, 6 characters", 100'000, [](int) { return match_key("华兴机械设备").size(); });
    const auto zone = Zone::find("America/New_York").value();
    measure("date_of, zone with summer time", 1'000'000,
            [&](int i) { return zone.date_of(Instant{1'700'000'000'000'000 + i * 1'000'000'000LL}).days; });
    const auto calendar = WorkCalendar::china();
    measure("working-day ordinal", 1'000'000, [&](int i) { return calendar.ordinal(Date{20'000 + i % 1000}); });
    const SystemClock clock;
    IdSource ids(clock);
    measure("next id", 1'000'000, [&](int) { return ids.next().value % 7; });
    const auto text = page_of_records();
    measure(fmt::format("parse_json, {} bytes", text.size()), 5'000,
            [&](int) { return parse_json(text)->as_object().size(); });
    const auto value = parse_json(text).value();
    measure("append_json of the same", 5'000, [&](int) {
        std::string out;
        append_json(out, value);
        return out.size();
    });
}
