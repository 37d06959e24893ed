#include "exchange/xlsx/shared_strings.h"

#include <algorithm>
#include <charconv>

#include "exchange/xlsx/xml.h"

namespace shangdao::exchange::xlsx {

namespace {

class StringsPart final : public XmlDocument {
public:
    StringsPart(ArchiveEntry entry, std::string& text, std::vector<std::uint32_t>& ends) : XmlDocument(std::move(entry)), text_(text), ends_(ends) {}

private:
    void on_start(std::string_view name, const XmlAttributes&) override
    {
        if (name == "rPh") phonetic_ = true;
        collecting_ = name == "t" && !phonetic_;
    }

    void on_end(std::string_view name) override
    {
        collecting_ = false;
        if (name == "rPh") phonetic_ = false;
        if (name != "si") return;
        const std::size_t begin = ends_.empty() ? 0 : ends_.back();
        undo_escapes(text_, begin);
        if (text_.size() - begin > cell_bytes_max || ends_.size() == strings_max) return too_many();
        ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    }

    void on_text(std::string_view text) override
    {
        if (!collecting_) return;
        if (text_.size() + text.size() > strings_bytes_max) return too_many();
        text_ += text;
    }

    void too_many() { stop({"xlsx_too_many_strings", {}, {{"limit_bytes", std::to_string(strings_bytes_max)}}}); }

    std::string& text_;
    std::vector<std::uint32_t>& ends_;
    bool collecting_ = false;
    bool phonetic_ = false;
};

}  // namespace

Result<SharedStrings> SharedStrings::read(ArchiveEntry entry)
{
    SharedStrings strings;
    strings.text_.reserve(std::min<std::uint64_t>(entry.size(), strings_bytes_max));  // untouched pages cost nothing
    StringsPart document(std::move(entry), strings.text_, strings.ends_);
    CHECK_OK(read_whole(document));
    return strings;
}

std::string_view SharedStrings::operator[](std::size_t index) const
{
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(text_).substr(begin, ends_[index] - begin);
}

void undo_escapes(std::string& text, std::size_t from)
{
    std::size_t at = text.find("_x", from);
    if (at == std::string::npos) return;
    std::size_t into = at;
    while (at < text.size()) {
        std::uint32_t code = 0;
        const char* const digits = text.data() + at + 2;
        const bool shaped = at + 7 <= text.size() && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_';
        const bool hex = shaped && std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4;
        const bool character = hex && code != 0 && (code < 0xD800 || code > 0xDFFF);
        if (!character) {
            text[into++] = text[at++];
            continue;
        }
        if (code < 0x80) {
            text[into++] = static_cast<char>(code);
        } else if (code < 0x800) {
            text[into++] = static_cast<char>(0xC0 | code >> 6);
            text[into++] = static_cast<char>(0x80 | (code & 0x3F));
        } else {
            text[into++] = static_cast<char>(0xE0 | code >> 12);
            text[into++] = static_cast<char>(0x80 | (code >> 6 & 0x3F));
            text[into++] = static_cast<char>(0x80 | (code & 0x3F));
        }
        at += 7;
    }
    text.resize(into);
}

}  // namespace shangdao::exchange::xlsx
