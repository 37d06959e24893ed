// OwnerSet – the members whose records somebody may see, and their marks: twelve bits that tell most members apart, cheap enough to
// stand beside every document of a text index. A mark only rules out; who is let in is judged by the owner himself.
#pragma once

#include <bitset>
#include <initializer_list>
#include <unordered_set>

#include "base/id.h"

namespace shangdao::record {

inline constexpr int owner_mark_bits = 12;

// 0 … 2^12 − 1. Kept in files: changing it asks for a new text index.
inline std::int64_t owner_mark(Id owner)
{
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(owner.value) * 0x9E3779B97F4A7C15ULL >> (64 - owner_mark_bits));
}

class OwnerSet {
public:
    OwnerSet() = default;
    OwnerSet(std::initializer_list<Id> owners)
    {
        for (const auto owner : owners) insert(owner);
    }

    // False when it was there already.
    bool insert(Id owner)
    {
        marks_.set(static_cast<std::size_t>(owner_mark(owner)));
        return owners_.insert(owner).second;
    }
    bool contains(Id owner) const { return owners_.contains(owner); }
    // False: no owner with this mark is in the set.
    bool may_contain(std::int64_t mark) const { return marks_.test(static_cast<std::size_t>(mark)); }

    std::size_t size() const { return owners_.size(); }
    bool empty() const { return owners_.empty(); }
    auto begin() const { return owners_.begin(); }
    auto end() const { return owners_.end(); }

private:
    std::unordered_set<Id> owners_;
    std::bitset<std::size_t{1} << owner_mark_bits> marks_;
};

}  // namespace shangdao::record
