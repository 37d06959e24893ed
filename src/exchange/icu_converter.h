// IcuConverter – ICU's converter behind our ownership; only encoding.cpp and text_stream.cpp see it.
#pragma once

#include <unicode/ucnv.h>

#include <memory>

#include "base/require.h"
#include "exchange/encoding.h"

namespace shangdao::exchange {

using IcuConverter = std::unique_ptr<UConverter, void (*)(UConverter*)>;

// A converter that stops at the first invalid byte. UTF-8 has none: its icu_name is empty.
IcuConverter open_converter(const Encoding& encoding);

}  // namespace shangdao::exchange
