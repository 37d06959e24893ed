// Mailer – sends the letters that wait, one after the other, on a thread of its own: no request waits for a mail server. A server that is
// down costs nothing but time: the letters stay in the outbox.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "engine/access/access.h"
#include "engine/engine.h"
#include "serve/out/smtp.h"

namespace shangdao::serve {

struct MailSettings {
    out::SmtpServer server;
    std::string from;            // an address
    std::string base_url;        // what links begin with
};

class Mailer {
public:
    Mailer(MailSettings settings, engine::Engine& engine, engine::Access& access);
    ~Mailer() { stop(); }
    Mailer(const Mailer&) = delete;

    void start();
    void stop();                 // lets a mail that is being sent go its way, a minute at most; what is posted from now on waits
    void nudge();                // something was posted; any thread

private:
    void loop();
    bool send_next();            // false: nothing is due

    MailSettings settings_;
    engine::Engine& engine_;
    engine::Access& access_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false, nudged_ = false;
    std::thread thread_;
};

}  // namespace shangdao::serve
