// Product – what we sell, with its list price.
#pragma once

#include "record/record.h"

namespace shangdao::org {

struct Product {
    static const record::ObjectDef def;

    static const record::Field<Product, std::string> name;
    static const record::Field<Product, std::string> code;
    static const record::Field<Product, std::string> series;
    static const record::Field<Product, Money> list_price;
    static const record::Field<Product, bool> active;
    static const record::Field<Product, std::string> unit;
};

}  // namespace shangdao::org
