// Lead – somebody who may become a customer; runs through its own short process and is converted into account, contact and
// deal in one step (一转三).
#pragma once

#include "record/record.h"

namespace shangdao::process {

struct Lead {
    static const record::ObjectDef def;

    static const record::Field<Lead, std::string> name;
    static const record::Field<Lead, std::string> company;
    static const record::Field<Lead, std::string> phone;
    static const record::Field<Lead, std::string> mobile;
    static const record::Field<Lead, std::string> email;
    static const record::Field<Lead, std::string> wechat;
    static const record::Field<Lead, std::string> job_title;
    static const record::Field<Lead, record::ChoiceKey> channel;
    static const record::Field<Lead, record::ChoiceKey> industry;
    static const record::Field<Lead, record::Address> address;
    static const record::Field<Lead, Id> product;
    static const record::Field<Lead, Id> territory;
    static const record::Field<Lead, Number> score;
    static const record::Field<Lead, std::string> need;
    static const record::Field<Lead, record::ChoiceKey> outcome;       // open, converted, disqualified
    static const record::Field<Lead, record::ChoiceKey> disqualify_reason;
    static const record::Field<Lead, std::string> next_step;
    static const record::Field<Lead, Date> next_step_on;
    static const record::Field<Lead, Date> opened_on;
    static const record::Field<Lead, Instant> converted_at;
    static const record::Field<Lead, Id> converted_account;
    static const record::Field<Lead, Id> converted_contact;
    static const record::Field<Lead, Id> converted_deal;
};

}  // namespace shangdao::process
