// Contact – a person at an account, or one we know before we know the company.
#pragma once

#include "record/record.h"

namespace shangdao::customer {

struct Contact {
    static const record::ObjectDef def;

    static const record::Field<Contact, std::string> name;
    static const record::Field<Contact, Id> account;
    static const record::Field<Contact, std::string> job_title;
    static const record::Field<Contact, std::string> department;
    static const record::Field<Contact, std::string> mobile;
    static const record::Field<Contact, std::string> email;
    static const record::Field<Contact, std::string> wechat;
    static const record::Field<Contact, record::ChoiceKey> gender;
    static const record::Field<Contact, Date> birthday;
    static const record::Field<Contact, record::ChoiceKeys> interests;
    static const record::Field<Contact, record::ChoiceKey> decision_role;
};

}  // namespace shangdao::customer
