// Metrics – counters and histograms, printed in Prometheus' text form.
//
// Our own hundred lines instead of a library: fixed label sets known at start, one relaxed atomic per observation, no
// look-up on the way of a request.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shangdao::serve {

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

class Counter {
public:
    void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

// Seconds, in buckets from 0.1 ms to 10 s.
class LatencyHistogram {
public:
    static constexpr std::array<double, 12> bounds_seconds{0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                           0.025,  0.1,    0.25,  1,      2.5,   10};
    void observe(std::chrono::nanoseconds time);
    std::uint64_t count() const;

private:
    friend class Metrics;
    std::array<std::atomic<std::uint64_t>, bounds_seconds.size() + 1> buckets_{};
    std::atomic<std::uint64_t> sum_ns_{0};
};

// Owns what it hands out; references stay valid as long as it lives. Adding and printing lock, counting does not.
class Metrics {
public:
    Counter& counter(std::string name, std::string help, MetricLabels labels = {});
    LatencyHistogram& latency(std::string name, std::string help, MetricLabels labels = {});
    // Read when printed.
    void gauge(std::string name, std::string help, std::function<double()> read, MetricLabels labels = {});
    std::string print() const;

private:
    struct Family {
        std::string name, help;
        std::string_view kind;
    };
    template <typename T>
    struct Series {
        std::size_t family;
        std::string labels;
        T value;
    };
    std::size_t family(std::string name, std::string help, std::string_view kind);

    mutable std::mutex mutex_;
    std::vector<Family> families_;
    std::deque<Series<Counter>> counters_;
    std::deque<Series<LatencyHistogram>> latencies_;
    std::deque<Series<std::function<double()>>> gauges_;
};

}  // namespace shangdao::serve
