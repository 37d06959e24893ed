// The twins: each plants one bug of the catalogue into one place of the source, and names the case that must go red. A row: name · row of
// the catalogue · file below src · text there, once · the text in its place · what to build · {suite, words} of tests, or {unit} of a
// program of tests · the case that must be told as failed.
const security = (words, says = words) => ({ build: 'shangdao', suite: 'security', words, says });
const suite = (name, says) => ({ build: 'shangdao', suite: name, says });
const unit = (floor, says) => ({ build: `test_${floor}`, unit: `${floor}/test_${floor}`, says });

export const twins = [
    // guard
    ['guard-team-is-everybody', 'A6', 'engine/guard.cpp', 'case Level::team: return owner && team_ != nullptr && team_->contains(owner);', 'case Level::team: return owner && team_ != nullptr;', suite('rights', 'should be')],
    ['guard-hidden-field-is-read', 'A1', 'engine/guard.cpp', 'return slot < row.fields.size() ? row.fields[slot] : record::FieldLevel::hidden;', 'return slot < row.fields.size() ? std::max(row.fields[slot], record::FieldLevel::read) : record::FieldLevel::hidden;', unit('engine', 'a hidden field answers like an unknown name in every position')],
    ['guard-edit-for-whoever-sees', 'A22', 'engine/guard.cpp', 'if (action == Action::read) return {};\n', 'if (action == Action::read || action == Action::edit) return {};\n', unit('engine', 'a shared record is seen and, where it says so, changed by whom it is shared with, and by nobody else; then no more')],
    ['locks-bind-nobody', 'A22', 'engine/guard.cpp', 'object.owned() ? lock_of(view, record.id()) : std::nullopt', 'object.slot_count() == 0 ? lock_of(view, record.id()) : std::nullopt', unit('engine', 'a locked record is changed by nobody, whoever he is and by whatever verb, until one who may unlocks it')],
    ['by-parent-for-whoever-sees', 'A5', 'engine/guard.cpp', 'return edits_by_itself(view, of, parent) && ', 'return ', unit('engine', 'by parent, whoever may edit a record edits what belongs to it, and neither deletes nor gives it away; a lock of the parent ends it')],
    ['any-proxy-is-believed', 'S1a', 'serve/forwarded.cpp', 'if (!is_trusted(request.peer, trusted_proxies)) return;', '', security("proxy: a stranger says nobody else's address")],
    ['guard-scopes-bind-no-writes', 'S9a', 'engine/guard.cpp', 'if (reading ? !reads : !writes) row.levels[i] = Level::none;', 'if (reading && !reads) row.levels[i] = Level::none;', suite('rest', 'a token to read that')],
    ['gate-rank-forgets-scopes', 'S9a', 'serve/rest/gate.cpp', 'const bool admin = holder.scopes.empty() ? guard->general("admin") : guard->limited_to(holder.scopes)->general("admin");', 'const bool admin = guard->general("admin");', security('doors: what only administrators may')],
    ['definitions-for-everybody', 'A17', 'serve/rest/query_routes.cpp', '.path = "/api/v1/definitions", .access = Access::admin, .summary = "What was changed', '.path = "/api/v1/definitions", .access = Access::member, .summary = "What was changed', security('doors: what only administrators may')],
    ['members-grant-with-lesser-tokens', 'A14', 'sales/org/member/member_rules.cpp', 'const auto& mine = own && work.desk.scopes.empty() ? roles_of(*own) : none;', 'const auto& mine = own ? roles_of(*own) : none;', security('delegation: a token of less')],
    ['members-choose-their-team', 'A14', 'sales/org/member/member_rules.cpp', 'std::array<std::size_t, 2>{Member::manager.slot, Member::team.slot}', 'std::array<std::size_t, 1>{Member::manager.slot}', security('delegation: who looks after members')],
    ['groups-for-everybody', 'A14', 'sales/org/objects.cpp', 'behaviours.of("membership").rules = {check_admin_writes, complete_membership};', 'behaviours.of("membership").rules = {complete_membership};', security('delegation: what shares records')],
    ['territories-open-what-is-lent', 'A14', 'engine/records.cpp', 'if (names_territory(object, change.slot) && !work.desk.guard->owns_enough(Action::edit, object, before))', 'if (names_territory(object, change.slot) && !before.id() && !work.desk.guard->owns_enough(Action::edit, object, before))', security('delegation: what one was given to edit')],
    ['reveals-without-end', 'A3', 'engine/reveal.cpp', 'if (left <= 0) return refuse', 'if (left < -100) return refuse', unit('engine', 'so many looks a day, and as many the next')],
    // filter, sort, group
    ['filter-compares-masked', 'A3', 'formula/check_names.cpp', 'if (level(*object, *slot) == FieldLevel::masked && !(masked_allowed_ && last))', 'if (level(*object, *slot) == FieldLevel::masked && !last)', unit('formula', 'a masked field is matched exactly and asked nothing else')],
    ['sort-orders-masked', 'A3', 'engine/list.cpp', 'if (desk.guard->field(object, slot) == record::FieldLevel::masked || record::is_shown_in_part(object.field(slot)))', 'if (record::is_shown_in_part(object.field(slot)))', unit('engine', 'a hidden searched field betrays nothing to search, and a masked one is shown masked and never ordered')],
    ['cursor-without-its-context', 'A20', 'engine/cursor.cpp', 'const auto hash = hmac_sha256(seal.key, std::string{context} + std::string{payload});', 'const auto hash = hmac_sha256(seal.key, std::string{context.substr(0, 0)} + std::string{payload});', unit('engine', 'a cursor is refused by another member, another filter, another sort, and when it was touched')],
    ['lookup-finds-anybody', 'A8', 'engine/import/lookup.cpp', 'return !found.empty() && !found.front().deleted() && work.desk.guard->sees(work.unit, object, found.front());', 'return !found.empty() && !found.front().deleted();', unit('engine', 'an import neither finds nor changes what its member may not see')],
    ['twins-of-anybody', 'A8', 'engine/duplicates.cpp', 'select.sight = desk.guard.get();', 'select.sight = nullptr;', suite('sight', 'duplicates')],
    // search
    ['search-answers-by-hidden-words', 'A1', 'engine/search.cpp', 'if (hides_searched_field(desk, object) && !found_in_visible(desk, object, *record, words)) continue;', '', unit('engine', 'a hidden searched field betrays nothing to search, and a masked one is shown masked and never ordered')],
    // export
    ['export-unmasks', 'A19', 'engine/export/exporter.cpp', 'if (outs[i].level == record::FieldLevel::masked) shown[i] = record::is_null(value) ? "" : masked(value);\n                else if', 'if', unit('engine', 'who sees 3 of 100 records takes 3 out, a hidden field has no column, a masked one is masked, a cell is no formula')],
    ['csv-calculates', 'P9', 'exchange/csv/formula_guard.cpp', '{"=", "+", "-", "@", "\\t",', '{"=", "+", "-", "=", "\\t",', security('formulas: no cell of an export calculates')],
    ['export-goes-to-anybody', 'A21', 'serve/rest/job_routes.cpp', 'if (!job || job->owner() != here.desk.member) return refuse', 'if (!job) return refuse', suite('jobs', 'an export holds the rows of its owner and goes to nobody else')],
    // live changes
    ['stream-tells-everybody', 'A18', 'serve/rest/change_stream.cpp', '|| (news.record && !desk.guard->sees(view, object, *news.record))) return std::nullopt;', ') return std::nullopt;', suite('sight', 'the stream of changes, live')],
    ['stream-names-hidden-fields', 'A18', 'serve/rest/change_stream.cpp', 'if (!slot || desk.guard->field(object, *slot) < record::FieldLevel::read) continue;', 'if (!slot) continue;', suite('sight', 'the stream of changes')],
    ['stream-outlives-its-token', 'S2a', 'serve/rest/change_stream.cpp', 'if (house_.access.stands(one.pass) && house_.engine.people()', 'if (house_.engine.people()', security('sessions: a revoked token is dead')],
    // ledger
    ['chain-leaves-the-changes-out', 'A7', 'store/chain.cpp', 'crypto_hash_sha256_update(&state, raw(changes), changes.size());', 'crypto_hash_sha256_update(&state, raw(changes), 0);', unit('store', 'every kind of tampering shows')],
    ['chain-leaves-the-actor-out', 'A7', 'store/chain.cpp', 'event.happened_at.us, event.actor.value, event.on_behalf.value,', 'event.happened_at.us, event.on_behalf.value,', unit('store', 'every kind of tampering shows')],
    ['version-is-not-asked', 'A7', 'engine/records.cpp', 'if (!expected || *expected == current.version()) return {};', 'if (!expected || *expected <= current.version()) return {};', suite('rest', 'a version before the last')],
    // idempotency
    ['keys-of-all-in-one-pot', 'A11', 'engine/once.cpp', 'const auto own_key = to_string(work.desk.member) + ":" + once.key;', 'const auto own_key = once.key;', suite('sight', 'an Idempotency-Key another used gives nothing of his')],
    ['a-key-for-any-request', 'A22', 'engine/once.cpp', 'if (*known->get(request_hash) != once.request_hash) return refuse("idempotency_conflict", "Idempotency-Key");', '', suite('jobs', 'the same key brings the same file once, and another file under it is refused')],
    // writer
    ['writer-does-not-sync', 'A7', 'store/sqlite/connection.cpp', 'PRAGMA synchronous = FULL;', 'PRAGMA synchronous = NORMAL;', unit('store', "the writer's connection is fully synchronous, a reader cannot write")],
    ['writer-keeps-a-refused-unit', 'A7', 'store/sqlite/writer.cpp', 'if (batch.ending == Batch::Ending::refused_late && tasks.size() > 1) {', 'if (batch.ending == Batch::Ending::refused_late && tasks.size() > 1000) {', unit('store', 'a refusal takes back its own unit and no other of the batch')],
    // sessions
    ['sign-in-of-the-disabled', 'S2a', 'engine/access/access.cpp', 'if (person && person->active) stored', 'if (person) stored', security('sessions: whoever is disabled is out')],
    ['passwords-end-no-session', 'S5a', 'engine/access/access.cpp', '    end_sessions(work, member, but);\n', '', unit('engine', "a new password ends every session of the member, and nobody else's")],
    ['sessions-for-ever', 'S2a', 'engine/access/access_state.h', 'if (!holder || holder->expires_at <= engine.clock().now()) return std::nullopt;', 'if (!holder) return std::nullopt;', security('sessions: they end after seven days')],
    ['roles-without-a-proof', 'X4', 'engine/records.cpp', 'CHECK_OK(check_proof(work.desk.proof, object, &before, next));', '', security('proofs: ten minutes after the last one')],
    ['jobs-without-a-proof', 'X4', 'engine/bulk/bulk.cpp', 'CHECK_OK(check_proof_of_job(work.desk.proof, *asked.object));', '', security('proofs: ten minutes after the last one')],
    ['a-proof-for-ever', 'X4', 'serve/rest/gate.cpp', 'holder.proved_at + engine::proof_lasts < house.engine.clock().now()', 'holder.proved_at.us == 0', security('proofs: ten minutes after the last one')],
    ['a-proof-that-renews-nothing', 'S5a', 'engine/access/door.cpp', '{{session::token_hash.slot, key}, {session::proved_at.slot', '{{session::proved_at.slot', unit('engine', "a session is shown to be its member's again, and goes on under another token")],
    ['tokens-prove-themselves', 'S9a', 'engine/engine.cpp', 'administers(caller.scopes) ? caller.proof : Proof::never', 'caller.proof', security('proofs: a token gives none')],
    ['codes-without-end', 'S11a', 'engine/access/second_factor.cpp', 'factor->waits_until = Instant{right ? 0 : now.us + wait_us(factor->misses)};', '', unit('engine', 'after five wrong codes none is looked at for a while, longer each time, and a restart forgets nothing')],
    ['exports-without-end', 'S9a', 'engine/export/export_budget.cpp', 'limit - taken_today(view, desk, desk.catalogue->at(export_use_object.name))', 'limit', security('proofs: what a session carries off')],
    ['links-that-open-twice', 'S3a', 'engine/access/access.cpp', '    void_links(work, member);\n    append_deed(work, "member", member, "password_set");', '    append_deed(work, "member", member, "password_set");', security('sessions: a link opens once')],
    ['guesses-without-end', 'S11a', 'serve/rest/session_routes.cpp', 'for (const auto wait : {by_account.take(account), by_address.take(network_of(context.request.peer))})', 'for (const auto wait : {by_address.take(network_of(context.request.peer))})', security('sessions: five wrong guesses')],
    ['set-up-with-any-link', 'S10a', 'serve/rest/session_routes.cpp', 'if (!shangdao::equal_in_constant_time(text_of(body, "token"), house.setup_token)) return refuse("setup_refused");', '', security('doors: the first set-up')],
    ['set-up-again', 'S10a', 'serve/rest/session_routes.cpp', 'if (house.setup_token.empty() || house.access.anyone_can_sign_in()) return refuse("setup_closed");', 'if (house.setup_token.empty()) return refuse("setup_closed");', security('doors: the first set-up')],
    // other sites, HTTP
    ['origin-by-its-beginning', 'S6a', 'serve/origin.cpp', 'return equal_ignoring_case(origin.substr(scheme.size()), *host);', 'return origin.substr(scheme.size()).starts_with(*host);', security('cross-site: a write by cookie')],
    ['writes-without-the-token', 'S6a', 'serve/site.cpp', 'if (origin == Origin::unstated || !known) return shangdao::refuse("csrf_refused");', 'if (origin == Origin::unstated && !known) return shangdao::refuse("csrf_refused");', security('cross-site: a write by cookie')],
    ['cookies-planted-twice', 'S5a', 'serve/cookies.cpp', '            if (found) return std::nullopt;\n', '', security('cookies: planted twice')],
    ['a-session-for-scripts', 'S5a', 'serve/cookies.cpp', '; Path=/; HttpOnly; SameSite=Lax', '; Path=/; SameSite=Lax', security('cookies: the session is for this host alone')],
    ['two-hosts', 'S12a', 'serve/edge_parser.cpp', '"Host",           "Content-Length"', '"X-Host",         "Content-Length"', security('wire: two hosts')],
    ['paths-that-climb', 'S7a', 'serve/target.cpp', 'if (segment.empty() || segment == "." || segment == "..") return false;', 'if (segment.empty()) return false;', security('wire: one path has one spelling')],
    ['a-disk-for-nobody', 'S12a', 'serve/site.cpp', 'if (const auto admitted = admit(*match.route, context); !admitted) rule.refusal = admitted.error().front().code;', '(void)context;', security('doors: nobody fills the disk')],
    ['pages-trust-any-text', 'X4', 'serve/edge_writer.cpp', 'form-action \'self\'; require-trusted-types-for "\n    "\'script\'; "', 'form-action \'self\'; "', security('headers: a strict policy')],
    // files
    ['attachments-are-pages', 'X3', 'engine/files/kept_files.cpp', '{".txt", "text/plain"}', '{".txt", "text/html"}', security('files: whatever a file pretends')],
    ['everything-is-shown', 'X3', 'serve/rest/attachment_routes.cpp', 'engine::may_be_shown(file.media_type) ? Disposition::show : Disposition::save', 'Disposition::show', security('files: whatever a file pretends')],
    ['names-keep-their-path', 'P2', 'engine/files/kept_files.cpp', 'const auto last = nfc(slash == std::string_view::npos ? name : name.substr(slash + 1));', 'const auto last = nfc(slash == std::string_view::npos ? name : name);', security('files: no name is a path')],
    ['workbooks-with-entities', 'P4', 'exchange/xlsx/xml.cpp', 'static_cast<XmlDocument*>(self)->stop({"xlsx_doctype", {}, {}});', '(void)self;', security('files: a workbook points to nothing')],
    ['bombs-by-their-word', 'P5', 'exchange/xlsx/archive.cpp', 'if (read_ > limits_.inflated_bytes || ratio_exceeded(read_, stored_, limits_)) return refuse("xlsx_too_large");', 'if (read_ > limits_.inflated_bytes && ratio_exceeded(read_, stored_, limits_)) return refuse("xlsx_too_large");', unit('exchange', 'a bomb that lies about its size is refused while it is inflated')],
    // log
    ['the-log-tells-secrets', 'E6', 'base/log.cpp', 'return std::ranges::any_of(secret_words,', 'return lower.empty() && std::ranges::any_of(secret_words,', unit('base', 'a field that names a secret keeps it')],
].map(([name, row, file, from, to, proof]) => ({ name, row, file: `src/${file}`, from, to, ...proof }));

// The text of the file with the bug in it. Throws where the place is gone, or no longer one.
export function planted({ name, file, from, to }, text) {
    if (text.split(from).length !== 2) throw new Error(`${name}: ${file} has the place ${text.split(from).length - 1} times: ${from}`);
    return text.replace(from, () => to);
}
