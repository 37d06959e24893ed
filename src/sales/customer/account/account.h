// Account – a customer company. It needs only a name; everything else is learned on the way.
#pragma once

#include "record/record.h"

namespace shangdao::customer {

struct Account {
    static const record::ObjectDef def;

    static const record::Field<Account, std::string> name;
    static const record::Field<Account, record::ChoiceKey> industry;
    static const record::Field<Account, record::ChoiceKey> tier;
    static const record::Field<Account, record::ChoiceKey> source;
    static const record::Field<Account, Number> employees;
    static const record::Field<Account, Money> annual_revenue;
    static const record::Field<Account, Number> founded_year;
    static const record::Field<Account, std::string> phone;
    static const record::Field<Account, std::string> website;
    static const record::Field<Account, record::Address> address;
    static const record::Field<Account, Id> parent_account;
    static const record::Field<Account, Id> territory;
};

}  // namespace shangdao::customer
