// Pruning – what a place holds beyond the newest backups is taken away: older ones, files that only they know, and the log before the oldest that stays.
#pragma once

#include "app/backup/place.h"

namespace shangdao::app {

// Whoever calls holds the place's lock. Refusals of Place::manifest: when a backup that stays cannot say which files it knows, nothing more goes.
Result<void> prune(const Place& place, int keep);

}  // namespace shangdao::app
