#include "exchange/formats.h"

#include <array>

#include "exchange/apart/apart.h"
#include "exchange/csv/csv_reader.h"
#include "exchange/csv/csv_writer.h"
#include "exchange/xlsx/xlsx_reader.h"
#include "exchange/xlsx/xlsx_writer.h"

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

std::unique_ptr<SheetWriter> write_csv_file(const std::filesystem::path& path, std::vector<Column> columns, const WriteOptions& options)
{
    return csv::write_to(file_sink(path), std::move(columns), options);
}

// Text comes last: it is what nothing else is.
constexpr std::array table = {
    Format{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx::sniff, xlsx::list, xlsx::open,
           xlsx::write_to},
    Format{"csv", "text/csv", any_text, one_unnamed_sheet, csv::open, write_csv_file},
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
    return refuse("file_format_unknown");
}

namespace here {

Result<std::vector<SheetName>> sheet_list(const SheetSource& source)
{
    TRY(const Format* const format, recognise(source));
    return format->list(source);
}

Result<std::unique_ptr<SheetReader>> open_sheet(const SheetSource& source, const ReadOptions& options)
{
    auto format = recognise(source);
    // A person who names an encoding says that it is text; UTF-16 without a mark looks like no text at all.
    if (!format && options.encoding && format.error().front().code == "file_format_unknown") format = &table.back();
    if (!format) return refuse(std::move(format).error());
    return (*format)->open(source, options);
}

}  // namespace here

Result<std::vector<SheetName>> sheet_list(const SheetSource& source) { return apart::is_on() ? apart::list(source) : here::sheet_list(source); }

Result<std::unique_ptr<SheetReader>> open_sheet(const SheetSource& source, const ReadOptions& options)
{
    return apart::is_on() ? apart::open(source, options) : here::open_sheet(source, options);
}

Result<std::unique_ptr<SheetWriter>> open_writer(std::string_view format, const std::filesystem::path& path, std::vector<Column> columns,
                                                 const WriteOptions& options)
{
    for (const Format& known : table)
        if (known.name == format) return known.write(path, std::move(columns), options);
    return refuse("file_format_unknown", {}, {{"format", std::string(format)}});
}

}  // namespace shangdao::exchange
