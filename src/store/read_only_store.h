// A store that is only looked at: whoever writes through it has taken the wrong one.
#pragma once

#include "base/require.h"
#include "store/store.h"

namespace shangdao::store {

class ReadOnlyStore : public Store {
public:
    void submit(std::function<Result<void>(Unit&)>, std::function<void(Outcome)>, Urgency) override { refuse_to_write(); }
    Result<void> rehearse(const std::function<Result<void>(Unit&)>&) override { refuse_to_write(); }
    void on_commit(std::function<void(std::span<const record::Event>, Author)>) override {}
    bool is_shared() override { return true; }
    bool scrub() override { refuse_to_write(); }
    IdSource& ids() override { refuse_to_write(); }
    std::string synchronous() override { return "read only"; }
    std::int64_t sealed_to() override { return read()->head(); }
    bool quiet() override { return true; }
    bool search_is_behind() override { return false; }

private:
    [[noreturn]] static void refuse_to_write() { report_bug("this store only reads", std::source_location::current()); }
};

}  // namespace shangdao::store
