#include "exchange/formats.h"

#include <array>

#include "exchange/csv/csv_reader.h"
#include "exchange/xlsx/xlsx_reader.h"

namespace shangdao::exchange {

namespace {

bool any_text(const SheetSource&, std::string_view head)
{
    const bool marked_utf16 = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
    return marked_utf16 || head.find('\0') == std::string_view::npos;
}

Result<std::vector<SheetName>> one_unnamed_sheet(const SheetSource&)
{
    return std::vector<SheetName>(1);
}

// Text comes last: it is what nothing else is.
constexpr std::array table = {
    Format{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx::sniff, xlsx::list, xlsx::open},
    Format{"csv", "text/csv", any_text, one_unnamed_sheet, csv::open},
};

struct KnownButNotRead {
    std::string_view code;
    std::string_view start;
};

constexpr std::array not_read = {
    KnownButNotRead{"pdf_is_no_sheet", "%PDF-"},
    KnownButNotRead{"html_is_no_sheet", "<html"},
    KnownButNotRead{"html_is_no_sheet", "<HTML"},
    KnownButNotRead{"html_is_no_sheet", "<!DOCTYPE html"},
    KnownButNotRead{"html_is_no_sheet", "<table"},
};

constexpr std::size_t head_bytes = 4096;

}  // namespace

std::span<const Format> formats()
{
    return table;
}

Result<const Format*> recognise(const SheetSource& source)
{
    if (source.size() == 0) return refuse("file_empty");
    const std::string head = source.head(head_bytes);
    for (const KnownButNotRead& known : not_read)
        if (head.starts_with(known.start)) return refuse(std::string(known.code));
    if (xlsx::is_compound_file(head)) return refuse(std::string(xlsx::compound_file_code(source)));
    for (const Format& format : table)
        if (format.sniff(source, head)) return &format;
    return refuse("unknown_format");
}

Result<std::vector<SheetName>> sheet_list(const SheetSource& source)
{
    TRY(const Format* const format, recognise(source));
    return format->list(source);
}

Result<std::unique_ptr<SheetReader>> open_sheet(const SheetSource& source, const ReadOptions& options)
{
    auto format = recognise(source);
    // A person who names an encoding says that it is text; UTF-16 without a mark looks like no text at all.
    if (!format && options.encoding && format.error().front().code == "unknown_format") format = &table.back();
    if (!format) return refuse(std::move(format).error());
    return (*format)->open(source, options);
}

}  // namespace shangdao::exchange
