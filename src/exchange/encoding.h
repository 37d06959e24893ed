// Encoding – which bytes a text file is written in.
//
// Order: byte order mark → valid UTF-8 (the whole file is looked at, so late bytes do not surprise) → valid GB18030 →
// ICU's charset detector. The detector alone was rejected: it fails on short files, which most are. A person may always
// say otherwise. Only encodings without shift state are offered: decoding may restart at any character.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "exchange/source.h"

namespace shangdao::exchange {

struct Encoding {
    std::string_view name;      // shown, and accepted back
    std::string_view icu_name;  // empty for UTF-8, which needs no conversion
};

// All that can be read, the likeliest first.
std::span<const Encoding> encodings();

// By name or alias, any case ("gbk", "utf8", "latin1"); nullptr when unknown.
const Encoding* find_encoding(std::string_view name);

struct DetectedEncoding {
    const Encoding* encoding = nullptr;
    std::size_t mark_bytes = 0;  // length of the byte order mark before the text
};

// Refuses `unknown_encoding` when nothing fits, and when `wanted` names no encoding. A mark that agrees with `wanted`
// is skipped as well.
Result<DetectedEncoding> detect_encoding(const SheetSource& source, std::optional<std::string_view> wanted = std::nullopt);

// Length of the longest prefix that is whole, valid UTF-8.
std::size_t valid_utf8_prefix(std::string_view text);

// Whether `rest` (what follows a valid prefix) could be the beginning of one more character.
bool begins_utf8_character(std::string_view rest);

}  // namespace shangdao::exchange
