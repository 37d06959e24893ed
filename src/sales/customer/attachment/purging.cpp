// First rows, then files: a file goes only when no row knows it, also none in the bin. A row that comes while this runs stands on a
// file that was touched when it arrived, and is young (engine/files/kept_files.h).
#include "sales/customer/attachment/purging.h"

#include <algorithm>

#include "engine/expressions.h"
#include "sales/customer/attachment/attaching.h"
#include "sales/customer/attachment/attachment.h"

namespace shangdao::customer {

namespace {

using record::Object;

constexpr std::int64_t page_rows = 500;

engine::Caller system() { return {.kind = engine::Caller::Kind::system, .via = record::Via::system, .request = "purge"}; }

bool is_over(const record::Record& attachment, Instant now)
{
    const auto* deleted = std::get_if<Instant>(&attachment.at(record::slot_deleted_at));
    return deleted != nullptr && deleted->us < now.us - bin_days * 24 * 3'600 * 1'000'000;
}

// Every attachment, of the bin or not, page by page.
void each_attachment(store::Store& store, store::Select::Deleted which, const std::function<void(std::span<const record::Record>)>& take)
{
    std::optional<Id> after;
    while (true) {
        const auto view = store.read();
        const auto& object = view->catalogue().at("attachment");
        store::Select select{.from = &object, .limit = page_rows, .deleted = which};
        select.order = {{engine::field_expression(object, record::slot_id), false}};
        if (after) select.after = {*after, *after};
        const auto page = view->records(select, {});
        take(page);
        if (std::ssize(page) < page_rows) return;
        after = page.back().id();
    }
}

std::int64_t purge_bin(engine::Engine& engine)
{
    std::vector<Id> over;
    each_attachment(engine.store(), store::Select::Deleted::only, [&](std::span<const record::Record> page) {
        for (const auto& attachment : page)
            if (is_over(attachment, engine.clock().now())) over.push_back(attachment.id());
    });
    std::int64_t purged = 0;
    for (std::size_t from = 0; from < over.size(); from += page_rows) {
        const auto some = std::span{over}.subspan(from, std::min<std::size_t>(page_rows, over.size() - from));
        const auto erased = engine.write_now(system(), [&](engine::Work& work) -> Result<std::string> {
            const auto& object = work.desk.catalogue->at("attachment");
            record::Event event;
            for (const auto id : some) {
                const auto attachment = work.unit.find(object, id);
                if (!attachment || !is_over(*attachment, work.desk.moment.now)) continue;   // taken out of the bin meanwhile
                work.unit.erase(object, id);
                event.ids.push_back(id);
            }
            if (event.ids.empty()) return std::string{"0"};
            const auto count = event.ids.size();
            event.recorded_at = event.happened_at = work.desk.moment.now;
            event.via = record::Via::system;
            event.request = "purge";
            event.object = "attachment";
            event.verb = "purged";
            event.changes = "{}";
            work.unit.append(std::move(event));
            return std::to_string(count);
        }, store::Urgency::background);
        if (erased) purged += std::stoll(*erased);
    }
    return purged;
}

void drop_half_uploads(const std::filesystem::path& directory, std::filesystem::file_time_type before)
{
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(directory, ignored))
        if (entry.path().filename().string().starts_with("upload-") && entry.last_write_time(ignored) < before) std::filesystem::remove(entry.path(), ignored);
}

}  // namespace

std::vector<std::string> attachment_hashes(store::Store& store)
{
    std::vector<std::string> hashes;
    for (const auto which : {store::Select::Deleted::hide, store::Select::Deleted::only})
        each_attachment(store, which, [&](std::span<const record::Record> page) {
            for (const auto& attachment : page)
                if (const auto* hash = attachment.get(Attachment::content_hash)) hashes.push_back(*hash);
        });
    std::ranges::sort(hashes);
    hashes.erase(std::ranges::unique(hashes).begin(), hashes.end());
    return hashes;
}

std::int64_t drop_unattached(engine::Engine& engine, std::span<const std::string> hashes)
{
    const auto known = attachment_hashes(engine.store());
    const auto stays = [&](const std::string& hash) { return std::ranges::find(hashes, hash) == hashes.end() || std::ranges::binary_search(known, hash); };
    return engine::drop_kept_files(attachment_shelf(engine), std::filesystem::file_time_type::clock::now(), stays);
}

Purged purge_attachments(engine::Engine& engine)
{
    Purged purged{.attachments = purge_bin(engine)};
    const auto before = std::filesystem::file_time_type::clock::now() - std::chrono::hours{unknown_file_hours};
    const auto known = attachment_hashes(engine.store());
    purged.files = engine::drop_kept_files(attachment_shelf(engine), before, [&](const std::string& hash) { return std::ranges::binary_search(known, hash); });
    drop_half_uploads(engine.directory() / "files", before);
    return purged;
}

}  // namespace shangdao::customer
