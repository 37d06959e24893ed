// Sentences for answers that were made before their reader was known: a job's result and problem are stored with codes and
// arguments, the sentence is added in the language of whoever asks.
#pragma once

#include <string>
#include <string_view>

#include "base/label.h"

namespace shangdao::serve::rest {

// Every object in the JSON with a `code` that the table knows and without a `say` gets one, from its `field` and `args`.
std::string with_sentences(std::string_view json, Language language);

}  // namespace shangdao::serve::rest
