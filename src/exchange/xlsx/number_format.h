// Number formats – what a workbook's number means: a number, a share, or a moment counted in days.
//
// A workbook keeps a date as a serial number and tells by the cell's format code that it is one. The 1900 system counts
// a 29 February 1900 that never was (serial 60); the 1904 system counts from 1904-01-01.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "exchange/sheet.h"

namespace shangdao::exchange::xlsx {

enum class NumberMeaning : std::uint8_t { number, share, date, time, date_time };
enum class DateSystem : std::uint8_t { from_1900, from_1904 };

// Meaning of a built-in format number (ECMA-376 18.8.30, with the Chinese and Japanese ones); `number` for others.
NumberMeaning meaning_of_builtin(std::uint32_t format);

// Meaning of a format code such as yyyy"年"m"月"d"日"; elapsed times ([h]:mm) are numbers of days.
NumberMeaning meaning_of_code(std::string_view code);

// The decimal text of a number cell: as written when that is plain and of at most 15 significant digits, else the
// double's value to 15 significant digits, which is what spreadsheets show. Empty when it is no finite number.
std::string number_text(std::string_view written);

// The ISO text of serial `written` and its kind; the number itself where the serial is no moment of the system.
struct Moment {
    std::string text;
    CellKind kind;
};
Moment moment_of(std::string_view written, NumberMeaning meaning, DateSystem system);

// The kind of an ISO 8601 date cell (t="d"), with the text cut to our forms.
Moment moment_of_iso(std::string_view written);

}  // namespace shangdao::exchange::xlsx
