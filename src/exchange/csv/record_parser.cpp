#include "exchange/csv/record_parser.h"

#include <cstring>

#include "exchange/csv/csv_reader.h"

namespace shangdao::exchange::csv {

namespace {

Cell cell_of(const char* begin, const char* end)
{
    return {std::string_view(begin, static_cast<std::size_t>(end - begin)), begin == end ? CellKind::empty : CellKind::text};
}

bool too_long(const char* begin, const char* end)
{
    return static_cast<std::size_t>(end - begin) > field_bytes_max;
}

}  // namespace

RecordParser::RecordParser(char delimiter) : delimiter_(delimiter)
{
    for (const char stop : {delimiter, '\n', '\r', '\0'}) stops_plain_[static_cast<unsigned char>(stop)] = true;
}

ParseState RecordParser::parse(char* begin, char* end, bool last)
{
    record_.cells.clear();
    record_.lines = 0;
    record_.stray_quote = false;
    escaped_.clear();
    char* at = begin;
    while (true) {
        const Cut cut = *at == '"' ? cut_quoted(at, end, last) : cut_plain(at, end, last);
        if (cut.state != ParseState::record) return cut.state;
        if (record_.cells.size() > columns_max) return ParseState::too_many_columns;
        at = cut.next;
        if (*at != delimiter_) break;
        ++at;
    }
    if (*at == '\r') {
        if (at + 1 == end && !last) return ParseState::need_more;
        ++at;
        if (*at == '\n') ++at;
        ++record_.lines;
    } else if (*at == '\n') {
        ++at;
        ++record_.lines;
    }
    record_.bytes = static_cast<std::size_t>(at - begin);
    if (record_.bytes > row_bytes_max) return ParseState::row_too_long;
    if (!escaped_.empty()) unescape();
    return ParseState::record;
}

RecordParser::Cut RecordParser::cut_plain(char* start, char* end, bool last)
{
    char* at = start;
    while (!stops_plain_[static_cast<unsigned char>(*at)]) ++at;
    if (too_long(start, at)) return {ParseState::field_too_long, at};
    if (at == end && !last) return {ParseState::need_more, at};
    record_.cells.push_back(cell_of(start, at));
    return {ParseState::record, at};
}

RecordParser::Cut RecordParser::cut_quoted(char* open, char* end, bool last)
{
    char* at = open + 1;
    bool doubled = false;
    while (true) {
        char* const quote = static_cast<char*>(std::memchr(at, '"', static_cast<std::size_t>(end - at)));
        if (too_long(open, quote == nullptr ? end : quote)) return {ParseState::field_too_long, end};
        if (quote == nullptr) return {last ? ParseState::unterminated_quote : ParseState::need_more, end};
        at = quote + 1;
        if (at == end && !last) return {ParseState::need_more, end};
        if (*at != '"') break;
        doubled = true;
        ++at;
    }
    char* const close = at - 1;
    while (!stops_plain_[static_cast<unsigned char>(*at)]) ++at;
    if (at == end && !last) return {ParseState::need_more, end};
    if (too_long(open, at)) return {ParseState::field_too_long, at};
    const bool stray = at != close + 1;
    record_.stray_quote |= stray;
    if (doubled || stray) escaped_.push_back({record_.cells.size(), open, at});
    record_.cells.push_back(cell_of(open + 1, close));
    record_.lines += line_breaks(std::string_view(open, static_cast<std::size_t>(at - open)));
    return {ParseState::record, at};
}

void RecordParser::unescape()
{
    for (const Escaped& cell : escaped_) {
        char* into = cell.begin;
        bool quoted = true;
        for (const char* from = cell.begin + 1; from < cell.end; ++from) {
            if (quoted && *from == '"') {
                if (from + 1 < cell.end && from[1] == '"') {
                    ++from;
                } else {
                    quoted = false;
                    continue;
                }
            }
            *into++ = *from;
        }
        record_.cells[cell.cell] = cell_of(cell.begin, into);
    }
}

std::span<const Cell> RecordParser::padded_cells(std::size_t count)
{
    record_.cells.resize(count);
    return record_.cells;
}

std::int64_t line_breaks(std::string_view text)
{
    std::int64_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) count += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    return count;
}

}  // namespace shangdao::exchange::csv
