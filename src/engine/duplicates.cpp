// Candidates come from the search index (a name in any spelling, a phone's tail), the verdict from the values themselves.
#include "engine/duplicates.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "engine/expressions.h"

namespace shangdao::engine {

namespace {

using record::FieldLevel;
using record::TextKind;

constexpr std::int64_t candidates_max = 50;
constexpr std::size_t shown_max = 10;

std::string digits_of(std::string_view text)
{
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9') digits += c;
    return digits.size() > 11 ? digits.substr(digits.size() - 11) : digits;   // a country code is no difference
}

std::string_view domain_of(std::string_view url)
{
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
    if (url.starts_with("www.")) url.remove_prefix(4);
    return url.substr(0, url.find('/'));
}

// Words that name a legal form, not a firm.
std::string core_name(std::string_view name)
{
    static constexpr std::string_view forms[] = {"股份有限公司", "有限责任公司", "有限公司", "集团", "公司", " co., ltd.", " co.,ltd.", " co ltd", " inc.", " inc", " ltd.", " ltd", " llc", " gmbh", " corporation", " corp.", " corp"};
    auto key = match_key(name);
    for (const auto form : forms)
        if (key.size() > form.size() && key.ends_with(form)) key.resize(key.size() - form.size());
    return key;
}

// How alike two values of one field are; 0 for not.
int likeness(const record::FieldDef& field, bool is_name, std::string_view a, std::string_view b, std::string& reason)
{
    switch (field.text_kind) {
    case TextKind::email:
        reason = "same_email";
        return match_key(a) == match_key(b) ? 95 : 0;
    case TextKind::phone: {
        reason = "same_phone";
        const auto digits = digits_of(a);
        return digits.size() >= 7 && digits == digits_of(b) ? 90 : 0;
    }
    case TextKind::url:
        reason = "same_website";
        return domain_of(match_key(a)) == domain_of(match_key(b)) ? 85 : 0;
    default: break;
    }
    if (!is_name) return 0;
    if (match_key(a) == match_key(b)) {
        reason = "same_name";
        return 100;
    }
    const auto core_a = core_name(a), core_b = core_name(b);
    reason = "similar_name";
    if (core_a == core_b) return 90;
    const std::string_view candidates[] = {core_b};
    if (core_a.size() >= 6 && nearest(core_a, candidates)) return 70;
    return core_a.size() >= 6 && core_b.size() >= 6 && (core_a.contains(core_b) || core_b.contains(core_a)) ? 65 : 0;
}

bool compared(const Desk& desk, const Object& object, std::size_t slot)
{
    const auto& field = object.field(slot);
    if (field.type != record::Type::text || desk.guard->field(object, slot) < FieldLevel::read) return false;
    return slot == object.name_slot() || field.text_kind == TextKind::email || field.text_kind == TextKind::phone || field.text_kind == TextKind::url;
}

// Records that are found by the value, asked of the index where the field is in it, else by equality.
std::vector<Record> candidates(store::View& view, const Desk& desk, const Object& object, std::size_t slot, const std::string& value)
{
    std::vector<Record> records;
    if (object.field(slot).searched != record::Searched::yes) {
        store::Select select{.from = &object, .where = field_is(object, slot, value), .limit = candidates_max};
        select.sight = desk.guard.get();
        return view.records(select, desk.moment);
    }
    const bool phone = object.field(slot).text_kind == TextKind::phone;
    const auto words = search_query(phone ? digits_of(value) : slot == object.name_slot() ? core_name(value) : value);
    if (words.empty()) return records;
    const Object* const among[] = {&object};
    for (const auto& hit : view.search(words, among, desk.guard.get(), candidates_max))
        if (auto record = view.find(object, hit.id)) records.push_back(std::move(*record));
    return records;
}

}  // namespace

bool has_twins(const Object& object)
{
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        const auto kind = object.field(slot).text_kind;
        if (kind == TextKind::email || kind == TextKind::phone || kind == TextKind::url) return true;
    }
    return false;
}

std::vector<Duplicate> find_duplicates(store::View& view, const Desk& desk, const Object& object, const record::Changes& values, Id except)
{
    std::vector<Duplicate> found;
    for (const auto& change : values) {
        const auto* text = std::get_if<std::string>(&change.value);
        if (text == nullptr || !compared(desk, object, change.slot)) continue;
        for (const auto& record : candidates(view, desk, object, change.slot, *text)) {
            const auto* theirs = std::get_if<std::string>(&record.at(change.slot));
            std::string reason;
            if (theirs == nullptr || record.id() == except) continue;
            const int score = likeness(object.field(change.slot), change.slot == object.name_slot(), *text, *theirs, reason);
            if (score == 0) continue;
            auto known = std::ranges::find(found, record.id(), &Duplicate::id);
            if (known == found.end()) {
                const auto* name = std::get_if<std::string>(&record.at(object.name_slot()));
                found.push_back({.object = &object, .id = record.id(), .name = name == nullptr ? std::string{} : *name});
                known = found.end() - 1;
            }
            known->reasons.push_back(reason);
            known->score = std::max(known->score, score);
        }
    }
    std::ranges::sort(found, [](const Duplicate& a, const Duplicate& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
    if (found.size() > shown_max) found.resize(shown_max);
    return found;
}

std::string duplicates_json(const std::vector<Duplicate>& duplicates)
{
    std::string out = "[";
    for (const auto& one : duplicates) {
        out += out.back() == '[' ? "{" : ",{";
        out += R"("object":)";
        append_json_string(out, one.object->name());
        out += R"(,"id":")" + to_string(one.id) + R"(","name":)";
        append_json_string(out, one.name);
        out += R"(,"reasons":[)";
        for (std::size_t i = 0; i < one.reasons.size(); ++i) {
            if (i > 0) out += ',';
            append_json_string(out, one.reasons[i]);
        }
        out += R"(],"score":)" + std::to_string(one.score) + "}";
    }
    return out + "]";
}

}  // namespace shangdao::engine
