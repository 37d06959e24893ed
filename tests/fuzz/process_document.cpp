// Any text as the document of a process. What is read has keys that are found again, and at least one stage to sell; compiled against the
// definitions every check has its condition and its sentence, and what it reads is a field of the object.
#include "laws.h"
#include "record/catalogue.h"
#include "sales/process/stage_engine/process_document.h"
#include "sales/rooms.h"

using namespace shangdao;
using namespace shangdao::process;
using fuzz::law;

namespace {

std::shared_ptr<const record::Catalogue> catalogue()
{
    record::CatalogueBuilder builder;
    for (const auto* def : sales::all_rooms().objects) builder.add(*def);
    for (const auto* object : {"deal", "lead", "passage"}) builder.fill_choices("process", object, {{.key = "identify", .label = {"潜在客户识别", "Identify"}}});
    for (const auto* object : {"member", "sharing_rule"}) builder.fill_choices("role", object, {{.key = "rep", .label = {"销售", "Rep"}}});
    return builder.build(1).value();
}

void check(const record::Catalogue& definitions, const std::vector<GateCheck>& checks)
{
    for (const auto& one : checks) {
        law(one.condition != nullptr && one.condition->type.type == record::Type::boolean);
        law(!one.key.empty() && !one.say.zh.empty() && !one.say.en.empty());
        law(!formula::print(definitions, one.condition).empty());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto definitions = catalogue();
    const auto document = process_document_from_json(fuzz::text_of(data, size));
    if (!document) {
        law(!document.error().empty());
        return 0;
    }
    law(document->last_sell() < document->stages.size() && document->stages[document->last_sell()].kind == Stage::Kind::sell);
    for (std::size_t i = 0; i < document->stages.size(); ++i) law(document->find(document->stages[i].key) == i);
    for (const auto* object : {"deal", "lead"}) {
        auto compiled = *document;
        if (!compile(compiled, *definitions, definitions->at(object), Currency{"CNY"})) continue;
        for (const auto& stage : compiled.stages) {
            check(*definitions, stage.entry);
            check(*definitions, stage.exit);
        }
    }
    return 0;
}
