// Housekeeping – what a server does now and then of its own accord: at its start, and every hour. On a thread of its own.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/engine.h"

namespace shangdao::app {

class Housekeeping {
public:
    explicit Housekeeping(engine::Engine& engine);
    ~Housekeeping();   // lets what runs come to its end
    Housekeeping(const Housekeeping&) = delete;

private:
    void loop();

    engine::Engine& engine_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace shangdao::app
