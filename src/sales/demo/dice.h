// Dice – chance that falls alike on every machine: SplitMix64 and distributions of our own, since those of the standard library
// may differ between implementations. Same seed, same company.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>

namespace shangdao::demo {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15ULL;
        auto z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    double share() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }                        // [0, 1)
    bool chance(double probability) { return share() < probability; }
    int whole(int from, int to) { return from + static_cast<int>(next() % static_cast<std::uint64_t>(to - from + 1)); }   // both included
    template <typename T, std::size_t N> const T& one_of(std::span<const T, N> all) { return all[next() % all.size()]; }
    // Log-normal: around `median`, `spread` as the standard deviation of the logarithm.
    double around(double median, double spread)
    {
        const auto radius = std::sqrt(-2.0 * std::log(1.0 - share()));
        return median * std::exp(spread * radius * std::cos(2.0 * std::numbers::pi * share()));
    }
    // Position drawn with these weights.
    std::size_t weighted(std::span<const double> weights)
    {
        double sum = 0;
        for (const auto weight : weights) sum += weight;
        auto place = share() * sum;
        for (std::size_t i = 0; i < weights.size(); ++i)
            if ((place -= weights[i]) < 0) return i;
        return weights.size() - 1;
    }

private:
    std::uint64_t state_;
};

}  // namespace shangdao::demo
