// ViewSurroundings – what a formula over one record reaches beyond it, read from one snapshot: as the system, or as one member sees it (D7).
#pragma once

#include <deque>

#include "engine/guard.h"
#include "formula/evaluate.h"

namespace shangdao::engine {

class ViewSurroundings final : public formula::Surroundings {
public:
    // `newborn`: a record that is being created; it has no children yet, so none are looked for.
    // `viewer`: what he does not see is not there.
    ViewSurroundings(store::View& view, const formula::Moment& moment, Id newborn = {}, const Guard* viewer = nullptr)
        : view_(view), moment_(moment), newborn_(newborn), viewer_(viewer)
    {
    }
    const record::Record* find(const record::Object& object, Id id) override;
    std::vector<record::Record> children(const record::Object& object, std::size_t reference_slot, Id parent) override;

private:
    store::View& view_;
    const formula::Moment& moment_;
    Id newborn_;
    const Guard* viewer_;
    std::deque<record::Record> kept_;  // answers of find() live until the evaluation ends
};

}  // namespace shangdao::engine
