// Length-prefixed JSON over a Unix socket; a command at a time.
#include "app/control.h"

#include <boost/json.hpp>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <iostream>
#include <sstream>

#include "base/fault.h"

namespace shangdao::app {

namespace {

namespace json = boost::json;

constexpr std::uint32_t message_max = 64U << 20;

sockaddr_un address_of(const std::filesystem::path& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto text = path.string();
    if (text.size() >= sizeof address.sun_path) throw Fault(FaultKind::storage, "the path of the control socket is too long: " + text);
    std::strncpy(address.sun_path, text.c_str(), sizeof address.sun_path - 1);
    return address;
}

bool send_all(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool receive_all(int socket, char* into, std::size_t size)
{
    while (size > 0) {
        const auto got = ::recv(socket, into, size, 0);
        if (got <= 0) return false;
        into += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool send_message(int socket, const json::value& message)
{
    const auto text = json::serialize(message);
    const auto size = static_cast<std::uint32_t>(text.size());
    return send_all(socket, {reinterpret_cast<const char*>(&size), sizeof size}) && send_all(socket, text);
}

std::optional<json::value> receive_message(int socket)
{
    std::uint32_t size = 0;
    if (!receive_all(socket, reinterpret_cast<char*>(&size), sizeof size) || size > message_max) return std::nullopt;
    std::string text(size, '\0');
    if (!receive_all(socket, text.data(), text.size())) return std::nullopt;
    boost::system::error_code error;
    auto value = json::parse(text, error);
    if (error || !value.is_object()) return std::nullopt;
    return value;
}

}  // namespace

ControlServer::ControlServer(Opened& opened, const Clock& clock) : opened_(opened), clock_(clock)
{
    const auto path = opened_.directory.control_socket();
    std::filesystem::remove(path);
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = address_of(path);
    if (listener_ < 0 || ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || ::listen(listener_, 8) != 0 || ::pipe(stop_pipe_) != 0)
        throw Fault(FaultKind::storage, "cannot listen at " + path.string());
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    thread_ = std::thread([this] { loop(); });
}

ControlServer::~ControlServer()
{
    (void)!::write(stop_pipe_[1], "x", 1);
    thread_.join();
    ::close(listener_);
    ::close(stop_pipe_[0]);
    ::close(stop_pipe_[1]);
    std::filesystem::remove(opened_.directory.control_socket());
}

void ControlServer::loop()
{
    while (true) {
        pollfd waiting[] = {{listener_, POLLIN, 0}, {stop_pipe_[0], POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0) continue;
        if (waiting[1].revents != 0) return;
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) continue;
        answer(connection);
        ::close(connection);
    }
}

void ControlServer::answer(int connection)
{
    const auto message = receive_message(connection);
    if (!message) return;
    const auto& object = message->as_object();
    const auto text = [&](const char* key) {
        const auto* value = object.if_contains(key);
        return value != nullptr && value->is_string() ? std::string{value->as_string()} : std::string{};
    };
    std::vector<std::string> arguments;
    if (const auto* list = object.if_contains("arguments"); list != nullptr && list->is_array())
        for (const auto& argument : list->as_array())
            if (argument.is_string()) arguments.emplace_back(argument.as_string());
    std::istringstream in(text("input"));
    std::ostringstream out, error;
    Terminal terminal{in, out, error, text("directory"), text("language") == "en" ? Language::en : Language::zh};
    int code = 1;
    try {
        code = run(arguments, terminal, clock_, &opened_);
    } catch (const std::exception& thrown) {
        error << thrown.what() << '\n';
    }
    send_message(connection, json::object{{"code", code}, {"out", out.str()}, {"error", error.str()}});
}

std::optional<int> run_in_server(const DataDirectory& directory, const std::vector<std::string>& arguments, Terminal& terminal)
{
    const int connection = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = address_of(directory.control_socket());
    if (connection < 0 || ::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        if (connection >= 0) ::close(connection);
        return std::nullopt;
    }
    const bool reads_input = std::ranges::find_if(arguments, [](const auto& argument) { return argument.ends_with("-stdin"); }) != arguments.end();
    const std::string input = reads_input ? std::string{std::istreambuf_iterator<char>(terminal.in), {}} : std::string{};
    const json::object message{{"arguments", json::array(arguments.begin(), arguments.end())}, {"directory", terminal.directory.string()}, {"input", input},
                               {"language", terminal.language == Language::en ? "en" : "zh"}};
    std::optional<json::value> answer;
    if (send_message(connection, message)) answer = receive_message(connection);
    ::close(connection);
    if (!answer) return std::nullopt;
    terminal.out << answer->at("out").as_string().c_str() << std::flush;
    terminal.error << answer->at("error").as_string().c_str() << std::flush;
    return static_cast<int>(answer->at("code").as_int64());
}

}  // namespace shangdao::app
