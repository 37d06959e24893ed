#include "exchange/xlsx/xml.h"

#include <expat.h>

#include <cstring>
#include <new>

#include "base/require.h"

namespace shangdao::exchange::xlsx {

namespace {

constexpr int piece_bytes = 64 * 1024;
constexpr int depth_max = 100;
constexpr std::int64_t tag_bytes_max = 1024 * 1024;

bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string_view XmlAttributes::local(const char* name)
{
    const char* const colon = std::strchr(name, ':');
    return colon == nullptr ? name : colon + 1;
}

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const
{
    for (const char** at = list_; *at != nullptr; at += 2)
        if (local(at[0]) == name) return std::string_view(at[1]);
    return std::nullopt;
}

// expat's callbacks. No exception may pass through its C frames: it waits in thrown_.
struct XmlDocument::Callbacks {
    template <typename Body>
    static void guarded(XmlDocument& document, Body body)
    {
        if (document.problem_ || document.thrown_) return;
        try {
            body();
        } catch (...) {
            document.thrown_ = std::current_exception();
            XML_StopParser(document.parser_.get(), XML_FALSE);
        }
    }

    static void start(void* self, const char* name, const char** attributes)
    {
        XmlDocument& document = *static_cast<XmlDocument*>(self);
        if (++document.depth_ > depth_max) return document.stop({"file_damaged", {}, {}});
        guarded(document, [&] { document.on_start(XmlAttributes::local(name), XmlAttributes(attributes)); });
    }

    static void end(void* self, const char* name)
    {
        XmlDocument& document = *static_cast<XmlDocument*>(self);
        --document.depth_;
        guarded(document, [&] { document.on_end(XmlAttributes::local(name)); });
    }

    static void text(void* self, const char* text, int length)
    {
        XmlDocument& document = *static_cast<XmlDocument*>(self);
        guarded(document, [&] { document.on_text(std::string_view(text, static_cast<std::size_t>(length))); });
    }

    static void document_type(void* self, const char*, const char*, const char*, int)
    {
        static_cast<XmlDocument*>(self)->stop({"xlsx_doctype", {}, {}});
    }

    static void declaration(void* self, const char*, const char* encoding, int)
    {
        if (encoding == nullptr || equal_ignoring_case(encoding, "UTF-8") || equal_ignoring_case(encoding, "UTF-16")) return;
        static_cast<XmlDocument*>(self)->stop({"file_damaged", {}, {}});
    }
};

XmlDocument::XmlDocument(ArchiveEntry entry) : entry_(std::move(entry)), parser_(XML_ParserCreate(nullptr), &XML_ParserFree)
{
    if (parser_ == nullptr) throw std::bad_alloc{};
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &Callbacks::start, &Callbacks::end);
    XML_SetCharacterDataHandler(parser_.get(), &Callbacks::text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), &Callbacks::document_type);
    XML_SetXmlDeclHandler(parser_.get(), &Callbacks::declaration);
}

XmlDocument::~XmlDocument() = default;

void XmlDocument::pause()
{
    XML_StopParser(parser_.get(), XML_TRUE);
}

void XmlDocument::stop(Problem problem)
{
    if (problem_) return;
    problem_ = std::move(problem);
    XML_StopParser(parser_.get(), XML_FALSE);
}

Result<XmlDocument::State> XmlDocument::advance()
{
    if (problem_) return refuse(Problems{*problem_});
    if (suspended_) {
        suspended_ = false;
        TRY(const State state, parse(XML_ResumeParser(parser_.get())));
        if (suspended_) return state;
    }
    while (!finished_) {
        void* const buffer = XML_GetBuffer(parser_.get(), piece_bytes);
        if (buffer == nullptr) throw std::bad_alloc{};
        TRY(const std::size_t count, entry_.read(std::span(static_cast<char*>(buffer), piece_bytes)));
        fed_ += static_cast<std::int64_t>(count);
        finished_ = count == 0;
        TRY(const State state, parse(XML_ParseBuffer(parser_.get(), static_cast<int>(count), finished_)));
        if (suspended_) return state;
        if (fed_ - XML_GetCurrentByteIndex(parser_.get()) > tag_bytes_max) return refuse("file_damaged");
    }
    return State::finished;
}

Result<XmlDocument::State> XmlDocument::parse(int status)
{
    if (thrown_) std::rethrow_exception(thrown_);
    if (problem_) return refuse(Problems{*problem_});
    if (status == XML_STATUS_ERROR) {
        problem_ = Problem{"file_damaged", {}, {{"line", std::to_string(XML_GetCurrentLineNumber(parser_.get()))}}};
        return refuse(Problems{*problem_});
    }
    suspended_ = status == XML_STATUS_SUSPENDED;
    return suspended_ ? State::paused : State::finished;
}

Result<void> read_whole(XmlDocument& document)
{
    TRY(const XmlDocument::State state, document.advance());
    require(state == XmlDocument::State::finished, "a part read in one go paused");
    return {};
}

}  // namespace shangdao::exchange::xlsx
