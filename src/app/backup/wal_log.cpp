#include "app/backup/wal_log.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>

#include "app/backup/manifest.h"
#include "base/bytes.h"
#include "base/secret.h"
#include "store/sqlite/wal_frames.h"

namespace shangdao::app {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view ending = ".segment";

std::unexpected<Problems> damaged(const fs::path& path) { return refuse("backup_damaged", path.string(), {{"path", path.string()}}); }

std::string head_text(const Segment& segment)
{
    json::array points;
    for (const auto& point : segment.points) points.push_back(json::array{point.frame, point.at.us, point.seq});
    return sealed(json::serialize(json::object{{"format", backup_format}, {"segment", segment.number}, {"run", segment.run}, {"page_bytes", segment.page_bytes}, {"after", segment.after},
                                               {"frames_bytes", segment.frames.bytes}, {"frames_sha256", segment.frames.sha256}, {"points", std::move(points)}}));
}

Segment segment_of(const json::value& value)
{
    Segment segment{.number = value.at("segment").as_int64(),
                    .run = std::string{value.at("run").as_string()},
                    .page_bytes = value.at("page_bytes").as_int64(),
                    .after = value.at("after").as_int64(),
                    .points = {},
                    .frames = {.sha256 = std::string{value.at("frames_sha256").as_string()}, .bytes = value.at("frames_bytes").as_int64()}};
    for (const auto& point : value.at("points").as_array()) segment.points.push_back({.frame = point.at(0).as_int64(), .at = Instant{point.at(1).as_int64()}, .seq = point.at(2).as_int64()});
    return segment;
}

// The two lines that a segment begins with.
std::string first_lines(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    std::string json, hash;
    std::getline(in, json);
    std::getline(in, hash);
    return json + "\n" + hash + "\n";
}

}  // namespace

fs::path WalLog::path(std::int64_t number) const { return directory_ / fmt::format("{:012}{}", number, ending); }

LogPlace WalLog::place() const
{
    LogPlace place;
    const auto run = directory_ / "run";
    if (!read_sealed(read_text(run), run, [&](const json::value& value) { place.run = value.at("run").as_string(); })) place.run.clear();
    if (const auto there = numbers(); !there.empty()) place.from = there.back() + 1;
    return place;
}

std::string WalLog::begin_run(Instant at) const
{
    const auto run = to_string(at) + "-" + hex(bytes_of(random_bytes(4)));
    write_durably(directory_ / "run", sealed(json::serialize(json::object{{"run", run}})));
    return run;
}

void WalLog::write(Segment segment, std::string_view frames) const
{
    segment.frames = {.sha256 = hex(sha256(frames)), .bytes = std::ssize(frames)};
    auto text = head_text(segment);
    text += frames;
    write_durably(path(segment.number), text);
}

std::vector<std::int64_t> WalLog::numbers() const
{
    std::vector<std::int64_t> numbers;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(directory_, none)) {
        const auto name = entry.path().filename().string();
        std::int64_t number = 0;
        if (name.ends_with(ending) && std::from_chars(name.data(), name.data() + name.size(), number).ec == std::errc{}) numbers.push_back(number);
    }
    std::ranges::sort(numbers);
    return numbers;
}

Result<Segment> WalLog::head(std::int64_t number) const
{
    Segment segment;
    CHECK_OK(read_sealed(first_lines(path(number)), path(number), [&](const json::value& value) { segment = segment_of(value); }));
    if (segment.number != number || !store::is_page_size(segment.page_bytes)) return damaged(path(number));
    return segment;
}

Result<std::string> WalLog::frames(const Segment& segment) const
{
    auto text = read_text(path(segment.number));
    const auto head = head_text(segment);
    if (!text.starts_with(head)) return damaged(path(segment.number));
    text.erase(0, head.size());
    if (FileProof{.sha256 = hex(sha256(text)), .bytes = std::ssize(text)} != segment.frames) return damaged(path(segment.number));
    return text;
}

void WalLog::drop_before(std::int64_t number) const
{
    const auto there = numbers();
    for (const auto one : there)
        if (one < number && one != there.back()) fs::remove(path(one));
}

}  // namespace shangdao::app
