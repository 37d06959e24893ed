// Bytes by their hash, names without tricks, types by the bytes themselves.
#include "engine/files/kept_files.h"

#include "base/testing.h"

#include <unistd.h>

#include <fstream>

namespace shangdao::engine {
namespace {

struct Shelf {
    std::filesystem::path directory;
    Shelf()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "shelf-XXXXXX").string();
        directory = ::mkdtemp(pattern.data());
    }
    ~Shelf() { std::filesystem::remove_all(directory); }
    std::filesystem::path arrived(std::string_view bytes) const
    {
        const auto path = directory / "arrived";
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
};

TEST("equal bytes are kept once, under their hash")
{
    const Shelf shelf;
    const auto kept = keep_file(shelf.directory / "kept", shelf.arrived("abc"));
    EXPECT_EQ(kept.hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");   // FIPS 180-2, B.1
    EXPECT_EQ(kept.bytes, 3U);
    EXPECT_FALSE(std::filesystem::exists(shelf.directory / "arrived"));
    EXPECT_EQ(keep_file(shelf.directory / "kept", shelf.arrived("abc")).hash, kept.hash);
    EXPECT_FALSE(std::filesystem::exists(shelf.directory / "arrived"));
    const auto path = find_kept_file(shelf.directory / "kept", kept.hash);
    ASSERT_TRUE(path);
    EXPECT_EQ(std::filesystem::file_size(*path), 3U);
}

TEST("a file goes when it is old and nobody knows it, and is young again when its bytes come again")
{
    const Shelf shelf;
    const auto kept = shelf.directory / "kept";
    const auto before = std::filesystem::file_time_type::clock::now() - std::chrono::hours{24};
    const auto keep = [&](std::string_view bytes) { return keep_file(kept, shelf.arrived(bytes)).hash; };
    const auto age = [&](const std::string& hash) { std::filesystem::last_write_time(*find_kept_file(kept, hash), before - std::chrono::seconds{1}); };
    const auto known = keep("known"), unknown = keep("unknown"), young = keep("young"), again = keep("again"), aside = keep("aside");
    for (const auto& hash : {known, unknown, again, aside}) age(hash);
    keep("again");
    const auto path = *find_kept_file(kept, aside);
    std::filesystem::rename(path, path.string() + ".aside");
    EXPECT_EQ(drop_kept_files(kept, before, [&](const std::string& hash) { return hash == known || hash == aside; }), 1);
    for (const auto& hash : {known, young, again, aside}) EXPECT_TRUE(find_kept_file(kept, hash)) << hash;
    EXPECT_FALSE(find_kept_file(kept, unknown));
    EXPECT_EQ(drop_kept_files(kept, before, [](const std::string&) { return false; }), 2);
    EXPECT_EQ(drop_kept_files(shelf.directory / "nowhere", before, [](const std::string&) { return false; }), 0);
}

TEST("what is no hash finds no file")
{
    const Shelf shelf;
    keep_file(shelf.directory / "kept", shelf.arrived("abc"));
    for (const auto* text : {"", "ab", "../arrived", "../../../../../../../../../../../../../../../../../../../etc/passwd", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"})
        EXPECT_FALSE(find_kept_file(shelf.directory / "kept", text)) << text;
}

TEST("a file name loses its path and what misleads the eye")
{
    struct Row { std::string_view name, clean; };
    const Row table[] = {
        {"方案.pdf", "方案.pdf"},
        {"../../etc/passwd", "passwd"},
        {"C:\\Users\\li\\航图 二.xlsx", "航图 二.xlsx"},
        {"..", ""},
        {".htaccess", "htaccess"},
        {"a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"},
        {"invoice\xE2\x80\xAE" "fdp.exe", "invoicefdp.exe"},   // right-to-left override
        {"a\"b.txt", "a_b.txt"},
        {"  ", ""},
        {"dir/", ""},
    };
    for (const auto& row : table) EXPECT_EQ(clean_file_name(row.name), row.clean) << row.name;
    std::string lengthy;
    for (int i = 0; i < 100; ++i) lengthy += "长";
    EXPECT_EQ(clean_file_name(lengthy).size(), 198U);
}

TEST("the type of a file comes from its bytes, and only some may be shown")
{
    struct Row { std::string_view head, name, media_type; bool shown; };
    const Row table[] = {
        {"%PDF-1.7", "a.html", "application/pdf", true},
        {"\x89PNG\r\n\x1a\n", "a", "image/png", true},
        {"RIFF1234WEBP", "a", "image/webp", true},
        {"<svg onload=alert(1)>", "a.svg", "application/octet-stream", false},
        {"<html>", "a.png", "application/octet-stream", false},
        {"<html>", "a.html", "application/octet-stream", false},
        {"RIFF", "a", "application/octet-stream", false},
        {"x,y", "A.CSV", "text/csv", false},
        {"", "", "application/octet-stream", false},
    };
    for (const auto& row : table) {
        EXPECT_EQ(media_type_of(row.head, row.name), row.media_type) << row.name;
        EXPECT_EQ(may_be_shown(row.media_type), row.shown) << row.media_type;
    }
}

}  // namespace
}  // namespace shangdao::engine
