// Record – a vector of slots, never a map of strings; slot positions come from Object::slot or from a typed handle.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/require.h"
#include "record/catalogue.h"

namespace shangdao::record {

// Which C++ type a handle of a field type gives: Stored<Type::money> is Money.
template <Type> struct StoredOf;
template <> struct StoredOf<Type::text> { using type = std::string; };
template <> struct StoredOf<Type::number> { using type = Number; };
template <> struct StoredOf<Type::share> { using type = Share; };
template <> struct StoredOf<Type::money> { using type = Money; };
template <> struct StoredOf<Type::date> { using type = Date; };
template <> struct StoredOf<Type::instant> { using type = Instant; };
template <> struct StoredOf<Type::duration> { using type = Duration; };
template <> struct StoredOf<Type::boolean> { using type = bool; };
template <> struct StoredOf<Type::choice> { using type = ChoiceKey; };
template <> struct StoredOf<Type::choices> { using type = ChoiceKeys; };
template <> struct StoredOf<Type::reference> { using type = Id; };
template <> struct StoredOf<Type::address> { using type = Address; };

// A typed handle that belongs to Owner (a tag type of the object). Made only by field<>() at compile time.
template <typename Owner, typename T>
struct Field {
    std::size_t slot;
};

namespace detail {
template <typename T> consteval bool type_matches(Type type)
{
    switch (type) {
    case Type::text: return std::is_same_v<T, std::string>;
    case Type::number: return std::is_same_v<T, Number>;
    case Type::share: return std::is_same_v<T, Share>;
    case Type::money: return std::is_same_v<T, Money>;
    case Type::date: return std::is_same_v<T, Date>;
    case Type::instant: return std::is_same_v<T, Instant>;
    case Type::duration: return std::is_same_v<T, Duration>;
    case Type::boolean: return std::is_same_v<T, bool>;
    case Type::choice: return std::is_same_v<T, ChoiceKey>;
    case Type::choices: return std::is_same_v<T, ChoiceKeys>;
    case Type::reference: return std::is_same_v<T, Id>;
    case Type::address: return std::is_same_v<T, Address>;
    }
    return false;
}
}  // namespace detail

// constexpr auto price = field<Boat, Money>(boat_fields, "price"); – a wrong name, type or owner does not compile.
template <typename Owner, typename T, std::size_t N>
consteval Field<Owner, T> field(const FieldDef (&fields)[N], std::string_view name)
{
    for (std::size_t i = 0; i < N; ++i)
        if (fields[i].name == name) {
            if (!detail::type_matches<T>(fields[i].type)) throw "the field has another type";
            return {first_own_slot + i};
        }
    throw "no field of this name in the table";
}

class Record {
public:
    Record() = default;
    explicit Record(const Object& object) : slots_(object.slot_count()) {}

    Id id() const { const auto* id = std::get_if<Id>(&slots_[slot_id]); return id ? *id : Id{}; }
    std::int64_t version() const { const auto* n = std::get_if<Number>(&slots_[slot_version]); return n ? n->units : 0; }
    Id owner() const { const auto* id = std::get_if<Id>(&slots_[slot_owner]); return id ? *id : Id{}; }
    bool deleted() const { return !is_null(slots_[slot_deleted_at]); }

    const Value& at(std::size_t slot) const { return slots_[slot]; }
    Value& at(std::size_t slot) { return slots_[slot]; }
    void set(std::size_t slot, Value value) { slots_[slot] = std::move(value); }
    std::size_t size() const { return slots_.size(); }

    // nullptr when null. A slot that holds another type is a bug.
    template <typename Owner, typename T> const T* get(Field<Owner, T> field) const { return std::get_if<T>(&slots_[field.slot]); }
    template <typename Owner, typename T> void set(Field<Owner, T> field, T value) { slots_[field.slot] = std::move(value); }
    template <typename Owner, typename T> void clear(Field<Owner, T> field) { slots_[field.slot] = Null{}; }

private:
    std::vector<Value> slots_;
};

// One slot's new value.
struct Change {
    std::size_t slot;
    Value value;
};
using Changes = std::vector<Change>;

}  // namespace shangdao::record
