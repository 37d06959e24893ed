#include "serve/mail/mailer.h"

#include "base/fault.h"
#include "base/log.h"
#include "serve/mail/letters.h"

namespace shangdao::serve {

namespace {

// When a letter comes due the injected clock says, which wakes nobody. Where nothing waits, another process may have left something.
constexpr std::chrono::milliseconds look_while_waiting{500};
constexpr std::chrono::seconds look_when_empty{60};

}  // namespace

Mailer::Mailer(MailSettings settings, engine::Engine& engine, engine::Access& access) : settings_(std::move(settings)), engine_(engine), access_(access) {}

void Mailer::stop()
{
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Mailer::start() { thread_ = std::thread([this] { loop(); }); }

void Mailer::nudge()
{
    {
        const std::scoped_lock lock(mutex_);
        nudged_ = true;
    }
    wake_.notify_all();
}

bool Mailer::send_next()
{
    const auto letter = access_.take_letter();
    if (!letter) return false;
    auto mail = letter_mail({settings_.from, settings_.base_url, engine_.organisation()->name}, *letter);
    mail.sent_at = engine_.clock().now();
    mail.id = to_string(letter->id);
    const auto bytes = exchange::write_mail(mail);
    // An address that no mail goes to was written into the member by somebody who can mend it.
    const auto handed = bytes ? out::hand_over(settings_.server, mail.from.address, mail.to.address, *bytes) : out::Handed{out::Delivery::refused, bytes.error().front().code + " " + bytes.error().front().field};
    switch (handed.delivery) {
    case out::Delivery::accepted: access_.letter_sent(letter->id); break;
    case out::Delivery::failed: access_.letter_failed(letter->id, engine::Access::Failure::passing); break;
    case out::Delivery::refused: access_.letter_failed(letter->id, engine::Access::Failure::final); break;
    }
    if (handed.delivery == out::Delivery::accepted) log(Level::info, "mail sent", {{"letter", mail.id}, {"kind", engine::to_string(letter->kind)}});
    else log(Level::warning, "mail not sent", {{"letter", mail.id}, {"kind", engine::to_string(letter->kind)}, {"member", to_string(letter->to.id)}, {"what", handed.what}});
    return true;
}

void Mailer::loop()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        nudged_ = false;
        lock.unlock();
        bool more = false, waiting = true;
        try {
            more = send_next();
            waiting = more || access_.letters_waiting() > 0;
        } catch (const Fault& fault) {
            log(Level::error, "the mailer met a fault", {{"what", fault.what()}});
        }
        lock.lock();
        if (!more) wake_.wait_for(lock, waiting ? look_while_waiting : std::chrono::milliseconds{look_when_empty}, [this] { return stopping_ || nudged_; });
    }
}

}  // namespace shangdao::serve
