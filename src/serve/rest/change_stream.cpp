// Each listener remembers the last event it was offered, so a reconnect with Last-Event-ID continues without gap or repeat.
#include "serve/rest/change_stream.h"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>

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
// The first change is told at once; while many write, one look at the ledger and at each listener's rights serves all that came since.
constexpr std::chrono::milliseconds between_rounds{40};
// A session or token that expires tells nobody: whoever listens by it is asked for at least this often.
constexpr std::chrono::milliseconds between_looks{500};

// An event as all listeners share it: its record and the names of what changed are read once, however many listen.
struct News {
    const record::Event* event;
    const record::Object* object = nullptr;   // nullptr: of no record that anybody is told of
    std::optional<record::Record> record;     // none: many at once
    json::object changes;
};

News news_of(store::View& view, const record::Catalogue& catalogue, const record::Event& event)
{
    News news{.event = &event};
    const auto* object = catalogue.find(event.object);
    if (object == nullptr) return news;
    const bool notification = object->name() == engine::notification_object.name;
    if (!notification && !object->routed()) return news;
    if (event.id || notification) {
        news.record = view.find(*object, event.id);
        if (!news.record) return news;
        boost::system::error_code error;
        auto changes = json::parse(event.changes, error);
        if (error || !changes.is_object()) return news;
        news.changes = std::move(changes.as_object());
    }
    news.object = object;
    return news;
}

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

std::optional<std::string> frame_for(store::View& view, const engine::Desk& desk, const News& news)
{
    const auto& event = *news.event;
    const auto seq = std::to_string(event.seq);
    // Everybody's screens are drawn from definitions; what became of them is asked for.
    if (event.object == engine::definition_event) return event_frame(seq, "definition", R"({"seq":")" + seq + "\"}");
    if (news.object == nullptr) return std::nullopt;
    const auto& object = *news.object;
    // Only whom it is for hears of a notification; what it says is asked for.
    if (object.name() == engine::notification_object.name) {
        if (news.record->owner() != desk.member || !engine::is_told(view, desk, *news.record)) return std::nullopt;
        return event_frame(seq, "notification", R"({"seq":")" + seq + R"(","id":")" + to_string(event.id) + "\"}");
    }
    if (!desk.guard->may(engine::Action::read, object) || (news.record && !desk.guard->sees(view, object, *news.record))) return std::nullopt;
    // Of many records at once it is not said which they are: listeners of the object look again.
    const auto fields = news.record ? fields_for(desk, object, news.changes) : "[]";
    if (!fields) return std::nullopt;
    std::string data = R"({"seq":")" + seq + R"(","object":)";
    append_json_string(data, object.name());
    data += R"(,"id":)" + (news.record ? "\"" + to_string(event.id) + "\"" : "null") + R"(,"fields":)" + *fields;
    data += R"(,"verb":)";
    append_json_string(data, event.verb);
    data += R"(,"key":)";
    if (event.actor == desk.member) append_json_string(data, event.request);
    else data += "null";
    return event_frame(seq, "change", data + "}");
}

}  // namespace

ChangeStream::ChangeStream(House& house) : house_(house)
{
    house_.engine.on_commit([this](std::span<const record::Event>) { wake(); });
    house_.access.on_end([this] { wake(); });
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

void ChangeStream::wake()
{
    {
        const std::scoped_lock lock(mutex_);
        news_ = true;
    }
    wake_.notify_one();
}

void ChangeStream::loop()
{
    auto next = std::chrono::steady_clock::now();
    while (true) {
        std::list<Listener> current;
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, between_looks, [&] { return news_ || stopping_; });
            wake_.wait_until(lock, next, [&] { return stopping_; });
            if (stopping_) return;
            news_ = false;
            current.swap(listeners_);
            being_sent_ = current.size();
        }
        try {
            close_expelled(current);
            send(current);
        } catch (const Fault&) {
            for (auto& listener : current) listener.stream->close();   // they come back with their last id
            current.clear();
        }
        next = std::chrono::steady_clock::now() + between_rounds;
        const std::scoped_lock lock(mutex_);
        listeners_.splice(listeners_.end(), current);
        being_sent_ = 0;
    }
}

std::size_t ChangeStream::listener_count()
{
    const std::scoped_lock lock(mutex_);
    return being_sent_ + static_cast<std::size_t>(std::ranges::count_if(listeners_, [](const Listener& one) { return one.stream->is_open(); }));
}

void ChangeStream::close_expelled(std::list<Listener>& listeners)
{
    std::erase_if(listeners, [&](const Listener& one) {
        // Somebody disabled between the door and the list of listeners is told of in no later event.
        if (house_.access.stands(one.pass) && house_.engine.people().guard(one.caller.member, house_.engine.clock().now())) return false;
        one.stream->close();
        return true;
    });
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
        std::shared_ptr<const record::Catalogue> known;
        std::vector<News> news;
        for (auto listener = listeners.begin(); listener != listeners.end();) {
            const auto desk = house_.engine.desk(listener->caller);
            bool alive = desk.has_value() && listener->stream->is_open();
            if (alive && known != desk->catalogue) {
                known = desk->catalogue;
                news.clear();
                for (const auto& event : events) news.push_back(news_of(*view, *known, event));
            }
            for (const auto& one : news) {
                if (!alive) break;
                if (one.event->seq <= listener->sent_to) continue;
                if (const auto frame = frame_for(*view, *desk, one)) alive = listener->stream->push(*frame);
                listener->sent_to = one.event->seq;
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
    // A browser names the place itself when its line was cut; a page that takes over from another page can only say it in the address.
    auto last = context.request.headers.find("Last-Event-ID");
    if (!last) last = context.request.parameter("after");
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
        listeners_.push_back({caller_of(context), context.visitor.pass, stream, from});
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
    return {{.method = Method::get, .path = "/api/v1/changes", .summary = "Live changes as server-sent events", .answers = "text/event-stream", .query = "after",
             .handler = answering([this](Context& context) { return listen(context); })}};
}

}  // namespace shangdao::serve::rest
