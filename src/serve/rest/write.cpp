// The late answer carries everything it needs; the context is gone by then.
#include "serve/rest/write.h"

#include <charconv>

#include "base/json.h"
#include "base/bytes.h"
#include "base/secret.h"
#include "engine/once.h"

namespace shangdao::serve::rest {

namespace {

// Written in one string, as a unit's answer and as what an Idempotency-Key remembers: "version\nlocation\nbody".
std::string packed(const Written& written) { return std::to_string(written.version) + "\n" + written.location + "\n" + written.body; }

Response unpacked(int status, std::string_view text)
{
    const auto first = text.find('\n');
    const auto second = text.find('\n', first + 1);
    const auto version = text.substr(0, first);
    const auto location = text.substr(first + 1, second - first - 1);
    const auto body = text.substr(second + 1);
    auto response = body.empty() ? no_content() : json_response(status, std::string{body});
    if (version != "0") response.add("ETag", "\"" + std::string{version} + "\"");
    if (!location.empty()) response.add("Location", std::string{location});
    return response;
}

}  // namespace

Told telling(Reply reply, Language language, std::function<Response(const std::string&)> good)
{
    return [shared = std::make_shared<Reply>(std::move(reply)), language, good = std::move(good)](Result<std::string> answer, std::exception_ptr failure) {
        if (failure) {
            try {
                std::rethrow_exception(failure);
            } catch (const std::exception& thrown) {
                return (*shared)(problem_response(thrown, language, "w"));
            }
        }
        (*shared)(answer ? good(*answer) : problem_response(answer.error(), language));
    };
}

void write_and_reply(House& house, const Context& context, int status, WriteFunction function, Reply reply)
{
    const auto key = context.request.headers.find("Idempotency-Key");
    engine::Once once;
    if (key && !key->empty()) {
        if (key->size() > 255) return reply(context.refusal(Problems{{"too_long", "Idempotency-Key", {{"limit", "255"}}}}));
        once.key = *key;
        once.request_hash = base64url(sha256(std::string{to_string(context.request.method)} + " " + context.request.path + "?" + context.request.raw_query + "\n" + context.request.body));
    }
    house.engine.write(
        caller_of(context),
        [function = std::move(function), once](engine::Work& work) -> Result<std::string> {
            return engine::only_once(work, once, [&]() -> Result<std::string> {
                TRY(const auto written, function(work));
                return packed(written);
            });
        },
        telling(std::move(reply), context.language, [status](const std::string& text) { return unpacked(status, text); }));
}

void write_then_reply(House& house, const Context& context, engine::Engine::Work_ work, Reply reply)
{
    house.engine.write(caller_of(context), std::move(work), telling(std::move(reply), context.language, [](const std::string& text) { return json_response(200, text); }));
}

void queue_and_reply(House& house, const Context& context, std::function<Result<Id>(engine::Work&)> begin, Reply reply)
{
    auto answered = std::make_shared<Reply>(std::move(reply));
    Reply nudging(
        [&house, answered](Response response) {
            house.engine.jobs().nudge();
            (*answered)(std::move(response));
        },
        // Whoever drops it drops the last hold on the client's reply, which then tells.
        [] {});
    write_and_reply(house, context, 202, [begin = std::move(begin)](engine::Work& work) -> Result<Written> {
        TRY(const auto id, begin(work));
        return Written{.body = R"({"job":")" + to_string(id) + "\"}", .location = "/api/v1/jobs/" + to_string(id)};
    }, std::move(nudging));
}

Result<std::optional<std::int64_t>> if_match(const Request& request)
{
    const auto header = request.headers.find("If-Match");
    if (!header) return refuse("version_missing", "If-Match");
    auto text = *header;
    if (text == "*") return std::optional<std::int64_t>{};
    if (text.starts_with("W/")) text.remove_prefix(2);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    std::int64_t version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    if (error != std::errc{} || end != text.data() + text.size() || version < 1) return refuse("invalid_value", "If-Match", {{"expected", "version"}, {"value", std::string{header->substr(0, 40)}}});
    return std::optional<std::int64_t>{version};
}

}  // namespace shangdao::serve::rest
