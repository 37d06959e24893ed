// YAML by yaml-cpp; every node that is read is known, every other one refused.
#include "engine/import/plan.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace shangdao::engine {

namespace {

constexpr std::string_view plan_words[] = {"name", "objects"};
constexpr std::pair<std::string_view, ImportObject::OnDuplicate> policies[] = {
    {"skip", ImportObject::OnDuplicate::skip},
    {"update", ImportObject::OnDuplicate::update},
    {"merge", ImportObject::OnDuplicate::merge}};
constexpr std::pair<std::string_view, ImportField::Missing> cures[] = {{"refuse", ImportField::Missing::refuse},
                                                                       {"empty", ImportField::Missing::empty},
                                                                       {"add", ImportField::Missing::add}};
constexpr std::string_view object_words[] = {"file",         "object",  "encoding",  "sheet", "delimiter", "key",
                                             "on_duplicate", "history", "day_first", "empty", "columns",   "set"};
constexpr std::string_view field_words[] = {"field", "values", "times", "missing"};

class Reader {
public:
    explicit Reader(std::size_t nodes_max) : nodes_left_(nodes_max) {}

    Problems problems;

    void wrong(const YAML::Node& node, std::string code, std::string place,
               std::map<std::string, std::string> args = {})
    {
        if (node.IsDefined() && !node.Mark().is_null()) args["line"] = std::to_string(node.Mark().line + 1);
        problems.push_back({std::move(code), std::move(place), std::move(args)});
    }
    bool map(const YAML::Node& node, const std::string& place, std::span<const std::string_view> words)
    {
        if (!node.IsMap()) {
            wrong(node, "invalid_value", place, {{"expected", "object"}});
            return false;
        }
        for (const auto& entry : node) {
            count(entry.first);
            const auto word = entry.first.IsScalar() ? entry.first.Scalar() : std::string{};
            if (std::ranges::find(words, std::string_view{word}) != words.end()) continue;
            std::map<std::string, std::string> args{{"name", word}};
            if (const auto near = nearest(word, words)) args["nearest"] = *near;
            wrong(entry.first, "unknown_word", place + "." + word, std::move(args));
        }
        return true;
    }
    std::string text(const YAML::Node& node, const std::string& place)
    {
        if (!node.IsDefined()) return {};
        count(node);
        if (node.IsNull()) return {};
        if (node.IsScalar()) return node.Scalar();
        wrong(node, "invalid_value", place, {{"expected", "text"}});
        return {};
    }
    bool flag(const YAML::Node& node, const std::string& place)
    {
        const auto word = text(node, place);
        if (word.empty() || word == "false") return false;
        if (word != "true") wrong(node, "invalid_value", place, {{"expected", "true, false"}, {"value", word}});
        return word == "true";
    }
    std::vector<std::string> list(const YAML::Node& node, const std::string& place)
    {
        std::vector<std::string> words;
        if (!node.IsDefined() || node.IsNull()) return words;
        if (node.IsScalar())
            words.push_back(node.Scalar());
        else if (node.IsSequence())
            for (const auto& word : node) words.push_back(text(word, place));
        else
            wrong(node, "invalid_value", place, {{"expected", "list"}});
        return words;
    }
    template <typename Function>
    void each(const YAML::Node& node, const std::string& place, Function function)
    {
        if (!node.IsDefined() || node.IsNull()) return;
        if (!node.IsMap()) return wrong(node, "invalid_value", place, {{"expected", "object"}});
        for (const auto& entry : node) {
            const auto word = entry.first.IsScalar() ? entry.first.Scalar() : std::string{};
            function(word, entry.second, place + "." + word);
        }
    }

    ImportField field(const YAML::Node& node, const std::string& place)
    {
        count(node);
        ImportField field;
        if (!node.IsScalar() && !map(node, place, field_words)) return field;
        field.field = node.IsScalar() ? node.Scalar() : text(node["field"], place + ".field");
        if (field.field.empty()) wrong(node, "required", place + ".field", {{"name", "field"}});
        if (node.IsScalar()) return field;
        each(node["values"], place + ".values",
             [&](const std::string& from, const YAML::Node& to, const std::string& at) {
                 field.values[match_key(from)] = text(to, at);
             });
        if (const auto times = text(node["times"], place + ".times"); !times.empty()) {
            const auto [end, error] = std::from_chars(times.data(), times.data() + times.size(), field.times);
            if (error != std::errc{} || end != times.data() + times.size() || field.times < 1)
                wrong(node["times"], "invalid_value", place + ".times", {{"expected", "1, 1000, …"}, {"value", times}});
        }
        const auto missing = text(node["missing"], place + ".missing");
        const auto cure = std::ranges::find(cures, missing, &std::pair<std::string_view, ImportField::Missing>::first);
        if (cure != std::ranges::end(cures))
            field.missing = cure->second;
        else if (!missing.empty())
            wrong(node["missing"], "invalid_value", place + ".missing",
                  {{"expected", "refuse, empty, add"}, {"value", missing}});
        return field;
    }

    ImportObject object(const YAML::Node& node, const std::string& place)
    {
        ImportObject object;
        if (!map(node, place, object_words)) return object;
        object.file = text(node["file"], place + ".file");
        object.object = text(node["object"], place + ".object");
        for (const auto* needed : {"file", "object"})
            if (text(node[needed], place).empty()) wrong(node, "required", place + "." + needed, {{"name", needed}});
        if (const auto encoding = text(node["encoding"], place + ".encoding"); !encoding.empty())
            object.encoding = encoding;
        if (const auto sheet = text(node["sheet"], place + ".sheet"); !sheet.empty()) object.sheet = sheet;
        if (const auto delimiter = text(node["delimiter"], place + ".delimiter"); delimiter == "tab" || delimiter == "\\t")
            object.delimiter = '\t';
        else if (delimiter.size() == 1)
            object.delimiter = delimiter.front();
        else if (!delimiter.empty())
            wrong(node["delimiter"], "invalid_value", place + ".delimiter", {{"expected", ", ; | tab"}, {"value", delimiter}});
        object.key = list(node["key"], place + ".key");
        for (const auto& word : list(node["empty"], place + ".empty")) object.empty.push_back(match_key(word));
        const auto policy = text(node["on_duplicate"], place + ".on_duplicate");
        const auto known =
            std::ranges::find(policies, policy, &std::pair<std::string_view, ImportObject::OnDuplicate>::first);
        if (known != std::ranges::end(policies))
            object.on_duplicate = known->second;
        else if (!policy.empty())
            wrong(node["on_duplicate"], "invalid_value", place + ".on_duplicate",
                  {{"expected", "skip, update, merge"}, {"value", policy}});
        object.history = flag(node["history"], place + ".history");
        object.day_first = flag(node["day_first"], place + ".day_first");
        each(node["columns"], place + ".columns",
             [&](const std::string& heading, const YAML::Node& to, const std::string& at) {
                 if (to.IsSequence())
                     for (const auto& one : to) object.columns.emplace_back(heading, field(one, at));
                 else if (!to.IsNull())
                     object.columns.emplace_back(heading, field(to, at));
             });
        each(node["set"], place + ".set", [&](const std::string& name, const YAML::Node& to, const std::string& at) {
            object.set.emplace_back(name, text(to, at));
        });
        if (object.columns.empty()) wrong(node, "required", place + ".columns", {{"name", "columns"}});
        return object;
    }

private:
    // A node takes a byte at least. More are read only where aliases repeat what an anchor named, and a short plan would fill the memory.
    void count(const YAML::Node& node)
    {
        if (nodes_left_-- == 0) throw YAML::Exception(node.Mark(), "aliases repeat too much");
    }

    std::size_t nodes_left_;
};

Result<ImportPlan> plan_of(const YAML::Node& root, std::size_t nodes_max)
{
    Reader reader(nodes_max);
    ImportPlan plan;
    if (!reader.map(root, "plan", plan_words)) return refuse(std::move(reader.problems));
    plan.name = reader.text(root["name"], "plan.name");
    const auto objects = root["objects"];
    if (!objects.IsDefined() || !objects.IsSequence() || objects.size() == 0)
        reader.wrong(root, "required", "plan.objects", {{"name", "objects"}});
    else
        for (std::size_t i = 0; i < objects.size(); ++i)
            plan.objects.push_back(reader.object(objects[i], "objects[" + std::to_string(i) + "]"));
    if (!reader.problems.empty()) return refuse(std::move(reader.problems));
    return plan;
}

}  // namespace

Result<ImportPlan> parse_plan(std::string_view yaml)
{
    if (yaml.size() > import_plan_bytes_max)
        return refuse("too_large", "plan", {{"limit", std::to_string(import_plan_bytes_max)}});
    if (!valid_utf8(yaml)) return refuse("invalid_utf8", "plan");
    // yaml-cpp makes bytes of its own of it, which are no text.
    if (yaml.contains('\0')) return refuse("control_character", "plan", {{"character", "U+0000"}});
    try {
        return plan_of(YAML::Load(std::string{yaml}), yaml.size());
    } catch (const YAML::Exception& error) {
        return refuse(
            "plan_syntax", "plan",
            {{"line", std::to_string(error.mark.line + 1)}, {"column", std::to_string(error.mark.column + 1)}});
    }
}

std::string print_plan(const ImportPlan& plan)
{
    YAML::Emitter out;
    const auto pair = [&](const char* key, const std::string& value) {
        out << YAML::Key << key << YAML::Value << value;
    };
    out << YAML::BeginMap;
    pair("name", plan.name);
    out << YAML::Key << "objects" << YAML::Value << YAML::BeginSeq;
    for (const auto& object : plan.objects) {
        out << YAML::BeginMap;
        pair("file", object.file);
        if (object.sheet) pair("sheet", *object.sheet);
        pair("object", object.object);
        if (!object.key.empty()) out << YAML::Key << "key" << YAML::Value << YAML::Flow << object.key;
        pair("on_duplicate",
             std::string{std::ranges::find(policies, object.on_duplicate,
                                           &std::pair<std::string_view, ImportObject::OnDuplicate>::second)
                             ->first});
        if (object.history) pair("history", "true");
        if (object.day_first) pair("day_first", "true");
        if (!object.empty.empty()) out << YAML::Key << "empty" << YAML::Value << YAML::Flow << object.empty;
        if (object.encoding) pair("encoding", *object.encoding);
        if (object.delimiter) pair("delimiter", *object.delimiter == '\t' ? "tab" : std::string(1, *object.delimiter));
        out << YAML::Key << "columns" << YAML::Value << YAML::BeginMap;
        for (std::size_t i = 0; i < object.columns.size();) {
            const auto& heading = object.columns[i].first;
            auto end = i + 1;
            while (end < object.columns.size() && object.columns[end].first == heading) ++end;
            out << YAML::Key << heading << YAML::Value;
            if (end - i > 1) out << YAML::BeginSeq;
            for (; i < end; ++i) {
                const auto& field = object.columns[i].second;
                out << YAML::Flow << YAML::BeginMap;
                pair("field", field.field);
                if (!field.values.empty()) out << YAML::Key << "values" << YAML::Value << YAML::Flow << field.values;
                if (field.times != 1) out << YAML::Key << "times" << YAML::Value << field.times;
                if (field.missing != ImportField::Missing::refuse)
                    pair("missing",
                         std::string{std::ranges::find(cures, field.missing,
                                                       &std::pair<std::string_view, ImportField::Missing>::second)
                                         ->first});
                out << YAML::EndMap;
            }
            if (std::ranges::count(object.columns, heading, [](const auto& column) { return column.first; }) > 1)
                out << YAML::EndSeq;
        }
        out << YAML::EndMap;
        if (!object.set.empty()) {
            out << YAML::Key << "set" << YAML::Value << YAML::BeginMap;
            for (const auto& [field, text] : object.set) pair(field.c_str(), text);
            out << YAML::EndMap;
        }
        out << YAML::EndMap;
    }
    out << YAML::EndSeq << YAML::EndMap;
    return std::string{out.c_str(), out.size()} + "\n";
}

}  // namespace shangdao::engine
