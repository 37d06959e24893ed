// Office – an organisation in a temporary directory with the rooms of sales, a clock that stands still until told, and a cast.
// Tests act as a member and in JSON, the way a client does.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace shangdao::sales {

class Office {
public:
    explicit Office(std::string_view today = "2026-03-02");   // 9:00 in Shanghai
    ~Office();
    Office(const Office&) = delete;

    engine::Engine& engine() { return *engine_; }
    void on(std::string_view day);                            // moves the clock to 9:00 of that day
    Id hire(std::string_view name, std::string_view role, Id manager = {});
    engine::Desk desk(Id who) const;                          // 0: the system

    // As REST does: fields written by verbs are refused.
    Result<engine::Record> create(Id who, std::string_view object, std::string_view json);
    Result<engine::Record> change(Id who, std::string_view object, Id id, std::string_view json);
    Result<engine::Record> perform(Id who, std::string_view object, Id id, std::string_view verb, std::string_view json = "{}");
    // As an import does: any field, live or as history.
    Result<engine::Record> bring_in(Id who, std::string_view object, std::string_view json, engine::Occasion::History history);
    // Through the door of a field, as import and bulk do.
    Result<engine::Record> through_door(Id who, std::string_view object, Id id, std::string_view field, std::string_view json);

    engine::Record read(std::string_view object, Id id) const;
    std::vector<engine::Record> list(Id who, std::string_view object, std::string_view filter = "") const;   // by id
    // A value as the wire shows it, "null" included.
    std::string show(const engine::Record& record, std::string_view object, std::string_view field) const;
    std::vector<record::Event> events_of(std::string_view object, Id id) const;                             // oldest first
    const engine::Object& object(std::string_view name) const;

private:
    engine::Caller caller(Id who) const;
    Result<engine::Record> in_unit(Id who, const std::function<Result<engine::Record>(engine::Work&)>& work);

    std::filesystem::path directory_;
    ManualClock clock_;
    std::unique_ptr<engine::Engine> engine_;
};

// "code field" of every problem, joined by ", "; "" when there is none. For tables of refusals.
template <typename T>
std::string refusal(const Result<T>& result)
{
    std::string text;
    if (result) return text;
    for (const auto& problem : result.error()) text += (text.empty() ? "" : ", ") + problem.code + (problem.field.empty() ? "" : " " + problem.field);
    return text;
}

}  // namespace shangdao::sales
