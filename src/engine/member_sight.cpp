// Nothing here judges: the guards do, and list_answer answers.
#include "engine/member_sight.h"

#include <array>

#include "base/json.h"
#include "base/text.h"
#include "engine/records.h"

namespace shangdao::engine {

namespace {

constexpr std::array<std::string_view, 4> levels{"none", "own", "team", "all"};
constexpr std::array<std::string_view, 6> actions{"create", "read", "edit", "delete", "export", "bulk"};
constexpr std::int64_t counted_max = 10'000;
constexpr std::int64_t page = 50;

void append_words(std::string& out, std::string_view name, const std::vector<std::string_view>& words)
{
    out += ",\"";
    out += name;
    out += "\":[";
    for (const auto word : words) {
        if (out.back() != '[') out += ',';
        append_json_string(out, word);
    }
    out += ']';
}

// Of the fields the asker sees.
void append_fields(std::string& out, const Shoulder& shoulder, const Object& object)
{
    std::vector<std::string_view> hidden, masked, read_only;
    const bool edits = shoulder.unbounded && shoulder.unbounded->may(Action::edit, object);
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot) {
        if (shoulder.asker.guard->field(object, slot) == record::FieldLevel::hidden) continue;
        const auto& field = object.field(slot);
        switch (shoulder.unbounded ? shoulder.unbounded->field(object, slot) : record::FieldLevel::hidden) {
        case record::FieldLevel::hidden: hidden.push_back(field.name); break;
        case record::FieldLevel::masked: masked.push_back(field.name); break;
        case record::FieldLevel::read:
            if (edits && field.written_by == record::WrittenBy::anyone) read_only.push_back(field.name);
            break;
        case record::FieldLevel::edit: break;
        }
    }
    append_words(out, "hidden", hidden);
    append_words(out, "masked", masked);
    append_words(out, "read_only", read_only);
}

std::int64_t count_of(store::View& view, const Shoulder& shoulder, const Object& object)
{
    if (!shoulder.desk || !shoulder.desk->guard->may(Action::read, object)) return 0;
    store::Select select{.from = &object};
    select.sight = shoulder.desk->guard.get();
    return view.count(select, shoulder.desk->moment, counted_max);
}

void append_object(std::string& out, store::View& view, const Shoulder& shoulder, const Object& object)
{
    out += out.back() == '[' ? R"({"name":)" : R"(,{"name":)";
    append_json_string(out, object.name());
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const auto level = shoulder.unbounded ? shoulder.unbounded->level(static_cast<Action>(i), object) : Level::none;
        out += ",\"" + std::string{actions[i]} + "\":\"" + std::string{levels[static_cast<std::size_t>(level)]} + '"';
    }
    const auto count = count_of(view, shoulder, object);
    out += R"(,"count":)" + std::to_string(count);
    if (count >= counted_max) out += R"(,"at_least":true)";
    out += shoulder.asker.guard->level(Action::read, object) == Level::all ? R"(,"bounded":false)" : R"(,"bounded":true)";
    append_fields(out, shoulder, object);
    out += '}';
}

}  // namespace

std::string sight_answer(store::View& view, const Shoulder& shoulder)
{
    std::string out = R"({"member":{"id":")" + to_string(shoulder.member.id) + R"(","name":)";
    append_json_string(out, shoulder.member.name);
    out += shoulder.desk ? R"(,"active":true)" : R"(,"active":false)";
    append_words(out, "roles", std::vector<std::string_view>(shoulder.member.roles.begin(), shoulder.member.roles.end()));
    out += R"(},"objects":[)";
    for (const auto& object : shoulder.asker.catalogue->objects())
        if (object.routed() && shoulder.asker.guard->may(Action::read, object)) append_object(out, view, shoulder, object);
    return out + "]}";
}

Result<std::string> sight_list_answer(store::View& view, const Shoulder& shoulder, const Seal& seal, Anchors& anchors, std::string_view name)
{
    const auto known = [&](const Object& object) { return object.routed() && shoulder.desk && shoulder.desk->guard->may(Action::read, object); };
    const auto* object = shoulder.asker.catalogue->find(name);
    if (object == nullptr || !known(*object)) {
        std::vector<std::string_view> names;
        for (const auto& one : shoulder.asker.catalogue->objects())
            if (known(one)) names.push_back(one.name());
        std::map<std::string, std::string> args{{"name", std::string{name.substr(0, 40)}}};
        if (const auto near = nearest(name, names)) args["nearest"] = *near;
        return refuse("unknown_object", "object", std::move(args));
    }
    std::vector<std::string_view> fields;
    for (const auto field : object->layout().list)
        if (const auto slot = object->slot(field); slot && shoulder.desk->guard->field(*object, *slot) != record::FieldLevel::hidden) fields.push_back(field);
    if (fields.empty()) fields.push_back(object->field(object->name_slot()).name);
    const ListRequest request{.fields = {fields.begin(), fields.end()}, .limit = page};
    TRY(auto list, list_answer(view, *shoulder.desk, seal, anchors, *object, request));
    std::string head = "{";
    append_words(head, "fields", fields);
    head.erase(1, 1);
    return head + ',' + list.substr(1);
}

void tell_of_look(Work& work, Id member) { append_deed(work, "member", member, "sight_looked_at"); }

}  // namespace shangdao::engine
