// Words the demonstration company is made of. All people and companies are invented.
#pragma once

#include <span>
#include <string_view>

namespace shangdao::demo {

struct City {
    std::string_view name;       // 苏州
    std::string_view region;     // GB/T 2260
    std::string_view area_code;
    int team;                    // which of the sales teams serves it
};

struct Trade {
    std::string_view industry;   // key of the choice
    std::string_view word;       // 机械
    std::string_view suffix;     // 有限公司
    double weight;
};

struct Goods {
    std::string_view name, code, series, unit;
    double price_yuan;
    double weight;
};

struct Hand {                    // a member of the sales force
    std::string_view name, email, job_title, role;
    int team;                    // −1: none
    double skill;                // multiplies the odds of every stage
};

std::span<const City> cities();
std::span<const Trade> trades();
std::span<const Goods> goods();
std::span<const Hand> hands();                     // admin first, then three managers, then reps
std::span<const std::string_view> teams();
std::span<const std::string_view> brands();        // 华兴, 恒通 …
std::span<const std::string_view> surnames();
std::span<const std::string_view> male_names();
std::span<const std::string_view> female_names();
std::span<const std::string_view> job_titles();
std::span<const std::string_view> needs();
std::span<const std::string_view> rivals();
std::span<const std::string_view> talks();         // subjects of conversations
std::span<const std::string_view> steps();         // next steps

}  // namespace shangdao::demo
