// The steps of Store::scrub: each text index into one segment, free pages filled and given back, at last the log.
#include <utility>

#include "base/fault.h"
#include "store/sqlite/free_pages.h"
#include "store/sqlite/writer.h"

namespace shangdao::store::sqlite {

namespace {

constexpr int log_tries_max = 100;    // to empty it, each of restart_wait_ms

}  // namespace

void Writer::scrub(Scrubbing& scrubbing)
{
    using Part = Scrubbing::Part;
    const auto chore = [&](const std::function<bool()>& step) {
        bool more = false;
        if (!run_chore([&] { more = step(); })) throw Fault(FaultKind::storage, "what was erased is not overwritten");
        return more;
    };
    switch (scrubbing.part) {
    case Part::index:
        if (index_pending_) return run_index();
        while (scrubbing.table < layout_->tables.size() && layout_->tables[scrubbing.table].searched_slots.empty()) ++scrubbing.table;
        if (scrubbing.table == layout_->tables.size()) scrubbing.part = Part::filling;
        else if (const bool begun = std::exchange(scrubbing.index, Scrubbing::Union::begun) == Scrubbing::Union::begun;
                 !chore([&] { return unite_segments(*connection_, layout_->tables[scrubbing.table], begun ? Unite::on : Unite::begin); }) && begun) {
            ++scrubbing.table;
            scrubbing.index = Scrubbing::Union::untouched;
        }
        return;
    case Part::filling:
        if (!chore([&] { return fill_free_pages(*connection_); })) scrubbing.part = Part::giving_back;
        return;
    case Part::giving_back:
        if (!chore([&] { return give_back_pages(*connection_); })) scrubbing.part = Part::log;
        return;
    case Part::log:
        scrubbing.clean = empty_log();
        if (scrubbing.clean || ++scrubbing.tries == log_tries_max) scrubbing.part = Part::done;
        return;
    case Part::done: return;
    }
}

}  // namespace shangdao::store::sqlite
