// What the HTTP edge costs by itself: one route through parser, worker hand-off, checks, metrics and writer.
//   bench_edge [port] [io threads] [workers]; then: wrk -t2 -c16 -d5 --latency http://127.0.0.1:PORT/api/v1/hello
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "serve/edge.h"
#include "serve/site.h"

int main(int argc, char** argv)
{
    using namespace shangdao;
    using namespace shangdao::serve;
    const auto argument = [&](int index, int otherwise) { return argc > index ? std::atoi(argv[index]) : otherwise; };

    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const SystemClock clock;
    Metrics metrics;
    Site site({.metrics = &metrics});
    const Route routes[] = {
        {.method = Method::get,
         .path = "/api/v1/hello",
         .access = Access::anonymous,
         .summary = "Greets",
         .handler = [](Context&, Reply reply) { reply(json_response(200, R"({"hello":"world"})")); }},
        {.method = Method::get,
         .path = "/metrics",
         .access = Access::anonymous,
         .summary = "Counts",
         .handler = [&](Context&, Reply reply) { reply(text_response(200, metrics.print())); }},
    };
    site.add(routes);

    EdgeOptions options;
    options.listen = {fmt::format("127.0.0.1:{}", argument(1, 0))};
    options.io_threads = argument(2, 1);
    options.workers = argument(3, 0);
    Edge edge(options, site, clock);
    edge.start();
    fmt::print("http://127.0.0.1:{}/api/v1/hello\n", edge.port());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&signals, &signal);
    edge.stop();
}
