// Rules of accounts.
#include "sales/customer/account/account.h"
#include "sales/customer/rules.h"
#include "sales/org/rules.h"

namespace shangdao::customer {

Result<void> check_account(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    return org::refuse_ring(work, object, Account::parent_account.slot, before, next);
}

}  // namespace shangdao::customer
