// The definition table of products.
#include "sales/org/product/product.h"

namespace shangdao::org {

namespace {

using namespace record;

constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"产品名称", "Name"}, .synonyms = "产品|商品|商品名称|product|product name|item", .need = Need::required,
     .uniqueness = Uniqueness::unique, .searched = Searched::yes, .ordered = Ordered::indexed},
    {.name = "code", .type = Type::text, .label = {"产品编码", "Product code"}, .synonyms = "产品编号|编码|sku|product code|productid|product id|product_code",
     .uniqueness = Uniqueness::unique, .searched = Searched::yes, .max_length = 80},
    {.name = "series", .type = Type::text, .label = {"产品系列", "Series"}, .synonyms = "系列|product series|family|product family|product line|产品线"},
    {.name = "category", .type = Type::text, .label = {"产品类别", "Category"}, .synonyms = "分类|产品分类|product category"},
    {.name = "list_price", .type = Type::money, .label = {"标准价", "List price"}, .synonyms = "价格|单价|标准价格|sales price|sales_price|price|unit price|list price"},
    {.name = "unit", .type = Type::text, .label = {"单位", "Unit"}, .synonyms = "计量单位|unit of measure|uom", .max_length = 40},
    {.name = "active", .type = Type::boolean, .label = {"启用", "Active"}, .synonyms = "上架|上下架|product active|is active|isactive"},
    {.name = "description", .type = Type::text, .label = {"说明", "Description"}, .synonyms = "描述|备注|产品描述", .text_kind = TextKind::long_text, .max_length = 65'535},
};

constexpr std::string_view basics[] = {"name", "code", "series", "category", "active"};
constexpr std::string_view price[] = {"list_price", "unit"};
constexpr std::string_view more[] = {"description"};
constexpr Section layout[] = {
    {.label = {"基本信息", "Basics"}, .fields = basics}, {.label = {"价格", "Price"}, .fields = price}, {.label = {"其他", "More"}, .fields = more}};
constexpr std::string_view list_columns[] = {"name", "code", "series", "list_price", "unit", "active"};
constexpr std::string_view key_fields[] = {"code", "series", "list_price"};

}  // namespace

constinit const ObjectDef Product::def{
    .name = "product", .plural = "products", .label = {"产品", "Product"}, .plural_label = {"产品", "Products"}, .icon = "package", .group = "org",
    .ownership = Ownership::shared, .fields = fields, .layout = layout, .list_columns = list_columns, .key_fields = key_fields};

constinit const Field<Product, std::string> Product::name = field<Product, std::string>(fields, "name");
constinit const Field<Product, std::string> Product::code = field<Product, std::string>(fields, "code");
constinit const Field<Product, std::string> Product::series = field<Product, std::string>(fields, "series");
constinit const Field<Product, Money> Product::list_price = field<Product, Money>(fields, "list_price");
constinit const Field<Product, bool> Product::active = field<Product, bool>(fields, "active");
constinit const Field<Product, std::string> Product::unit = field<Product, std::string>(fields, "unit");

}  // namespace shangdao::org
