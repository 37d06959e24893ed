// The list of rooms, left to right.
#include "sales/rooms.h"

#include "sales/analysis/objects.h"
#include "sales/customer/objects.h"
#include "sales/demo/demo.h"
#include "sales/org/objects.h"
#include "sales/process/objects.h"

namespace shangdao::sales {

engine::Rooms all_rooms()
{
    engine::Rooms rooms;
    for (const auto list : {org::objects(), customer::objects(), process::objects()}) rooms.objects.insert(rooms.objects.end(), list.begin(), list.end());
    const auto measures = analysis::measures();
    rooms.measures.assign(measures.begin(), measures.end());
    rooms.add_behaviours = [](engine::Behaviours& behaviours, engine::Records& records) {
        org::add_behaviours(behaviours, records);
        customer::add_behaviours(behaviours, records);
        process::add_behaviours(behaviours, records);
    };
    rooms.fill_choices = [](store::View* view, record::CatalogueBuilder& builder) {
        org::fill_choices(view, builder);
        process::fill_choices(view, builder);
    };
    rooms.add_jobs = demo::add_jobs;
    rooms.seed = seed;
    rooms.defining_objects = {"role", "process", "process_version"};
    return rooms;
}

Result<void> seed(engine::Work& work, const engine::Records& records)
{
    CHECK_OK(org::seed(work, records));
    return process::seed(work, records);
}

}  // namespace shangdao::sales
