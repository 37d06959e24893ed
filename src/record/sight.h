// Sight – what one viewer may see, as everything below the guard asks it. The one guard (engine/guard.h) makes it; the
// formula checker, the query compiler and the writers of answers only ask. There is no second way to the data.
#pragma once

#include <memory>
#include <vector>

#include "record/catalogue.h"
#include "record/owner_set.h"

namespace shangdao::formula {
struct Node;   // formula/expression.h
}

namespace shangdao::record {

enum class FieldLevel : unsigned char { hidden, masked, read, edit };

struct RowSight {
    enum class Kind : unsigned char { none, owners, all } kind = Kind::none;
    std::shared_ptr<const OwnerSet> owners = {};   // for Kind::owners; shared because a statement may outlive the request's guard
    std::shared_ptr<const OwnerSet> leaders = {};  // whose teams the viewer is in: what they share with their team is seen, too
    std::shared_ptr<const OwnerSet> except = {};   // ids of rows that are not there for the viewer, whoever owns or shares them
    bool mostly = false;                           // owners hold ≥ 2 % of the rows: walk the order index (D31), else merge per owner
    // Beyond ownership, for Kind::owners: records shared with the viewer one by one, by id, and those that rules open – conditions over
    // fields of the record itself, without a moment.
    std::shared_ptr<const OwnerSet> shared = {};
    std::vector<std::shared_ptr<const formula::Node>> opened = {};
    // Conditions of the same kind that must all be true, whoever owns or shares a row.
    std::vector<std::shared_ptr<const formula::Node>> restrictions = {};
    bool leaves_out() const { return (except && !except->empty()) || !restrictions.empty(); }
    bool by_owner_alone() const { return (!shared || shared->empty()) && opened.empty() && restrictions.empty(); }
};

class Sight {
public:
    virtual ~Sight() = default;
    // A hidden field answers like an unknown name in every position.
    virtual FieldLevel field(const Object& object, std::size_t slot) const = 0;
    // Rows visible by themselves; a row is also visible when the target of one of object.seen_through() is, or when object.shared_by() says so.
    virtual const RowSight& rows(const Object& object) const = 0;
};

}  // namespace shangdao::record
