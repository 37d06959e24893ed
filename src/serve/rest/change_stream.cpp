// Each listener remembers the last event it was offered, so a reconnect with Last-Event-ID continues without gap or repeat.
#include "serve/rest/change_stream.h"

#include <boost/json.hpp>

#include <charconv>

#include "base/fault.h"
#include "base/json.h"
#include "engine/definitions.h"
#include "engine/notifications.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;

constexpr std::int64_t batch = 200;
constexpr std::int64_t replay_max = 5'000;       // further behind: the client starts afresh ("reset")
constexpr std::size_t replay_bytes_max = std::size_t{8} << 20;   // room for all of them at once, or the same client would be cut again and again
constexpr std::size_t listeners_max = 20'000;

// Field names of an event that this viewer may read; nullopt when the event is nothing to them.
std::optional<std::string> fields_for(const engine::Desk& desk, const record::Object& object, const json::object& changes)
{
    std::string out = "[";
    for (const auto& [name, value] : changes) {
        const auto slot = object.slot(name);
        if (!slot || desk.guard->field(object, *slot) < record::FieldLevel::read) continue;
        if (out.size() > 1) out += ',';
        append_json_string(out, std::string_view{name});
    }
    if (out.size() == 1 && !changes.empty()) return std::nullopt;
    return out + "]";
}

// Only whom it is for hears of a notification; what it says is asked for.
std::optional<std::string> notification_frame(store::View& view, const engine::Desk& desk, const record::Object& object, const record::Event& event)
{
    const auto notification = view.find(object, event.id);
    if (!notification || notification->owner() != desk.member) return std::nullopt;
    return event_frame(std::to_string(event.seq), "notification", R"({"seq":")" + std::to_string(event.seq) + R"(","id":")" + to_string(event.id) + "\"}");
}

std::optional<std::string> frame_for(store::View& view, const engine::Desk& desk, const record::Event& event)
{
    const auto* object = desk.catalogue->find(event.object);
    if (object != nullptr && object->name() == engine::notification_object.name) return notification_frame(view, desk, *object, event);
    // Everybody's screens are drawn from definitions; what became of them is asked for.
    if (event.object == engine::definition_event) return event_frame(std::to_string(event.seq), "definition", R"({"seq":")" + std::to_string(event.seq) + "\"}");
    if (object == nullptr || !object->routed() || !desk.guard->may(engine::Action::read, *object)) return std::nullopt;
    std::string data = R"({"seq":")" + std::to_string(event.seq) + R"(","object":)";
    append_json_string(data, object->name());
    if (event.id) {
        const auto record = view.find(*object, event.id);
        if (!record || !desk.guard->sees(view, *object, *record)) return std::nullopt;
        boost::system::error_code error;
        const auto changes = json::parse(event.changes, error);
        if (error || !changes.is_object()) return std::nullopt;
        const auto fields = fields_for(desk, *object, changes.as_object());
        if (!fields) return std::nullopt;
        data += R"(,"id":")" + to_string(event.id) + R"(","fields":)" + *fields;
    } else {
        // Many records at once: listeners of this object look again; which records these are is not said.
        data += R"(,"id":null,"fields":[])";
    }
    data += R"(,"verb":)";
    append_json_string(data, event.verb);
    data += R"(,"key":)";
    if (event.actor == desk.member) append_json_string(data, event.request);
    else data += "null";
    return event_frame(std::to_string(event.seq), "change", data + "}");
}

}  // namespace

ChangeStream::ChangeStream(House& house) : house_(house)
{
    house_.engine.on_commit([this](std::span<const record::Event>) {
        {
            const std::scoped_lock lock(mutex_);
            news_ = true;
        }
        wake_.notify_one();
    });
    thread_ = std::thread([this] { loop(); });
}

ChangeStream::~ChangeStream()
{
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
    for (auto& listener : listeners_) listener.stream->close();
}

void ChangeStream::loop()
{
    while (true) {
        std::list<Listener> current;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return news_ || stopping_; });
            if (stopping_) return;
            news_ = false;
            current.swap(listeners_);
        }
        try {
            send(current);
        } catch (const Fault&) {
            for (auto& listener : current) listener.stream->close();   // they come back with their last id
            current.clear();
        }
        const std::scoped_lock lock(mutex_);
        listeners_.splice(listeners_.end(), current);
    }
}

void ChangeStream::send(std::list<Listener>& listeners)
{
    auto view = house_.engine.store().read();
    const auto head = view->head();
    std::int64_t oldest = head;
    for (const auto& listener : listeners) oldest = std::min(oldest, listener.sent_to);
    for (auto from = oldest; from < head;) {
        const auto events = view->events_after(from, batch);
        if (events.empty()) break;
        for (auto listener = listeners.begin(); listener != listeners.end();) {
            const auto desk = house_.engine.desk(listener->caller);
            bool alive = desk.has_value() && listener->stream->is_open();
            for (const auto& event : events) {
                if (!alive) break;
                if (event.seq <= listener->sent_to) continue;
                if (const auto frame = frame_for(*view, *desk, event)) alive = listener->stream->push(*frame);
                listener->sent_to = event.seq;
            }
            if (alive) {
                ++listener;
            } else {
                listener->stream->close();
                listener = listeners.erase(listener);
            }
        }
        from = events.back().seq;
    }
}

Result<Response> ChangeStream::listen(Context& context)
{
    const auto head = house_.engine.store().read()->head();
    std::int64_t from = head;
    const auto last = context.request.headers.find("Last-Event-ID");
    auto stream = last ? std::make_shared<EventStream>(replay_bytes_max) : std::make_shared<EventStream>();
    if (last) {
        std::int64_t seq = 0;
        const auto [end, error] = std::from_chars(last->data(), last->data() + last->size(), seq);
        if (error != std::errc{} || end != last->data() + last->size() || seq < 0 || seq > head || head - seq > replay_max)
            stream->push(event_frame(std::to_string(head), "reset", R"({"seq":")" + std::to_string(head) + "\"}"));
        else from = seq;
    }
    {
        const std::scoped_lock lock(mutex_);
        if (listeners_.size() >= listeners_max) return refuse("overloaded");
        listeners_.push_back({caller_of(context), stream, from});
        news_ = news_ || from < head;
    }
    wake_.notify_one();
    Response response;
    response.content_type = "text/event-stream; charset=utf-8";
    response.stream = std::move(stream);
    return response;
}

std::vector<Route> ChangeStream::routes()
{
    return {{.method = Method::get, .path = "/api/v1/changes", .summary = "Live changes as server-sent events", .answers = "text/event-stream",
             .handler = answering([this](Context& context) { return listen(context); })}};
}

}  // namespace shangdao::serve::rest
