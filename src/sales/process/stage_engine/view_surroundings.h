// ViewSurroundings – what a gate's formulas reach beyond the record itself, read from one snapshot as the system (D7).
#pragma once

#include <deque>

#include "formula/evaluate.h"
#include "store/store.h"

namespace shangdao::process {

class ViewSurroundings final : public formula::Surroundings {
public:
    // `newborn`: a record that is being created; it has no children yet, so none are looked for.
    ViewSurroundings(store::View& view, const formula::Moment& moment, Id newborn = {})
        : view_(view), moment_(moment), newborn_(newborn)
    {
    }
    const record::Record* find(const record::Object& object, Id id) override;
    std::vector<record::Record> children(const record::Object& object, std::size_t reference_slot, Id parent) override;

private:
    store::View& view_;
    const formula::Moment& moment_;
    Id newborn_;
    std::deque<record::Record> kept_;   // answers of find() live until the evaluation ends
};

}  // namespace shangdao::process
