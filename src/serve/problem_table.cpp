// The one table of codes. Sorted by code (a test says so); a new code is a new line.
#include "serve/problem.h"

#include <array>

namespace shangdao::serve {

namespace {

constexpr auto rows = std::to_array<ProblemRow>({
    {"active_parent_needed", 422, {"{field}：上级记录已删除，请先恢复上级记录", "{field}: the record above it is deleted; restore that one first"}},
    {"already_deleted", 409, {"该记录已被删除", "This record is deleted already"}},
    {"already_exists", 409, {"{field} 已存在", "{field} exists already"}},
    {"already_finished", 409, {"任务已经结束", "The job has ended already"}},
    {"array_too_long", 422, {"{field}：一次最多 {max} 项", "{field}: at most {max} items at once"}},
    {"bad_request", 400, {"请求的格式不正确", "The request is malformed"}},
    {"csrf_refused", 403, {"请求来源未通过校验，请刷新页面后重试", "The origin of the request could not be verified; reload the page and try again"}},
    {"cursor_stale", 400, {"翻页位置已失效，请从第一页重新开始", "This position in the list is no longer valid; start again from the first page"}},
    {"disk_full", 507, {"服务器磁盘已满，未保存任何内容，请联系管理员", "The server's disk is full; nothing was saved. Ask your administrator"}},
    {"division_by_zero", 422, {"{field}：除数为零", "{field}: division by zero"}},
    {"duplicate_choice", 422, {"{field}：选项“{value}”重复", "{field}: the choice \"{value}\" is given twice"}},
    {"duplicate_key", 409, {"{field} 的值已被另一条记录使用", "The value of {field} is used by another record"}},
    {"duplicate_name", 409, {"名称“{name}”重复", "The name \"{name}\" is used twice"}},
    {"expectation_failed", 417, {"不支持请求头 Expect 的该值", "That value of the Expect header is not supported"}},
    {"field_read_only", 422, {"{field} 不能直接修改", "{field} cannot be changed directly"}},
    {"file_damaged", 422, {"文件已损坏或格式不符", "The file is damaged or not of the stated format"}},
    {"file_format_unknown", 415, {"无法识别该文件格式", "This file format is not recognised"}},
    {"forbidden", 403, {"您没有执行此操作的权限", "You are not allowed to do this"}},
    {"forbidden_field", 403, {"您没有修改 {field} 的权限", "You are not allowed to change {field}"}},
    {"formula_argument_count", 422, {"函数 {name} 需要 {expected} 个参数，实际为 {found} 个", "The function {name} takes {expected} arguments, not {found}"}},
    {"formula_no_sql", 422, {"该公式不能用于筛选：{name}", "This formula cannot be used as a filter: {name}"}},
    {"formula_syntax", 422, {"公式第 {position} 个字符处有误，此处应为{expected}", "The formula is wrong at character {position}: expected {expected}"}},
    {"formula_too_deep", 422, {"公式嵌套过深", "The formula is nested too deeply"}},
    {"formula_too_long", 422, {"公式过长", "The formula is too long"}},
    {"formula_type", 422, {"公式第 {position} 个字符处类型不符，此处应为{expected}", "The formula has the wrong type at character {position}: expected {expected}"}},
    {"formula_unknown_function", 422, {"公式中没有函数“{name}”，是否为“{nearest}”？", "There is no function \"{name}\"; did you mean \"{nearest}\"?"}},
    {"formula_unknown_name", 422, {"公式中没有字段“{name}”，是否为“{nearest}”？", "There is no field \"{name}\"; did you mean \"{nearest}\"?"}},
    {"gate_unmet", 422, {"推进条件尚未满足：{say}", "A condition of the gate is not met: {say}"}},
    {"gone", 410, {"该内容已不存在", "This no longer exists"}},
    {"head_too_large", 431, {"请求头过大", "The request header is too large"}},
    {"host_unknown", 421, {"该主机名不属于本服务", "This host name is not served here"}},
    {"http_version_unknown", 400, {"不支持该 HTTP 版本", "This version of HTTP is not supported"}},
    {"idempotency_conflict", 422, {"同一个 Idempotency-Key 已用于另一个请求", "This Idempotency-Key was used for a different request"}},
    {"idempotency_in_progress", 409, {"相同 Idempotency-Key 的请求正在处理", "A request with this Idempotency-Key is being processed"}},
    {"import_in_progress", 409, {"已有导入正在进行", "An import is already under way"}},
    {"internal_error", 500, {"程序出错，事件编号 {incident}，请告知管理员", "Something went wrong on our side; tell your administrator the incident number {incident}"}},
    {"invalid_value", 422, {"{field} 的值无效", "The value of {field} is not valid"}},
    {"json_invalid", 400, {"JSON 格式错误（第 {position} 字节）", "The JSON is malformed (at byte {position})"}},
    {"json_too_deep", 400, {"JSON 嵌套过深", "The JSON is nested too deeply"}},
    {"limit_out_of_range", 400, {"每页数量须在 1 到 {max} 之间", "The limit must be between 1 and {max}"}},
    {"media_type_unsupported", 415, {"不支持该 Content-Type，请使用 application/json", "This Content-Type is not supported; use application/json"}},
    {"method_not_allowed", 405, {"该地址不支持此方法", "This address does not support that method"}},
    {"method_unknown", 501, {"不支持该 HTTP 方法", "This HTTP method is not supported"}},
    {"negative", 422, {"{field} 不能为负数", "{field} must not be negative"}},
    {"not_found", 404, {"没有找到该记录，或您无权查看", "There is no such record, or you may not see it"}},
    {"not_signed_in", 401, {"请先登录", "Please sign in"}},
    {"number_overflow", 422, {"{field} 的数值过大", "The number in {field} is too large"}},
    {"outcome_unknown", 503, {"保存结果无法确认，请刷新后核对再重试", "It is not certain whether this was saved; reload and check before trying again"}},
    {"overloaded", 503, {"服务器繁忙，请稍后重试", "The server is busy; try again shortly"}},
    {"partial_not_allowed", 422, {"此操作不支持部分成功", "This operation cannot succeed in part"}},
    {"password_too_short", 422, {"密码至少需要 {min} 个字符", "The password needs at least {min} characters"}},
    {"rate_limited", 429, {"尝试次数过多，请在 {seconds} 秒后重试", "Too many attempts; try again in {seconds} seconds"}},
    {"rate_missing", 422, {"{date} 没有 {currency} 的汇率", "There is no exchange rate for {currency} on {date}"}},
    {"request_timeout", 408, {"请求未在限定时间内到达", "The request did not arrive in time"}},
    {"required", 422, {"{field} 为必填项", "{field} is required"}},
    {"retired_choice", 422, {"{field}：选项“{value}”已停用", "{field}: the choice \"{value}\" is retired"}},
    {"service_stopping", 503, {"服务正在停止，请稍后重试", "The service is stopping; try again shortly"}},
    {"setup_closed", 404, {"系统已完成初始化", "This system is set up already"}},
    {"setup_token_refused", 403, {"初始化链接无效或已使用", "The set-up link is not valid or was used"}},
    {"sign_in_refused", 401, {"邮箱或密码不正确", "The e-mail or the password is not right"}},
    {"sort_unknown", 400, {"不能按“{name}”排序", "Lists cannot be sorted by \"{name}\""}},
    {"storage_failed", 503, {"存储暂时不可用，未保存任何内容，请稍后重试", "Storage is not available at the moment and nothing was saved; try again shortly"}},
    {"too_deep", 422, {"{field}：嵌套过深", "{field}: nested too deeply"}},
    {"too_large", 413, {"内容过大", "The content is too large"}},
    {"too_long", 422, {"{field} 过长，最多 {max} 个字符", "{field} is too long; at most {max} characters"}},
    {"too_many_rows", 422, {"结果过多，请缩小范围", "Too many rows; narrow the selection"}},
    {"transfer_coding_unknown", 501, {"不支持该 Transfer-Encoding", "This Transfer-Encoding is not supported"}},
    {"unknown_choice", 422, {"{field}：没有选项“{value}”", "{field}: there is no choice \"{value}\""}},
    {"unknown_currency", 422, {"{field}：没有货币“{value}”", "{field}: there is no currency \"{value}\""}},
    {"unknown_field", 422, {"没有字段“{field}”，是否为“{nearest}”？", "There is no field \"{field}\"; did you mean \"{nearest}\"?"}},
    {"unknown_object", 404, {"没有对象“{name}”", "There is no object \"{name}\""}},
    {"unknown_parameter", 400, {"没有参数“{field}”", "There is no parameter \"{field}\""}},
    {"unknown_reference", 422, {"{field} 指向的记录不存在，或您无权查看", "{field} points to a record that does not exist or that you may not see"}},
    {"unknown_verb", 404, {"没有操作“{name}”", "There is no action \"{name}\""}},
    {"unknown_word", 422, {"{field}：无法识别“{value}”", "{field}: \"{value}\" is not understood"}},
    {"upload_missing", 422, {"{field}：文件不存在或已过期，请重新上传", "{field}: the file does not exist or has expired; upload it again"}},
    {"version_missing", 428, {"缺少 If-Match：请带上所见记录的版本", "If-Match is missing: send the version of the record you saw"}},
    {"version_stale", 412, {"该记录已被他人修改，请查看最新内容后重试", "Someone changed this record meanwhile; look at it again before you save"}},
    {"write_only_by_verb", 422, {"{field} 只能通过相应操作修改", "{field} changes only through its action"}},
});

}  // namespace

std::span<const ProblemRow> problem_table()
{
    return rows;
}

}  // namespace shangdao::serve
