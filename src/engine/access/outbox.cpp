// A letter is tried in three steps – taken in a unit, sent outside, dropped in a unit –, so it is sent once unless the process ends between the
// last two; then it is sent again under the same Message-ID, with another link. What is taken is leased: another process leaves it alone.
#include "engine/access/outbox.h"

#include <algorithm>

#include "base/text.h"
#include "engine/access/access_state.h"
#include "engine/expressions.h"
#include "engine/notifications.h"

namespace shangdao::engine {

namespace {

struct Waiting;
constexpr record::Choice kinds[] = {{.key = "invitation", .label = {"邀请", "Invitation"}}, {.key = "reset", .label = {"重设密码", "Password reset"}}};
constexpr record::FieldDef fields[] = {
    {.name = "kind", .type = record::Type::choice, .label = {"种类", "Kind"}, .need = record::Need::required, .choices = kinds},
    {.name = "member", .type = record::Type::reference, .label = {"成员", "Member"}, .target = "member"},
    {.name = "address", .type = record::Type::text, .label = {"地址", "Address"}, .max_length = 254},
    {.name = "language", .type = record::Type::text, .label = {"语言", "Language"}},
    {.name = "attempts", .type = record::Type::number, .label = {"尝试次数", "Attempts"}},
    {.name = "due_at", .type = record::Type::instant, .label = {"下次发送", "Due at"}},
};
constexpr auto kind = record::field<Waiting, record::ChoiceKey>(fields, "kind");
constexpr auto member = record::field<Waiting, Id>(fields, "member");           // of an invitation
constexpr auto address = record::field<Waiting, std::string>(fields, "address");  // of a reset: whose it is shows when it is sent
constexpr auto language = record::field<Waiting, std::string>(fields, "language");
constexpr auto attempts = record::field<Waiting, Number>(fields, "attempts");
constexpr auto due_at = record::field<Waiting, Instant>(fields, "due_at");

constexpr std::chrono::minutes lease{3};    // longer than any sending takes (serve/out/smtp.h)
constexpr std::chrono::minutes pauses[] = {std::chrono::minutes{1}, std::chrono::minutes{5}, std::chrono::minutes{15}, std::chrono::minutes{60}};
constexpr std::int64_t administrators_max = 10'000, counted_max = 1'000;

const Object& letters_of(const record::Catalogue& catalogue) { return catalogue.at("letter"); }

void post(Work& work, const Records& records, LinkKind what, record::Changes to)
{
    to.push_back({kind.slot, record::ChoiceKey{std::string{to_string(what)}}});
    to.push_back({language.slot, std::string{work.desk.language == Language::en ? "en" : "zh"}});
    to.push_back({attempts.slot, Number{0, 0}});
    to.push_back({due_at.slot, work.desk.moment.now});
    records.insert_quietly(work, letters_of(*work.desk.catalogue), to);
}

LinkKind kind_of(const Record& row) { return row.get(kind)->key == "reset" ? LinkKind::reset : LinkKind::invitation; }

// As of now: whoever has left or has another address gets nothing any more.
std::optional<Person> recipient(const People& people, store::View& view, const record::Catalogue& catalogue, const Record& row)
{
    const auto* asked = row.get(address);
    const auto* known = row.get(member);
    auto person = asked != nullptr ? people.find_by_email(*asked) : known != nullptr ? people.find(*known) : std::nullopt;
    if (!person || !person->active || person->email.empty()) return std::nullopt;
    if (kind_of(row) == LinkKind::reset && password_hash_of(view, catalogue, person->id).empty()) return std::nullopt;
    return person;
}

std::optional<Record> due_letter(store::View& view, const record::Catalogue& catalogue, Instant now)
{
    const auto& letters = letters_of(catalogue);
    // The store knows "before" alone; an instant is whole microseconds.
    store::Select select{.from = &letters, .where = field_before(letters, due_at.slot, Instant{now.us + 1}), .limit = 1};
    select.order = {{field_expression(letters, due_at.slot), false}};
    auto found = view.records(select, {});
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

void tell_administrators(Work& work, Id about)
{
    const auto& members = work.desk.catalogue->at("member");
    store::Select everybody{.from = &members, .where = field_is(members, *members.slot("active"), true), .limit = administrators_max};
    for (const auto& one : work.unit.records(everybody, work.desk.moment)) {
        const auto guard = one.deleted() ? nullptr : work.desk.people->guard(one.id(), work.desk.moment.now);
        if (guard && guard->general("admin")) notify_of_mail(work, one.id(), about);
    }
}

}  // namespace

const record::ObjectDef letter_object{
    .name = "letter", .plural = "letters", .label = {"待发邮件", "Letter"}, .plural_label = {"待发邮件", "Letters"},
    .ownership = record::Ownership::shared, .exposure = record::Exposure::internal, .name_field = "address", .fields = fields,
};

void post_invitation(Work& work, const Records& records, Id to)
{
    drop_letters(work, to);
    post(work, records, LinkKind::invitation, {{member.slot, to}});
}

void post_reset(Work& work, const Records& records, std::string_view to)
{
    post(work, records, LinkKind::reset, {{address.slot, std::string{to}}});
}

void drop_letters(Work& work, Id to)
{
    const auto& letters = letters_of(*work.desk.catalogue);
    for (const auto& one : work.unit.records({.from = &letters, .where = field_is(letters, member.slot, to), .limit = counted_max}, work.desk.moment)) work.unit.erase(letters, one.id());
}

std::optional<Letter> Access::take_letter()
{
    auto& engine = state_->engine;
    while (const auto due = due_letter(*engine.store().read(), *engine.store().catalogue(), engine.clock().now())) {
        std::optional<Letter> letter;
        const auto token = base64url(bytes_of(random_bytes(32)));
        const auto written = engine.write_now(system_caller(), [&](Work& work) -> Result<std::string> {
            letter.reset();
            const auto& letters = letters_of(*work.desk.catalogue);
            const auto row = work.unit.find(letters, due->id());
            if (!row || *row->get(due_at) > work.desk.moment.now) return std::string{};
            auto person = recipient(engine.people(), work.unit, *work.desk.catalogue, *row);
            if (!person) {
                work.unit.erase(letters, row->id());
                return std::string{};
            }
            keep_link(work, engine.records(), person->id, kind_of(*row), token, person->email);
            engine.records().update_quietly(work, letters, row->id(), {{attempts.slot, Number{row->get(attempts)->units + 1, 0}}, {due_at.slot, work.desk.moment.now + lease}});
            const auto asked_in = *row->get(language) == "en" ? Language::en : Language::zh;
            letter = Letter{.id = row->id(), .kind = kind_of(*row), .to = *person, .language = person->language.value_or(asked_in), .token = token};
            return std::string{};
        });
        if (!written) return std::nullopt;
        if (letter) return letter;
    }
    return std::nullopt;
}

void Access::letter_sent(Id id)
{
    (void)state_->engine.write_now(system_caller(), [&](Work& work) -> Result<std::string> {
        const auto& letters = letters_of(*work.desk.catalogue);
        if (work.unit.find(letters, id)) work.unit.erase(letters, id);
        return std::string{};
    });
}

void Access::letter_failed(Id id, Failure failure)
{
    (void)state_->engine.write_now(system_caller(), [&](Work& work) -> Result<std::string> {
        const auto& letters = letters_of(*work.desk.catalogue);
        const auto row = work.unit.find(letters, id);
        if (!row) return std::string{};
        const auto since = std::get<Instant>(row->at(record::slot_created_at));
        if (failure == Failure::final || work.desk.moment.now - since >= std::chrono::days{letter_days}) {
            const auto person = recipient(state_->engine.people(), work.unit, *work.desk.catalogue, *row);
            work.unit.erase(letters, id);
            if (person) tell_administrators(work, person->id);
            return std::string{};
        }
        const auto tried = static_cast<std::size_t>(std::max<std::int64_t>(row->get(attempts)->units, 1));
        state_->engine.records().update_quietly(work, letters, id, {{due_at.slot, work.desk.moment.now + pauses[std::min(tried, std::size(pauses)) - 1]}});
        return std::string{};
    });
}

std::int64_t Access::letters_waiting()
{
    auto& engine = state_->engine;
    const auto catalogue = engine.store().catalogue();
    return engine.store().read()->count({.from = &letters_of(*catalogue), .limit = counted_max}, {}, counted_max);
}

}  // namespace shangdao::engine
