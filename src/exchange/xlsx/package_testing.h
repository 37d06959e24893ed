// Workbooks made by hand for the tests of this folder: a zip of the parts one gives it.
#pragma once

#include <zip.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "exchange/sheet_testing.h"

namespace shangdao::exchange::trial {

using Parts = std::vector<std::pair<std::string, std::string>>;

// The bytes of a zip file with these entries, deflated.
inline std::string zipped(const Parts& parts)
{
    const TemporaryDirectory directory;
    const std::string path = (directory / "package.zip").string();
    zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
    for (const auto& [name, content] : parts) {
        zip_source_t* const source = zip_source_buffer(archive, content.data(), content.size(), 0);
        zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    }
    zip_close(archive);
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline const std::string relation_types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

inline Parts workbook_around(std::string sheet_xml)
{
    return {
        {"_rels/.rels", "<Relationships><Relationship Id='r1' Type='" + relation_types + "officeDocument' Target='xl/workbook.xml'/></Relationships>"},
        {"xl/workbook.xml", "<workbook><sheets><sheet name='航行' sheetId='1' r:id='s1'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='s1' Type='" + relation_types + "worksheet' Target='worksheets/one.xml'/>"
                                       "<Relationship Id='s2' Type='" + relation_types + "sharedStrings' Target='/xl/sharedStrings.xml'/>"
                                       "<Relationship Id='s3' Type='" + relation_types + "styles' Target='styles.xml'/></Relationships>"},
        {"xl/worksheets/one.xml", std::move(sheet_xml)},
    };
}

// A sheet whose sheetData is `rows`; `more` are further parts.
inline std::string workbook_of(const std::string& rows, Parts more = {})
{
    Parts parts = workbook_around("<?xml version='1.0' encoding='UTF-8'?><worksheet><sheetData>" + rows + "</sheetData></worksheet>");
    parts.insert(parts.end(), more.begin(), more.end());
    return zipped(parts);
}

}  // namespace shangdao::exchange::trial
