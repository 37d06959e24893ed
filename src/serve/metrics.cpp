#include "serve/metrics.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/require.h"

namespace shangdao::serve {

namespace {

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
    }
    return out;
}

// `a="1",b="2"`, without braces, so a bucket can add its own.
std::string printed(const MetricLabels& labels)
{
    std::string out;
    for (const auto& [name, value] : labels) {
        if (!out.empty()) out += ',';
        out += fmt::format("{}=\"{}\"", name, escaped(value));
    }
    return out;
}

std::string braced(std::string_view labels)
{
    return labels.empty() ? std::string() : fmt::format("{{{}}}", labels);
}

}  // namespace

void LatencyHistogram::observe(std::chrono::nanoseconds time)
{
    const double seconds = std::chrono::duration<double>(time).count();
    const auto bucket =
        static_cast<std::size_t>(std::ranges::lower_bound(bounds_seconds, seconds) - bounds_seconds.begin());
    buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
    sum_ns_.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0)), std::memory_order_relaxed);
}

std::uint64_t LatencyHistogram::count() const
{
    std::uint64_t n = 0;
    for (const auto& bucket : buckets_) n += bucket.load(std::memory_order_relaxed);
    return n;
}

std::size_t Metrics::family(std::string name, std::string help, std::string_view kind)
{
    const auto found = std::ranges::find(families_, name, &Family::name);
    if (found == families_.end()) {
        families_.push_back({std::move(name), std::move(help), kind});
        return families_.size() - 1;
    }
    require(found->kind == kind, "a metric has one kind");
    return static_cast<std::size_t>(found - families_.begin());
}

Counter& Metrics::counter(std::string name, std::string help, MetricLabels labels)
{
    const std::lock_guard lock(mutex_);
    const std::size_t index = family(std::move(name), std::move(help), "counter");
    return counters_.emplace_back(index, printed(labels)).value;
}

LatencyHistogram& Metrics::latency(std::string name, std::string help, MetricLabels labels)
{
    const std::lock_guard lock(mutex_);
    const std::size_t index = family(std::move(name), std::move(help), "histogram");
    return latencies_.emplace_back(index, printed(labels)).value;
}

void Metrics::gauge(std::string name, std::string help, std::function<double()> read, MetricLabels labels)
{
    const std::lock_guard lock(mutex_);
    const std::size_t index = family(std::move(name), std::move(help), "gauge");
    gauges_.emplace_back(index, printed(labels), std::move(read));
}

std::string Metrics::print() const
{
    const std::lock_guard lock(mutex_);
    std::string out;
    for (std::size_t i = 0; i < families_.size(); ++i) {
        const Family& of = families_[i];
        out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", of.name, of.help, of.kind);
        for (const auto& series : counters_)
            if (series.family == i)
                out += fmt::format("{}{} {}\n", of.name, braced(series.labels), series.value.value());
        for (const auto& series : gauges_)
            if (series.family == i) out += fmt::format("{}{} {}\n", of.name, braced(series.labels), series.value());
        for (const auto& series : latencies_) {
            if (series.family != i) continue;
            const std::string before = series.labels.empty() ? "" : series.labels + ",";
            std::uint64_t sum = 0;
            for (std::size_t bucket = 0; bucket < series.value.buckets_.size(); ++bucket) {
                sum += series.value.buckets_[bucket].load(std::memory_order_relaxed);
                const std::string bound = bucket < LatencyHistogram::bounds_seconds.size()
                                              ? fmt::format("{}", LatencyHistogram::bounds_seconds[bucket])
                                              : "+Inf";
                out += fmt::format("{}_bucket{{{}le=\"{}\"}} {}\n", of.name, before, bound, sum);
            }
            out += fmt::format("{}_sum{} {}\n", of.name, braced(series.labels),
                               static_cast<double>(series.value.sum_ns_.load()) / 1e9);
            out += fmt::format("{}_count{} {}\n", of.name, braced(series.labels), sum);
        }
    }
    return out;
}

}  // namespace shangdao::serve
