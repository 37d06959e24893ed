// XmlDocument – one XML part of a workbook, streamed through expat.
//
// Only what a workbook needs: elements, attributes, text, by local name. A document type is refused, and with it every
// entity that a document could define, and so is every encoding but UTF-8 and UTF-16 – expat decodes first, so no
// disguise of the letters helps. Depth and the size of a single tag are bounded.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "exchange/xlsx/archive.h"

struct XML_ParserStruct;

namespace shangdao::exchange::xlsx {

// expat's list of names and values; valid inside the call it is given to.
class XmlAttributes {
public:
    explicit XmlAttributes(const char** list) : list_(list) {}

    // The value under a local name, "id" finds r:id too; nullopt when absent.
    std::optional<std::string_view> find(std::string_view name) const;

    // Calls visit(local name, value) for each.
    template <typename Visit>
    void each(Visit visit) const
    {
        for (const char** at = list_; *at != nullptr; at += 2) visit(local(at[0]), std::string_view(at[1]));
    }

    static std::string_view local(const char* name);

private:
    const char** list_;
};

class XmlDocument {
public:
    explicit XmlDocument(ArchiveEntry entry);
    virtual ~XmlDocument();
    XmlDocument(const XmlDocument&) = delete;
    XmlDocument& operator=(const XmlDocument&) = delete;

    enum class State : std::uint8_t { paused, finished };

    // Parses until a handler pauses or the part ends. Refuses file_damaged, xlsx_doctype, xlsx_too_large and what a
    // handler refused.
    Result<State> advance();

    const ArchiveEntry& entry() const { return entry_; }

protected:
    virtual void on_start(std::string_view name, const XmlAttributes& attributes) = 0;
    virtual void on_end(std::string_view name) = 0;
    virtual void on_text(std::string_view text) = 0;

    void pause();               // advance() returns after this event
    void stop(Problem problem);  // advance() refuses

private:
    struct Callbacks;
    Result<State> parse(int status);

    ArchiveEntry entry_;
    std::unique_ptr<XML_ParserStruct, void (*)(XML_ParserStruct*)> parser_;
    std::optional<Problem> problem_;
    std::exception_ptr thrown_;
    std::int64_t fed_ = 0;
    int depth_ = 0;
    bool suspended_ = false;
    bool finished_ = false;
};

// Parses to the end; for the parts that are read in one go.
Result<void> read_whole(XmlDocument& document);

}  // namespace shangdao::exchange::xlsx
