// Wire – values as JSON, the same in REST, ledger, query and export of JSON (D1).
//
//   number   JSON number while |units| < 10^15, else string      money    {"amount":"1236800.00","currency":"CNY"}
//   share    0…1 number        date "2026-03-20"                 instant  "2026-03-20T08:30:00Z"
//   reference read {"id","name"}, ledger and write "id"          choices  ["a","b"]      address {country,region,detail}
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "base/result.h"
#include "base/zone.h"
#include "record/definition.h"

namespace shangdao::record {

// Appends the JSON of `value`; a reference is its id string.
void append_wire(std::string& out, const FieldDef& field, const Value& value);
// A reference with its target's name; an empty name is written as null (target unknown to the reader).
void append_wire_reference(std::string& out, Id id, std::string_view name);

// Reads what a client sent. Shape and range are checked (type, length, scale, choice known and active, UTF-8); existence
// of a referenced record is not. Money without currency is in `base`. Text is NFC and trimmed; empty becomes null.
// Refusals: invalid_value, too_long, unknown_choice, number_overflow, … with `field` = field.name.
Result<Value> from_wire(const FieldDef& field, const boost::json::value& json, Currency base);

// Text as people mean it: trimmed, NFC, its lines ended by line feeds. Refusals invalid_utf8, control_character (args.character).
Result<std::string> plain_text(const FieldDef& field, std::string_view raw);
// The text rules alone: UTF-8, NFC, trimmed, length, the kind's shape; empty is null.
Result<Value> text_value(const FieldDef& field, std::string_view raw);

// The same from plain text as imports and URLs have it: labels and synonyms of choices are known in both languages,
// numbers may carry separators ("1,200.50", "$22,700.00"), dates the usual forms. A reference must be an id:
// names are resolved by the engine, which knows what the reader may see.
struct TextReading {
    Currency base{};
    enum class DayOrder : unsigned char { month_first, day_first } day_order = DayOrder::month_first;   // for 03/04/2021
    const Zone* zone = nullptr;   // instants without an offset are in it; nullptr: UTC
};
Result<Value> from_text(const FieldDef& field, std::string_view text, const TextReading& reading);

// As a person reads it in the given language: 1,236,800.00 · 2026-03-20 · 需求分析. References give their id.
std::string display(const FieldDef& field, const Value& value, Language language);

}  // namespace shangdao::record
