// Deal – one chance to sell something to somebody, on its way through the stages of a process.
//
// `stage` and `outcome` have one door: the verbs (D18). `amount` is what the buyer would pay; its worth in the base currency
// is taken at the day it closed.
#pragma once

#include "record/record.h"

namespace shangdao::process {

struct Deal {
    static const record::ObjectDef def;

    static const record::Field<Deal, std::string> name;
    static const record::Field<Deal, std::string> code;
    static const record::Field<Deal, Id> account;
    static const record::Field<Deal, Id> contact;
    static const record::Field<Deal, Id> product;
    static const record::Field<Deal, Money> amount;
    static const record::Field<Deal, record::ChoiceKey> stage;
    static const record::Field<Deal, record::ChoiceKey> outcome;       // open, won, lost
    static const record::Field<Deal, Share> win_share;
    static const record::Field<Deal, Date> opened_on;
    static const record::Field<Deal, Date> expected_on;
    static const record::Field<Deal, Date> closed_on;
    static const record::Field<Deal, record::ChoiceKey> loss_reason;
    static const record::Field<Deal, std::string> loss_note;
    static const record::Field<Deal, record::ChoiceKey> source;
    static const record::Field<Deal, Money> budget;
    static const record::Field<Deal, Id> decision_maker;
    static const record::Field<Deal, std::string> competitor;
    static const record::Field<Deal, std::string> next_step;
    static const record::Field<Deal, Date> next_step_on;
    static const record::Field<Deal, Number> cycle_days;
    static const record::Field<Deal, Id> territory;
    static const record::Field<Deal, Id> lead;
};

}  // namespace shangdao::process
