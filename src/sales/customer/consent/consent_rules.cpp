// Rules of consents: they belong to somebody whom their writer may edit, and what was given stays as it was given.
#include "sales/customer/consent/consent.h"
#include "sales/customer/rules.h"

namespace shangdao::customer {

namespace {

// Whoever may edit the subject may record what it agreed to. Whose the subject is, his is the consent.
Result<void> check_subject(Work& work, const Object& object, Record& next, std::size_t slot)
{
    const auto& target = work.desk.catalogue->object(object.target(slot));
    const auto subject = work.unit.find(target, *std::get_if<Id>(&next.at(slot)));
    if (!subject) return {};    // what refers to nothing is refused anyway
    if (const auto erased = target.erased_slot(); erased && !record::is_null(subject->at(*erased))) return refuse("record_erased", std::string{object.field(slot).name});
    CHECK_OK(work.desk.guard->check(work.unit, engine::Action::edit, target, *subject));
    next.set(record::slot_owner, subject->at(record::slot_owner));
    return {};
}

}  // namespace

Result<void> check_consent(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    if (before != nullptr) {
        for (std::size_t slot = record::first_own_slot; slot < next.size(); ++slot)
            if (slot != Consent::withdrawn_at.slot && before->at(slot) != next.at(slot)) return refuse("consent_given", std::string{object.field(slot).name});
        return {};
    }
    const bool of_contact = next.get(Consent::contact) != nullptr, of_lead = next.get(Consent::lead) != nullptr;
    if (of_contact == of_lead) return refuse("consent_of_one", "contact");
    if (next.get(Consent::given_at) == nullptr) next.set(Consent::given_at, work.desk.moment.now);
    if (*next.get(Consent::given_at) > work.desk.moment.now) return refuse("in_the_future", "given_at");
    return check_subject(work, object, next, of_contact ? Consent::contact.slot : Consent::lead.slot);
}

Result<Record> perform_withdraw(Work& work, const engine::Records& records, const Object& object, const Record& current, const engine::Arguments& arguments)
{
    if (current.get(Consent::withdrawn_at) != nullptr) return refuse("consent_withdrawn", "withdrawn_at");
    const auto* said = arguments.get<Instant>("withdrawn_at");
    const auto at = said == nullptr ? work.desk.moment.now : *said;
    if (at > work.desk.moment.now) return refuse("in_the_future", "withdrawn_at");
    if (at < *current.get(Consent::given_at)) return refuse("before_given", "withdrawn_at");
    return records.put(work, object, current, {{Consent::withdrawn_at.slot, at}}, {.verb = "withdrawn"});
}

}  // namespace shangdao::customer
