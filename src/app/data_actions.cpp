// Data in and out: import, export, demo.
#include "app/actions.h"

namespace shangdao::app {

}  // namespace shangdao::app
