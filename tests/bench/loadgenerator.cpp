// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench-load: the load generator of tests/bench/run.sh. `bench-load MODE --name value ...`, one JSON line
// out:
//   rps     requests in a closed loop on --connections for --milliseconds
//   stream  --streams streams of --chunks chunks, one every --interval-us
//   hold    opens --streams streams and holds them for --milliseconds while the memory is read
//   get     prints the body of GET --path; tries until it is 200, at most --milliseconds
//   watch   reads /api/events on --count connections until they end, as viewers would
//   ports   prints --count free ports of 127.0.0.1
// --pid is the process in the middle whose CPU time and memory are read; --label is copied to the output.

#include "jsonline.h"
#include "monotonic.h"
#include "options.h"
#include "processwatch.h"
#include "requestload.h"
#include "sockets.h"
#include "streamload.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <poll.h>
#include <sys/socket.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

constexpr int64_t Million = 1'000'000;

// As an OpenAI SDK sends it. No stream_options: the proxy has to add the usage option itself.
std::string completionRequest(bool isStream, int64_t chunks, int64_t intervalMicroseconds)
{
    std::string body
        = R"({"model":"gpt-4o-mini","messages":[{"role":"system","content":"You are a helpful )"
          R"(assistant that answers in one paragraph."},{"role":"user","content":"Explain why a )"
          R"(proxy should forward the bytes it was given, and nothing else."}],)"
          R"("temperature":0.7,"seed":12345678901234567890)";
    if (isStream)
        body += R"(,"stream":true)";
    body += '}';
    std::string head = "POST /v1/chat/completions HTTP/1.1\r\n"
                       "Host: 127.0.0.1\r\n"
                       "Accept: application/json\r\n"
                       "Content-Type: application/json\r\n"
                       "User-Agent: OpenAI/JS 5.0.1\r\n"
                       "X-Stainless-Lang: js\r\n"
                       "X-Stainless-Retry-Count: 0\r\n"
                       "Authorization: Bearer bench\r\n";
    if (isStream) {
        head += "X-Bench-Chunks: " + std::to_string(chunks) + "\r\n";
        head += "X-Bench-Interval-Us: " + std::to_string(intervalMicroseconds) + "\r\n";
    }
    return head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

int runRequests(const Options& options)
{
    const ProcessWatch watch(pid_t(options.number("pid", 0)));
    watch.waitUntilQuiet(10'000);
    const int64_t cpuBefore = watch.cpuNanoseconds();
    RequestLoad load(uint16_t(options.number("port", 0)), size_t(options.number("connections", 1)),
        completionRequest(false, 0, 0));
    load.run(200 * Million, options.number("milliseconds", 2000) * Million);
    const int64_t residentKib = watch.residentKib();
    const int64_t caughtUp = watch.waitUntilQuiet(10'000);
    const JsonLine line = JsonLine()
                              .add("label", options.text("label", "rps"))
                              .add("connections", options.number("connections", 1))
                              .add("requestsPerSecond", load.requestsPerSecond())
                              .add("requests", load.requests())
                              .add("errors", load.errors())
                              .addJson("latencyMicroseconds", load.latencies().quantiles())
                              .addJson("latencyHistogram", load.latencies().histogram())
                              .add("cpuMicroseconds", double(watch.cpuNanoseconds() - cpuBefore) / 1000.0)
                              .add("residentKib", residentKib)
                              .add("caughtUpAfterMilliseconds", double(caughtUp) / 1e6);
    std::puts(line.text().c_str());
    return 0;
}

StreamLoad::Plan streamPlan(const Options& options, bool connectsEarly)
{
    StreamLoad::Plan plan;
    plan.port = uint16_t(options.number("port", 0));
    plan.streams = size_t(options.number("streams", 200));
    plan.chunks = options.number("chunks", 100);
    plan.connectsEarly = connectsEarly;
    const int64_t interval = options.number("interval-us", 20'000);
    // By default the streams' chunks are spread evenly over the interval.
    const int64_t ramp = options.number("ramp-us", interval / std::max<int64_t>(1, int64_t(plan.streams)));
    plan.rampNanoseconds = ramp * 1000;
    plan.request = completionRequest(true, plan.chunks, interval);
    return plan;
}

int runStreams(const Options& options)
{
    const ProcessWatch watch(pid_t(options.number("pid", 0)));
    watch.waitUntilQuiet(10'000);
    const int64_t cpuBefore = watch.cpuNanoseconds();
    StreamLoad load(streamPlan(options, true));
    load.open(10'000 * Million);
    const int64_t duration = options.number("chunks", 100) * options.number("interval-us", 20'000);
    load.finish(duration * 1000 + 5'000 * Million);
    const int64_t caughtUp = watch.waitUntilQuiet(10'000); // parsing and delivery belong to the chunks' cost
    const double cpu = double(watch.cpuNanoseconds() - cpuBefore) / 1000.0;
    const auto chunks = int64_t(load.delays().count());
    const JsonLine line = JsonLine()
                              .add("label", options.text("label", "stream"))
                              .add("streams", options.number("streams", 200))
                              .add("completed", load.completed())
                              .add("chunks", chunks)
                              .add("cpuMicroseconds", cpu)
                              .add("cpuMicrosecondsPerChunk", chunks > 0 ? cpu / double(chunks) : 0.0)
                              .addJson("delayMicroseconds", load.delays().quantiles())
                              .addJson("firstChunkMicroseconds", load.firstChunks().quantiles())
                              .add("residentKib", watch.residentKib())
                              .add("caughtUpAfterMilliseconds", double(caughtUp) / 1e6);
    std::puts(line.text().c_str());
    return 0;
}

int runHold(const Options& options)
{
    const ProcessWatch watch(pid_t(options.number("pid", 0)));
    const auto port = uint16_t(options.number("port", 0));
    const int64_t idleKib = watch.residentKib();
    const int64_t idleAnonymousKib = watch.anonymousKib();
    { // code and data that the first requests touch are not a stream's cost
        RequestLoad warmUp(port, 1, completionRequest(false, 0, 0));
        warmUp.run(0, 200 * Million);
    }
    watch.waitUntilQuiet(10'000);
    const int64_t warmKib = watch.residentKib();
    const StreamLoad::Plan plan = streamPlan(options, false);
    StreamLoad load(plan);
    load.open(plan.rampNanoseconds * int64_t(plan.streams) + 10'000 * Million);
    load.finish(options.number("milliseconds", 1000) * Million);
    const int64_t heldKib = watch.residentKib();
    const double perStream = double(heldKib - warmKib) / double(plan.streams);
    const size_t edge = std::max<size_t>(1, plan.streams / 20);
    const JsonLine line
        = JsonLine()
              .add("label", options.text("label", "hold"))
              .add("streams", int64_t(plan.streams))
              .add("open", load.started() - load.failed())
              .add("idleKib", idleKib)
              .add("idleAnonymousKib", idleAnonymousKib)
              .add("warmKib", warmKib)
              .add("heldKib", heldKib)
              .add("kibPerStream", perStream)
              .addJson("firstStreamsMicroseconds", load.firstChunks(0, edge).quantiles())
              .addJson("lastStreamsMicroseconds", load.firstChunks(plan.streams - edge, edge).quantiles())
              .addJson("firstChunkMicroseconds", load.firstChunks().quantiles());
    std::puts(line.text().c_str());
    return 0;
}

// One GET over a blocking wait; empty unless the answer is a 200.
std::string fetch(uint16_t port, const std::string& path)
{
    const int socket = Sockets::tryConnectToLoopback(port);
    if (socket < 0)
        return {};
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    ResponseReader reader;
    std::string body;
    pollfd poll{socket, POLLIN, 0};
    bool isAlive = send(socket, request.data(), request.size(), MSG_NOSIGNAL) == ssize_t(request.size());
    while (isAlive && !reader.isDone() && !reader.hasFailed() && ::poll(&poll, 1, 5000) == 1) {
        char buffer[4096];
        const ssize_t size = recv(socket, buffer, sizeof buffer, 0);
        isAlive = size > 0;
        if (isAlive)
            reader.feed(buffer, size_t(size), &body);
    }
    close(socket);
    return reader.isDone() ? body : std::string();
}

int runGet(const Options& options)
{
    const int64_t end = monotonicNanoseconds() + options.number("milliseconds", 5000) * Million;
    do {
        const std::string body = fetch(uint16_t(options.number("port", 0)), options.text("path", "/"));
        if (!body.empty()) {
            std::puts(body.c_str());
            return 0;
        }
        usleep(50'000);
    } while (monotonicNanoseconds() < end);
    return 1;
}

// Ends with the process in the middle, or with a signal.
int runWatch(const Options& options)
{
    const std::string request = "GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    std::vector<pollfd> polls;
    for (int64_t i = 0; i < options.number("count", 50); ++i) {
        const int socket = Sockets::connectToLoopback(uint16_t(options.number("port", 0)));
        if (send(socket, request.data(), request.size(), MSG_NOSIGNAL) != ssize_t(request.size()))
            Sockets::fail("send");
        polls.push_back({socket, POLLIN, 0});
    }
    int64_t bytes = 0;
    std::vector<char> buffer(size_t(256) * 1024);
    while (!polls.empty() && ::poll(polls.data(), nfds_t(polls.size()), -1) > 0) {
        for (pollfd& poll : polls) {
            const ssize_t size = poll.revents != 0 ? recv(poll.fd, buffer.data(), buffer.size(), 0) : 1;
            if (poll.revents != 0 && size > 0)
                bytes += size;
            if (size > 0 || (size < 0 && (errno == EAGAIN || errno == EINTR)))
                continue;
            close(poll.fd);
            poll.fd = -1;
        }
        std::erase_if(polls, [](const pollfd& poll) { return poll.fd < 0; });
    }
    std::puts(JsonLine().add("label", options.text("label", "watch")).add("bytes", bytes).text().c_str());
    return 0;
}

int runPorts(const Options& options)
{
    // All are held until all are known, or the same one might come twice.
    std::vector<int> sockets(size_t(options.number("count", 1)));
    for (int& socket : sockets)
        socket = Sockets::listenOnLoopback(0);
    for (const int socket : sockets) {
        std::printf("%u\n", Sockets::localPort(socket));
        close(socket);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string mode = argc > 1 ? argv[1] : "";
    const Options options(argc, argv, 2);
    Sockets::raiseFileLimit();
    if (mode == "rps")
        return runRequests(options);
    if (mode == "stream")
        return runStreams(options);
    if (mode == "hold")
        return runHold(options);
    if (mode == "get")
        return runGet(options);
    if (mode == "watch")
        return runWatch(options);
    if (mode == "ports")
        return runPorts(options);
    std::fputs("usage: bench-load rps|stream|hold|get|watch|ports --name value ...\n", stderr);
    return 64;
}
