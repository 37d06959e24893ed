// Nothing here reads business data; /version tells how durable the store really is, read back from it.
#include "serve/rest/system_routes.h"

#include "base/json.h"

namespace shangdao::serve::rest {

std::vector<Route> system_routes(House& house, Metrics& metrics, const std::function<bool()>& ready)
{
    return {
        {.method = Method::get, .path = "/healthz", .access = Access::anonymous, .summary = "The process answers", .answers = "text/plain",
         .handler = answering([](Context&) -> Result<Response> { return text_response(200, "ok\n"); })},
        {.method = Method::get, .path = "/readyz", .access = Access::anonymous, .summary = "The store answers", .answers = "text/plain",
         .handler = answering([&house, ready](Context& context) -> Result<Response> {
             if (!ready()) return context.refusal("not_ready");
             (void)house.engine.store().read()->head();
             return text_response(200, "ready\n");
         })},
        {.method = Method::get, .path = "/metrics", .access = Access::anonymous, .summary = "Counters for Prometheus", .answers = "text/plain",
         .handler = answering([&house, &metrics](Context&) -> Result<Response> {
             auto text = metrics.print();
             auto view = house.engine.store().read();
             const auto head = view->head();
             text += "# TYPE shangdao_ledger_head gauge\nshangdao_ledger_head " + std::to_string(head) + "\n";
             text += "# TYPE shangdao_ledger_unsealed gauge\nshangdao_ledger_unsealed " + std::to_string(head - house.engine.store().sealed_to()) + "\n";
             text += "# TYPE shangdao_search_behind gauge\nshangdao_search_behind " + std::string{house.engine.store().search_is_behind() ? "1" : "0"} + "\n";
             auto response = text_response(200, std::move(text));
             response.content_type = "text/plain; version=0.0.4; charset=utf-8";
             return response;
         })},
        {.method = Method::get, .path = "/version", .access = Access::anonymous, .summary = "Version, and how durable writes are",
         .handler = answering([&house](Context&) -> Result<Response> {
             std::string out = R"({"name":"shangdao","version":)";
             append_json_string(out, house.version);
             out += house.engine.is_in_database() ? R"(,"store":"postgres")" : R"(,"store":"sqlite")";
             out += R"(,"synchronous":)";
             append_json_string(out, house.engine.store().synchronous());
             return json_response(200, out + "}");
         })},
    };
}

}  // namespace shangdao::serve::rest
