// Trees built by hand carry the same types the checker would give them.
#include "engine/expressions.h"

namespace shangdao::engine {

namespace {

formula::ExprType type_of(const record::FieldDef& field, std::size_t target = 0)
{
    formula::ExprType type{.type = field.type, .scale = field.scale, .target = target};
    if (field.type == record::Type::choice || field.type == record::Type::choices) type.choices_of = &field;
    return type;
}

}  // namespace

formula::Expression field_expression(const record::Object& object, std::size_t slot)
{
    formula::Node node;
    node.op = formula::Op::field;
    node.type = type_of(object.field(slot), object.target(slot));
    node.path = {slot};
    node.object = object.index();
    return std::make_shared<const formula::Node>(std::move(node));
}

formula::Expression literal_expression(const record::FieldDef& field, record::Value value)
{
    formula::Node node;
    node.op = formula::Op::literal;
    node.type = type_of(field);
    node.value = std::move(value);
    return std::make_shared<const formula::Node>(std::move(node));
}

formula::Expression field_is(const record::Object& object, std::size_t slot, record::Value value)
{
    formula::Node node;
    if (record::is_null(value)) {
        node.op = formula::Op::is_null;
        node.args = {field_expression(object, slot)};
    } else {
        node.op = formula::Op::equal;
        node.args = {field_expression(object, slot), literal_expression(object.field(slot), std::move(value))};
    }
    return std::make_shared<const formula::Node>(std::move(node));
}

formula::Expression field_before(const record::Object& object, std::size_t slot, Instant moment)
{
    formula::Node node;
    node.op = formula::Op::less;
    node.args = {field_expression(object, slot), literal_expression(object.field(slot), moment)};
    return std::make_shared<const formula::Node>(std::move(node));
}

formula::Expression both(formula::Expression a, formula::Expression b)
{
    if (!a) return b;
    if (!b) return a;
    formula::Node node;
    node.op = formula::Op::all_of;
    node.args = {std::move(a), std::move(b)};
    return std::make_shared<const formula::Node>(std::move(node));
}

formula::Expression either(std::vector<formula::Expression> any)
{
    if (any.empty()) return nullptr;
    if (any.size() == 1) return any.front();
    formula::Node node;
    node.op = formula::Op::any_of;
    node.args = std::move(any);
    return std::make_shared<const formula::Node>(std::move(node));
}

}  // namespace shangdao::engine
