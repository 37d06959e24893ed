#include "serve/http.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <exception>

#include "base/require.h"

namespace shangdao::serve {

namespace {

constexpr std::array<std::pair<std::string_view, Method>, 7> methods{{
    {"GET", Method::get},
    {"HEAD", Method::head},
    {"POST", Method::post},
    {"PUT", Method::put},
    {"PATCH", Method::patch},
    {"DELETE", Method::del},
    {"OPTIONS", Method::options},
}};

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string_view to_string(Method method)
{
    return methods[static_cast<std::size_t>(method)].first;
}

std::optional<Method> parse_method(std::string_view token)
{
    for (const auto& [name, method] : methods)
        if (name == token) return method;
    return std::nullopt;
}

bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

void Headers::add(std::string_view name, std::string_view value)
{
    const auto at = static_cast<std::uint32_t>(text_.size());
    text_.append(name).append(value);
    entries_.push_back({at, static_cast<std::uint32_t>(name.size()), at + static_cast<std::uint32_t>(name.size()),
                        static_cast<std::uint32_t>(value.size())});
}

std::pair<std::string_view, std::string_view> Headers::at(std::size_t index) const
{
    const Entry& entry = entries_.at(index);
    const std::string_view text = text_;
    return {text.substr(entry.name_at, entry.name_size), text.substr(entry.value_at, entry.value_size)};
}

std::optional<std::string_view> Headers::find(std::string_view name) const
{
    for (std::size_t i = 0; i < entries_.size(); ++i)
        if (const auto [found, value] = at(i); equal_ignoring_case(found, name)) return value;
    return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const
{
    std::size_t n = 0;
    for (std::size_t i = 0; i < entries_.size(); ++i) n += equal_ignoring_case(at(i).first, name) ? 1 : 0;
    return n;
}

BodyFile& BodyFile::operator=(BodyFile&& other) noexcept
{
    std::swap(path_, other.path_);
    std::swap(size_, other.size_);
    return *this;
}

BodyFile::~BodyFile()
{
    if (!path_.empty()) ::unlink(path_.c_str());
}

std::optional<std::string_view> Request::parameter(std::string_view name) const
{
    for (const auto& [found, value] : parameters)
        if (found == name) return value;
    return std::nullopt;
}

Response json_response(int status, std::string body)
{
    Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = std::move(body);
    return response;
}

Response text_response(int status, std::string body)
{
    Response response;
    response.status = status;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(body);
    return response;
}

Response no_content()
{
    Response response;
    response.status = 204;
    return response;
}

void Reply::operator()(Response response)
{
    require(pending(), "a reply is given once");
    std::exchange(send_, {})(std::move(response));
}

Reply::~Reply()
{
    if (!send_) return;
    try {
        dropped_();
    } catch (const std::exception&) {
        // A destructor must not throw; without memory for an answer the connection's deadline ends the wait.
    }
}

}  // namespace shangdao::serve
