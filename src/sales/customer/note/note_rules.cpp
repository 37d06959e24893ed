// Rules of notes: what one may leave out when writing a few words.
#include "base/text.h"
#include "sales/customer/note/note.h"
#include "sales/customer/rules.h"

namespace shangdao::customer {

namespace {

constexpr std::size_t subject_code_points = 40;

// The first line, cut at a whole code point.
std::string beginning(std::string_view text)
{
    text = trimmed(text.substr(0, text.find('\n')));
    std::size_t seen = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (starts && ++seen > subject_code_points) return std::string{text.substr(0, i)} + "…";
    }
    return std::string{text};
}

}  // namespace

Result<void> complete_note(Work&, const Object&, const Record*, Record& next, const Occasion&)
{
    const auto* body = next.get(Note::body);
    if (next.get(Note::subject) != nullptr || body == nullptr) return {};
    if (auto subject = beginning(*body); !subject.empty()) next.set(Note::subject, std::move(subject));
    return {};
}

}  // namespace shangdao::customer
