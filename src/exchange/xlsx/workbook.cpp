#include "exchange/xlsx/workbook.h"

#include <charconv>
#include <map>
#include <optional>

#include "exchange/xlsx/xml.h"

namespace shangdao::exchange::xlsx {

namespace {

constexpr std::size_t sheets_max = 1'000;
constexpr std::size_t styles_max = 65'536;

std::uint32_t number_of(std::optional<std::string_view> text)
{
    std::uint32_t value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
}

struct Relation {
    std::string kind;  // last word of its type: worksheet, styles, sharedStrings …
    std::string part;
};

// Turns a target as written into the name of an entry: absolute from the root, else beside its own part.
std::string part_of(std::string_view folder, std::string_view target)
{
    if (target.starts_with('/')) return std::string(target.substr(1));
    std::string base(folder);
    while (target.starts_with("../") || target.starts_with("./")) {
        if (target.starts_with("../")) base.erase(base.size() < 2 ? 0 : base.rfind('/', base.size() - 2) + 1);
        target.remove_prefix(target.find('/') + 1);
    }
    return base + std::string(target);
}

class RelationsPart final : public XmlDocument {
public:
    RelationsPart(ArchiveEntry entry, std::string_view folder) : XmlDocument(std::move(entry)), folder_(folder) {}
    std::map<std::string, Relation, std::less<>> relations;

private:
    void on_start(std::string_view name, const XmlAttributes& attributes) override
    {
        const auto id = attributes.find("Id");
        const auto type = attributes.find("Type");
        const auto target = attributes.find("Target");
        if (name != "Relationship" || !id || !type || !target || attributes.find("TargetMode") == "External") return;
        if (relations.size() >= 10 * sheets_max) return stop({"file_damaged", {}, {}});
        relations[std::string(*id)] = {std::string(type->substr(type->rfind('/') + 1)), part_of(folder_, *target)};
    }
    void on_end(std::string_view) override {}
    void on_text(std::string_view) override {}

    std::string folder_;
};

Result<std::map<std::string, Relation, std::less<>>> relations_of(const Archive& archive, std::string_view part)
{
    const std::size_t slash = part.rfind('/');
    const std::string folder(slash == std::string_view::npos ? "" : part.substr(0, slash + 1));
    TRY(ArchiveEntry entry, archive.entry(folder + "_rels/" + std::string(part.substr(folder.size())) + ".rels"));
    RelationsPart document(std::move(entry), folder);
    CHECK_OK(read_whole(document));
    return std::move(document.relations);
}

class WorkbookPart final : public XmlDocument {
public:
    using XmlDocument::XmlDocument;
    struct Listed {
        SheetName name;
        std::string relation;
    };
    std::vector<Listed> sheets;
    DateSystem dates = DateSystem::from_1900;

private:
    void on_start(std::string_view name, const XmlAttributes& attributes) override
    {
        if (name == "workbookPr") {
            const auto flag = attributes.find("date1904");
            if (flag == "1" || flag == "true") dates = DateSystem::from_1904;
        }
        if (name != "sheet") return;
        if (sheets.size() == sheets_max) return stop({"file_damaged", {}, {}});
        const auto state = attributes.find("state");
        sheets.push_back({{std::string(attributes.find("name").value_or("")), state && state != "visible"}, std::string(attributes.find("id").value_or(""))});
    }
    void on_end(std::string_view) override {}
    void on_text(std::string_view) override {}
};

class StylesPart final : public XmlDocument {
public:
    using XmlDocument::XmlDocument;
    std::vector<NumberMeaning> meanings;

private:
    void on_start(std::string_view name, const XmlAttributes& attributes) override
    {
        if (name == "cellXfs") in_cell_formats_ = true;
        if (name == "numFmt" && codes_.size() < styles_max) codes_[number_of(attributes.find("numFmtId"))] = meaning_of_code(attributes.find("formatCode").value_or(""));
        if (name != "xf" || !in_cell_formats_) return;
        if (meanings.size() == styles_max) return stop({"file_damaged", {}, {}});
        const std::uint32_t format = number_of(attributes.find("numFmtId"));
        const auto own = codes_.find(format);
        meanings.push_back(own != codes_.end() ? own->second : meaning_of_builtin(format));
    }
    void on_end(std::string_view name) override
    {
        if (name == "cellXfs") in_cell_formats_ = false;
    }
    void on_text(std::string_view) override {}

    bool in_cell_formats_ = false;
    std::map<std::uint32_t, NumberMeaning> codes_;
};

Result<std::string> workbook_part(const Archive& archive)
{
    if (!archive.has("_rels/.rels")) return refuse(archive.has("content.xml") ? "ods_unsupported" : "file_format_unknown");
    TRY(const auto relations, relations_of(archive, ""));
    for (const auto& [id, relation] : relations) {
        if (relation.kind != "officeDocument") continue;
        if (relation.part.ends_with(".bin")) return refuse("xlsb_unsupported");
        return relation.part;
    }
    return refuse("file_format_unknown");
}

}  // namespace

Result<Workbook> read_workbook(const Archive& archive)
{
    TRY(const std::string part, workbook_part(archive));
    TRY(ArchiveEntry entry, archive.entry(part));
    WorkbookPart document(std::move(entry));
    CHECK_OK(read_whole(document));
    TRY(const auto relations, relations_of(archive, part));

    Workbook workbook{.sheets = {}, .dates = document.dates, .strings_part = {}, .meanings = {}};
    for (WorkbookPart::Listed& sheet : document.sheets) {
        const auto relation = relations.find(sheet.relation);
        if (relation == relations.end() || relation->second.kind != "worksheet") continue;
        workbook.sheets.push_back({std::move(sheet.name), relation->second.part});
    }
    if (workbook.sheets.empty()) return refuse("file_format_unknown");
    for (const auto& [id, relation] : relations) {
        if (relation.kind == "sharedStrings" && archive.has(relation.part)) workbook.strings_part = relation.part;
        if (relation.kind != "styles" || !archive.has(relation.part)) continue;
        TRY(ArchiveEntry styles, archive.entry(relation.part));
        StylesPart read(std::move(styles));
        CHECK_OK(read_whole(read));
        workbook.meanings = std::move(read.meanings);
    }
    return workbook;
}

}  // namespace shangdao::exchange::xlsx
