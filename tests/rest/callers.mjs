// Bad callers and bad HTTP: credentials, scopes, origins, methods, headers. The columns are those of writes.mjs; who = nobody sends only
// the headers of the row.
import { password } from './fixture.mjs';

export const callers = (f) => {
    const { deal } = f.ids;
    const bearer = (token) => ({ headers: { Authorization: `Bearer ${token}` } });
    const scoped = (...scopes) => f.house.token(f.admin, scopes);
    const as = (token, json, more = {}) => ({ json, headers: { Authorization: `Bearer ${token}`, ...more } });
    const cookie = (more, json = { name: 'A' }) => ({ json, headers: { Cookie: f.cookie, ...more } });
    const here = (json) => cookie({ Origin: f.origin, 'X-CSRF-Token': f.csrf }, json);
    const unread = { inChinese: true };      // refused before the language was read
    const session = (json) => ['nobody', 'POST', '/session', { json, headers: { Origin: f.origin } }];
    return [
        ['nobody', 'nobody', 'GET', '/deals', {}, 401, 'not_signed_in'],
        ['nobody who writes', 'nobody', 'POST', '/deals', { json: { name: 'A' } }, 401, 'not_signed_in'],
        ['a token nobody gave', 'nobody', 'GET', '/deals', bearer('sd_0000000000000000000000000000000000000000'), 401, 'not_signed_in'],
        ['a token cut short', 'nobody', 'GET', '/deals', bearer(f.house.token(f.rep).slice(0, -1)), 401, 'not_signed_in'],
        ['a token with SQL', 'nobody', 'GET', '/deals', bearer("' OR '1'='1"), 401, 'not_signed_in'],
        ['another scheme', 'nobody', 'GET', '/deals', { headers: { Authorization: 'Basic YWRtaW46YWRtaW4=' } }, 401, 'not_signed_in'],
        ['a cookie of nobody', 'nobody', 'GET', '/deals', { headers: { Cookie: 'sid=AAAA' } }, 401, 'not_signed_in'],
        ['a token to read that writes', 'nobody', 'POST', '/accounts', as(scoped('read'), { name: 'A' }), 403, 'forbidden'],
        ['a token to read that wins', 'nobody', 'POST', `/deals/${deal}/actions/win`, as(scoped('read')), 403, 'forbidden'],
        ['a token to read that changes each', 'nobody', 'POST', '/accounts/bulk', as(scoped('read'), { each: { [f.ids.account]: { tier: 'B' } } }), 403, 'forbidden'],
        ['a token to read that tries changes of each', 'nobody', 'POST', '/accounts/bulk', as(scoped('read'), { each: { [f.ids.account]: { tier: 'B' } }, dry_run: true }), 403, 'forbidden'],
        ['a token to read that prefers', 'nobody', 'PATCH', '/session/preferences', as(scoped('read'), { theme: 'dark' }), 403, 'forbidden'],
        ['nobody\'s preferences', 'nobody', 'GET', '/session/preferences', {}, 401, 'not_signed_in'],
        ['nobody who prefers', 'nobody', 'PATCH', '/session/preferences', { json: { theme: 'dark' } }, 401, 'not_signed_in'],
        ['a preference from another site', 'nobody', 'PATCH', '/session/preferences', cookie({ Origin: 'http://evil.example', 'X-CSRF-Token': f.csrf }, { theme: 'dark' }), 403, 'csrf_refused'],
        ['a preference without CSRF token', 'nobody', 'PATCH', '/session/preferences', cookie({ Origin: f.origin }, { theme: 'dark' }), 403, 'csrf_refused'],
        ['preferences put in place of all', 'rep', 'PUT', '/session/preferences', { json: { theme: 'dark' } }, 405, 'method_not_allowed'],
        ['a token of one object on another', 'nobody', 'GET', '/deals', as(scoped('read', 'object:account')), 404, 'unknown_object'],
        ['a token of less that chooses the language', 'nobody', 'PATCH', '/session', as(scoped('read', 'write'), { language: 'en' }), 403, 'forbidden'],
        ['a language of nobody', 'nobody', 'PATCH', '/session', { json: { language: 'en' } }, 401, 'not_signed_in'],
        ['a definition by a rep', 'rep', 'POST', '/definitions', { json: { object: 'deal' } }, 403, 'forbidden'],
        ['a definition without the scope', 'nobody', 'POST', '/definitions', as(scoped('read', 'write'), { object: 'deal' }), 403, 'forbidden'],
        ['a session without CSRF token', 'nobody', 'POST', '/accounts', cookie({ Origin: f.origin }), 403, 'csrf_refused'],
        ['a session with a wrong CSRF token', 'nobody', 'POST', '/accounts', cookie({ Origin: f.origin, 'X-CSRF-Token': 'AAAA' }), 403, 'csrf_refused'],
        ['a session without Origin', 'nobody', 'POST', '/accounts', cookie({ 'X-CSRF-Token': f.csrf }), 403, 'csrf_refused'],
        ['a session from another site', 'nobody', 'POST', '/accounts', cookie({ Origin: 'http://evil.example', 'X-CSRF-Token': f.csrf }), 403, 'csrf_refused'],
        ['a session from nowhere', 'nobody', 'POST', '/accounts', cookie({ Origin: 'null', 'X-CSRF-Token': f.csrf }), 403, 'csrf_refused'],
        ['a session another site fetches with', 'nobody', 'POST', '/accounts', cookie({ 'Sec-Fetch-Site': 'cross-site', Origin: f.origin, 'X-CSRF-Token': f.csrf }), 403, 'csrf_refused'],
        ['a deletion from another site', 'nobody', 'DELETE', `/deals/${deal}`, { headers: { Cookie: f.cookie, Origin: 'http://evil.example', 'If-Match': '"1"' } }, 403, 'csrf_refused'],

        ['a sign-in without password', ...session({ email: f.admin }), 422, 'required', 'password'],
        ['a sign-in without anything', ...session({}), 422, 'required', 'email'],
        ['a sign-in with a number', ...session({ email: f.admin, password: 5 }), 422, 'required', 'password'],
        ['a wrong password', ...session({ email: f.admin, password: 'wrong wrong wrong' }), 401, 'sign_in_refused'],
        ['an unknown e-mail', ...session({ email: 'nobody@example.com', password }), 401, 'sign_in_refused'],
        ['too many knocks', ...session({ email: 'knocker@example.com', password }), 429, 'rate_limited'],
        ['a sign-in from another site', 'nobody', 'POST', '/session', { json: { email: f.admin, password }, headers: { Origin: 'http://evil.example' } }, 403, 'csrf_refused'],
        ['a set-up of what is set up', 'nobody', 'POST', '/setup', { json: { token: 'A' }, headers: { Origin: f.origin } }, 404, 'setup_closed'],

        ['a token that looks who is signed in', 'rep', 'GET', '/sessions', {}, 403, 'forbidden'],
        ['a token that signs others out', 'rep', 'DELETE', '/sessions', {}, 403, 'forbidden'],
        ['a token that makes another', 'rep', 'POST', '/tokens', { json: { name: 'x', password } }, 403, 'forbidden'],
        ['a token that begins a second factor', 'rep', 'POST', '/session/second_factor', { json: { password } }, 403, 'forbidden'],
        ['a new token without the password', 'nobody', 'POST', '/tokens', here({ name: 'x' }), 422, 'required', 'password'],
        ['a new token for a thousand days', 'nobody', 'POST', '/tokens', here({ name: 'x', password, days: 1000 }), 422, 'invalid_value', 'days'],
        ['a new token with an unknown word', 'nobody', 'POST', '/tokens', here({ name: 'x', password, scope: [] }), 422, 'unknown_field', 'scope', { near: 'scopes' }],
        ['a new token with a wrong password', 'nobody', 'POST', '/tokens', here({ name: 'x', password: 'wrong wrong wrong' }), 403, 'password_refused', 'password'],
        ['a second factor never begun', 'nobody', 'PUT', '/session/second_factor', here({ code: '123456' }), 409, 'nothing_begun', 'code'],
        ['a session that is none', 'nobody', 'DELETE', '/sessions/1', here(), 404, 'not_found', 'session'],
        ['a token that is none', 'nobody', 'DELETE', '/tokens/1', here(), 404, 'not_found', 'token'],
        ['members signed out by a rep', 'rep', 'DELETE', `/members/${f.adminId}/sessions`, {}, 403, 'forbidden'],
        ['a second factor taken by a rep', 'rep', 'DELETE', `/members/${f.adminId}/second_factor`, {}, 403, 'forbidden'],
        ['nobody signed out', 'admin', 'DELETE', '/members/1/sessions', {}, 404, 'not_found', 'member'],
        ['a second factor of nobody', 'admin', 'DELETE', '/members/1/second_factor', {}, 404, 'not_found', 'member'],

        ['an invitation by a rep', 'rep', 'POST', `/members/${f.adminId}/invitation`, {}, 403, 'forbidden'],
        ['an invitation of nobody', 'admin', 'POST', '/members/1/invitation', {}, 404, 'not_found', 'member'],
        ['a forgotten password where no mail is sent', 'nobody', 'POST', '/session/reset', { json: { email: f.rep }, headers: { Origin: f.origin } }, 409, 'mail_not_set_up'],
        ['an invitation that is none', 'nobody', 'POST', '/invitation', { json: { token: 'AAAA', password }, headers: { Origin: f.origin } }, 403, 'invitation_refused'],
        ['a look over a shoulder by a rep', 'rep', 'POST', `/members/${f.ids.other}/sight`, { json: {} }, 403, 'forbidden'],
        ['a look without the scope', 'nobody', 'POST', `/members/${f.ids.other}/sight`, as(scoped('read', 'write'), {}), 403, 'forbidden'],
        ['a look of nobody', 'nobody', 'POST', `/members/${f.ids.other}/sight`, { json: {} }, 401, 'not_signed_in'],
        ['a look over nobody\'s shoulder', 'admin', 'POST', '/members/1/sight', { json: {} }, 404, 'not_found', 'member'],
        ['a look at an object that is not', 'admin', 'POST', `/members/${f.ids.other}/sight`, { json: { object: 'dael' } }, 404, 'unknown_object', 'object', { near: 'deal' }],
        ['a look at the machinery', 'admin', 'POST', `/members/${f.ids.other}/sight`, { json: { object: 'session' } }, 404, 'unknown_object', 'object'],
        ['a look at what the member does not read', 'admin', 'POST', `/members/${f.ids.other}/sight`, { json: { object: 'role' } }, 404, 'unknown_object', 'object'],
        ['a look with a filter', 'admin', 'POST', `/members/${f.ids.other}/sight`, { json: { object: 'deal', filter: 'amount > 5' } }, 422, 'unknown_field', 'filter'],
        ['a look with a list', 'admin', 'POST', `/members/${f.ids.other}/sight`, { json: ['deal'] }, 422, 'invalid_value'],
        ['a look at a number', 'admin', 'POST', `/members/${f.ids.other}/sight`, { json: { object: 5 } }, 422, 'invalid_value', 'object'],
        ['an organisation renamed by a rep', 'rep', 'PATCH', '/organisation', { json: { name: 'A' } }, 403, 'forbidden'],
        ['an organisation without a name', 'admin', 'PATCH', '/organisation', { json: { name: '  ' } }, 422, 'required', 'name'],
        ['definitions read by a rep', 'rep', 'GET', '/definitions', {}, 403, 'forbidden'],

        ['PUT on a list', 'rep', 'PUT', '/deals', { json: {} }, 405, 'method_not_allowed'],
        ['PATCH on a list', 'rep', 'PATCH', '/deals', { json: {} }, 405, 'method_not_allowed'],
        ['DELETE on a list', 'rep', 'DELETE', '/deals', {}, 405, 'method_not_allowed'],
        ['GET on a verb', 'rep', 'GET', `/deals/${deal}/actions/win`, {}, 405, 'method_not_allowed'],
        ['DELETE on the query', 'rep', 'DELETE', '/query', {}, 405, 'method_not_allowed'],
        ['a method nobody knows', 'rep', 'PROPFIND', '/deals', {}, 501, 'method_unknown', undefined, unread],
        ['a header too large', 'rep', 'GET', '/deals', { headers: { 'X-Long': 'x'.repeat(40_000) } }, 431, 'head_too_large', undefined, unread],
        ['an address too long', 'rep', 'GET', `/deals?q=${'x'.repeat(40_000)}`, {}, 431, 'head_too_large', undefined, unread],
        ['an address with a broken escape', 'rep', 'GET', '/deals?q=%zz', {}, 400, 'bad_request'],
        ['an address with a NUL', 'rep', 'GET', '/deals/%00', {}, 400, 'bad_request'],
        ['an address that is no UTF-8', 'rep', 'GET', '/deals?q=%ff%fe', {}, 400, 'bad_request'],
        ['an address that climbs', 'rep', 'GET', '/../../etc/passwd', {}, 400, 'bad_request'],
        ['an Expect nobody knows', 'rep', 'GET', '/deals', { headers: { Expect: 'the-unexpected' } }, 417, 'expectation_failed'],
    ];
};
