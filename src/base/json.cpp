#include "base/json.h"

#include <fmt/format.h>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "base/require.h"

namespace shangdao {
namespace {

namespace json = boost::json;

constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

// Receives the parser's events, builds the value and keeps the keys of the objects that are still open.
class Builder {
public:
    static constexpr std::size_t max_object_size = unlimited;
    static constexpr std::size_t max_array_size = unlimited;
    static constexpr std::size_t max_key_size = unlimited;
    static constexpr std::size_t max_string_size = unlimited;

    explicit Builder(json::storage_ptr storage) { stack_.reset(std::move(storage)); }

    json::value take() { return stack_.release(); }
    const std::string& duplicate_key() const { return duplicate_key_; }
    bool has_duplicate() const { return has_duplicate_; }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t count, json::error_code&)
    {
        stack_.push_array(count);
        return true;
    }
    bool on_object_begin(json::error_code&) { return true; }
    bool on_object_end(std::size_t count, json::error_code& error)
    {
        if (!keys_differ(count)) {
            error = json::error::syntax;
            return false;
        }
        keys_.resize(keys_.size() - count);
        stack_.push_object(count);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&)
    {
        key_.append(part.data(), part.size());
        stack_.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code&)
    {
        key_.append(part.data(), part.size());
        keys_.push_back(std::move(key_));
        key_.clear();
        stack_.push_key(part);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&)
    {
        stack_.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, json::error_code&)
    {
        stack_.push_string(part);
        return true;
    }
    bool on_number_part(json::string_view part, json::error_code&)
    {
        number_.append(part.data(), part.size());
        return true;
    }
    bool on_int64(std::int64_t value, json::string_view, json::error_code&)
    {
        number_.clear();
        stack_.push_int64(value);
        return true;
    }
    bool on_uint64(std::uint64_t value, json::string_view, json::error_code&)
    {
        number_.clear();
        stack_.push_uint64(value);
        return true;
    }
    // Boost.JSON 1.81 is off in the last digit now and then, so the text is read once more, exactly.
    bool on_double(double value, json::string_view part, json::error_code& error)
    {
        number_.append(part.data(), part.size());
        std::from_chars(number_.data(), number_.data() + number_.size(), value);
        number_.clear();
        if (!std::isfinite(value)) {
            error = json::error::exponent_overflow;
            return false;
        }
        stack_.push_double(value);
        return true;
    }
    bool on_bool(bool value, json::error_code&)
    {
        stack_.push_bool(value);
        return true;
    }
    bool on_null(json::error_code&)
    {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    // The last `count` keys are those of the object that ends here; few are compared in pairs, many are sorted.
    bool keys_differ(std::size_t count)
    {
        const auto first = keys_.end() - static_cast<std::ptrdiff_t>(count);
        auto twice = keys_.end();
        if (count <= 8) {
            for (auto key = first; key != keys_.end() && twice == keys_.end(); ++key)
                if (std::find(first, key, *key) != key) twice = key;
        } else {
            std::sort(first, keys_.end());
            twice = std::adjacent_find(first, keys_.end());
        }
        if (twice == keys_.end()) return true;
        has_duplicate_ = true;
        duplicate_key_ = *twice;
        return false;
    }

    json::value_stack stack_;
    std::vector<std::string> keys_;
    std::string key_;
    std::string number_;
    std::string duplicate_key_;
    bool has_duplicate_ = false;
};

bool is_json_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The next character that JSON escapes, from `at` on. Eight are looked at together: a byte below the limit sets its own highest bit
// by the borrow, and a byte that equals '"' or '\\' is none but zero after an exclusive or with it.
std::size_t next_escape(std::string_view text, std::size_t at)
{
    constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    const auto below = [](std::uint64_t word, std::uint64_t limit) { return (word - ones * limit) & ~word & tops; };
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + at, 8);
        if ((below(word, 0x20) | below(word ^ ones * '"', 1) | below(word ^ ones * '\\', 1)) != 0) break;
    }
    for (; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c < 0x20 || c == '"' || c == '\\') break;
    }
    return at;
}

}  // namespace

Result<json::value> parse_json(std::string_view text, const JsonLimits& limits, json::storage_ptr storage)
{
    if (text.size() > limits.bytes_max)
        return refuse("json_too_large", {}, {{"max", std::to_string(limits.bytes_max)}});
    json::parse_options options;
    options.max_depth = limits.depth_max;
    json::basic_parser<Builder> parser(options, std::move(storage));
    json::error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    const auto& builder = parser.handler();
    if (error) {
        const auto position = std::to_string(std::min(read, text.size()));
        if (builder.has_duplicate())
            return refuse("json_duplicate_key", {}, {{"position", position}, {"key", builder.duplicate_key()}});
        if (error == json::error::too_deep)
            return refuse("json_too_deep", {}, {{"position", position}, {"max", std::to_string(limits.depth_max)}});
        return refuse("json_invalid", {}, {{"position", position}});
    }
    const auto rest = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(read), text.end(), is_json_space);
    if (rest != text.end()) return refuse("json_invalid", {}, {{"position", std::to_string(rest - text.begin())}});
    return parser.handler().take();
}

void append_json_string(std::string& out, std::string_view text)
{
    constexpr std::string_view hex_digits = "0123456789abcdef";
    out += '"';
    std::size_t copied = 0;  // what lies between two escapes is appended in one go
    for (std::size_t i = next_escape(text, 0); i < text.size(); i = next_escape(text, i + 1)) {
        const auto c = static_cast<unsigned char>(text[i]);
        out.append(text.substr(copied, i - copied));
        copied = i + 1;
        out += '\\';
        switch (c) {
        case '"':
        case '\\': out += static_cast<char>(c); break;
        case '\n': out += 'n'; break;
        case '\r': out += 'r'; break;
        case '\t': out += 't'; break;
        default:
            out += "u00";
            out += hex_digits[c >> 4];
            out += hex_digits[c & 15];
        }
    }
    out.append(text.substr(copied));
    out += '"';
}

void append_json_number(std::string& out, double value)
{
    if (std::isfinite(value))
        fmt::format_to(std::back_inserter(out), "{}", value == 0 ? 0.0 : value);  // no "-0", as JavaScript does
    else
        out += "null";
}

void append_json(std::string& out, const json::value& value)
{
    switch (value.kind()) {
    case json::kind::null: out += "null"; return;
    case json::kind::bool_: out += value.get_bool() ? "true" : "false"; return;
    case json::kind::int64: fmt::format_to(std::back_inserter(out), "{}", value.get_int64()); return;
    case json::kind::uint64: fmt::format_to(std::back_inserter(out), "{}", value.get_uint64()); return;
    case json::kind::double_: append_json_number(out, value.get_double()); return;
    case json::kind::string: append_json_string(out, {value.get_string().data(), value.get_string().size()}); return;
    case json::kind::array: {
        out += '[';
        bool first = true;
        for (const auto& element : value.get_array()) {
            if (!std::exchange(first, false)) out += ',';
            append_json(out, element);
        }
        out += ']';
        return;
    }
    case json::kind::object: {
        out += '{';
        bool first = true;
        for (const auto& member : value.get_object()) {
            if (!std::exchange(first, false)) out += ',';
            append_json_string(out, {member.key().data(), member.key().size()});
            out += ':';
            append_json(out, member.value());
        }
        out += '}';
        return;
    }
    }
}

}  // namespace shangdao
