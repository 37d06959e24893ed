// Housekeeping – what a server does now and then of its own accord: at its start, every hour, and once a night. On a thread of its own.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/engine.h"

namespace shangdao::app {

// Tells the first round of each night: of a day of the organisation the first after three o'clock in the morning. The day in which it begins
// has had its night.
class Nights {
public:
    Nights(Instant now, const Zone& zone) : last_(night_of(now, zone)) {}
    bool begins(Instant now, const Zone& zone);

private:
    static Date night_of(Instant now, const Zone& zone);

    Date last_;
};

class Housekeeping {
public:
    explicit Housekeeping(engine::Engine& engine);
    ~Housekeeping();   // lets what runs come to its end
    Housekeeping(const Housekeeping&) = delete;

private:
    void loop();

    engine::Engine& engine_;
    Nights nights_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace shangdao::app
