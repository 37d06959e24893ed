// The key's row is written in the unit it remembers, so both are there or neither.
#include "engine/once.h"

#include "engine/expressions.h"

namespace shangdao::engine {

namespace {

struct OnceKey;
constexpr record::FieldDef fields[] = {
    {.name = "key", .type = record::Type::text, .label = {"幂等键", "Key"}, .uniqueness = record::Uniqueness::unique, .max_length = 400},
    {.name = "request_hash", .type = record::Type::text, .label = {"请求散列", "Request hash"}},
    {.name = "answer", .type = record::Type::text, .label = {"答复", "Answer"}, .text_kind = record::TextKind::long_text, .max_length = 1'000'000},
};
constexpr auto key = record::field<OnceKey, std::string>(fields, "key");
constexpr auto request_hash = record::field<OnceKey, std::string>(fields, "request_hash");
constexpr auto answer = record::field<OnceKey, std::string>(fields, "answer");
constexpr std::int64_t kept_us = 7LL * 24 * 3600 * 1'000'000;

}  // namespace

const record::ObjectDef once_object{
    .name = "once_key", .plural = "once_keys", .label = {"幂等键", "Idempotency key"}, .plural_label = {"幂等键", "Idempotency keys"},
    .ownership = record::Ownership::shared, .exposure = record::Exposure::internal, .name_field = "key", .fields = fields,
};

Result<std::string> only_once(Work& work, const Once& once, const std::function<Result<std::string>()>& function)
{
    if (once.key.empty()) return function();
    const auto& keys = work.desk.catalogue->at("once_key");
    const auto own_key = to_string(work.desk.member) + ":" + once.key;
    if (const auto id = work.unit.find_unique(keys, key.slot, own_key)) {
        const auto known = work.unit.find(keys, *id);
        require(known.has_value(), "an idempotency key vanished inside a unit");
        if (*known->get(request_hash) != once.request_hash) return refuse("idempotency_conflict", "Idempotency-Key");
        return *known->get(answer);
    }
    TRY(auto text, function());
    Record row(keys);
    row.set(record::slot_id, work.unit.next_id());
    row.set(record::slot_version, Number{1, 0});
    row.set(record::slot_created_at, work.desk.moment.now);
    row.set(record::slot_updated_at, work.desk.moment.now);
    row.set(key, own_key);
    row.set(request_hash, once.request_hash);
    row.set(answer, text);
    CHECK_OK(work.unit.insert(keys, row));
    return text;
}

std::int64_t forget_old_keys(Work& work, std::int64_t limit)
{
    const auto& keys = work.desk.catalogue->at("once_key");
    const store::Select select{.from = &keys, .where = field_before(keys, record::slot_created_at, Instant{work.desk.moment.now.us - kept_us}), .limit = limit};
    const auto old = work.unit.records(select, work.desk.moment);
    for (const auto& one : old) work.unit.erase(keys, one.id());
    return static_cast<std::int64_t>(old.size());
}

}  // namespace shangdao::engine
