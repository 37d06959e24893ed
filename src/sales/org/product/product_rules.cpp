// Rules of products.
#include "sales/org/product/product.h"
#include "sales/org/rules.h"

namespace shangdao::org {

Result<void> complete_product(Work&, const Object&, const Record* before, Record& next, const Occasion&)
{
    if (before == nullptr && next.get(Product::active) == nullptr) next.set(Product::active, true);
    return {};
}

}  // namespace shangdao::org
