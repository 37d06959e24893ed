// What is kept is shown, never run: every route of the router's list in an organisation of payloads, in both languages; and what a page of
// another origin, in the same browser, gets out of ours.
import assert from 'node:assert/strict';
import http from 'node:http';
import { api, openPage, signedIn } from './browser.mjs';
import { routesOf, visit } from './look.mjs';
import { going } from './now.mjs';
import { becomes, settled } from './screen.mjs';
import { startCompany } from './server.mjs';
import { payloads, poison } from './xss-house.mjs';

// Runs in the page, before its own scripts: who sings, and what the browser had to refuse.
function listen() {
  window.sung = [];
  window.refused = [];
  for (const name of ['canary', 'alert', 'confirm', 'prompt', 'print'])
    window[name] = (...words) => window.sung.push(`${name} ${words}`);
  document.addEventListener('securitypolicyviolation', (event) =>
    window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
  );
}

// Runs in the page: what an attack would have left there.
const left = () => [
  ...window.sung,
  ...window.refused,
  ...[
    ...document.querySelectorAll(
      '[data-canary], #root script, iframe, object, embed, base, meta[http-equiv=refresh], [onerror], [onload], [onclick], [href^="javascript:" i], [src^="javascript:" i], [href^="data:" i]:not(link), [href*="evil.example"]:not([target=_blank])',
    ),
  ].map((element) => element.outerHTML.slice(0, 200)),
];

async function inCompany(page, work) {
  const browser = page.context().browser();
  const company = await startCompany(going());
  try {
    const state = await signedIn(browser, company.url, company.members.admin, company.password);
    await work({ browser, company, state });
  } finally {
    await company.close();
  }
}

async function open(browser, { url }, state, language) {
  const page = await openPage(browser, { url, state, language, clock: going() });
  await page.addInitScript(listen);
  return page;
}

// Every answer of a route that has to do with the payloads, and all the routes there are.
async function walk(browser, company, state, language, routes) {
  const page = await open(browser, company, state, language);
  const found = [];
  let words = 0;
  await visit(page, '/today');
  for (const { name, path } of routes) {
    // As a link leads there: the app stays, and with it whatever an attack would have begun.
    await page.evaluate((to) => window.history.pushState(null, '', to), path);
    await settled(page);
    for (const what of await page.evaluate(left)) found.push(`${language} ${name}: ${what}`);
    for (const what of page.complaints) found.push(`${language} ${name}: the console said ${what}`);
    const text = await page.locator('body').innerText();
    words += payloads.filter((one) => text.includes(one.slice(0, 20))).length;
  }
  await page.context().close();
  assert.deepEqual(found, []);
  assert.ok(words > 100, `the payloads stand on the screens as text: only ${words}`);
}

async function walkAll(page) {
  await inCompany(page, async ({ browser, company, state }) => {
    const maker = await openPage(browser, { url: company.url, state });
    const made = await poison(maker);
    await maker.context().close();
    const routes = (await routesOf(browser, { ...company, state })).filter(({ as }) => as === 'admin');
    const more = [
      `/deals/${made.deal.id}`,
      `/deals/${made.won.id}`,
      `/accounts/${made.account.id}`,
      `/leads/${made.lead.id}`,
      '/x_evils',
      `/members/${made.evil.id}`,
      `/settings/members/${made.evil.id}`,
      `/deals?q=${encodeURIComponent(payloads[1])}`,
      `/deals?f=${encodeURIComponent(`name = "${payloads[1]}"`)}`,
      `/deals?sort=${encodeURIComponent(payloads[2])}`,
      `/${encodeURIComponent(payloads[3])}`,
      '/settings/objects/x_evil',
      '/x_evils?new=1',
    ].map((path) => ({ name: path, path }));
    for (const language of ['zh-CN', 'en']) await walk(browser, company, state, language, [...routes, ...more]);
    await openWhatOpens(browser, company, state, made);
  });
}

// What a hand brings up: the palette's hits, menus, dialogs, a cell's editor, a toast.
async function openWhatOpens(browser, company, state, made) {
  const page = await open(browser, company, state, 'zh-CN');
  const quiet = async (where) => {
    await settled(page);
    assert.deepEqual([...(await page.evaluate(left)), ...page.complaints], [], where);
  };
  await visit(page, `/deals/${made.deal.id}`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('canary');
  await page.getByRole('dialog').getByRole('option').first().waitFor();
  await quiet('the palette');
  await page.keyboard.press('Escape');
  for (const button of await page.locator('main button[aria-haspopup]').all()) {
    if (!(await button.isVisible()) || !(await button.isEnabled())) continue;
    await button.click();
    await quiet(`what opens at ${(await button.textContent())?.slice(0, 30)}`);
    await page.keyboard.press('Escape');
  }
  await visit(page, '/deals');
  await page.getByRole('button', { name: '列', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await quiet('the columns');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '添加条件' }).click();
  await page.getByRole('dialog').waitFor();
  await quiet('the conditions');
  await page.context().close();
}

// Runs in the page, before its own scripts: ways in which a slip of ours would let a text become a script. Gives those that the browser let through.
// Asked for by a timer: what a debugger evaluates itself, the policy does not bind.
function bringWays() {
  window.tryAll = () => new Promise((done) => setTimeout(() => done(tried())));
  const tried = () =>
    Object.entries(ways)
      .filter(([, way]) => {
        try {
          way();
          return true;
        } catch {
          return false;
        }
      })
      .map(([name]) => name);
  const ways = {
    innerHTML: () => (document.createElement('div').innerHTML = '<b>a</b>'),
    outerHTML: () => (document.body.appendChild(document.createElement('div')).outerHTML = '<b>a</b>'),
    insertAdjacentHTML: () => document.body.insertAdjacentHTML('beforeend', '<b>a</b>'),
    'document.write': () => document.write('<b>a</b>'),
    DOMParser: () => new DOMParser().parseFromString('<b>a</b>', 'text/html'),
    'a fragment': () => document.createRange().createContextualFragment('<b>a</b>'),
    srcdoc: () => (document.createElement('iframe').srcdoc = '<b>a</b>'),
    Function: () => new Function('return 1')(),
    'a timer of text': () => setTimeout('canary(1)', 0),
    'the source of a script': () => (document.createElement('script').src = '/assets/a.js'),
    'the text of a script': () => (document.createElement('script').text = 'canary(1)'),
    'a worker of text': () => new Worker(`data:text/javascript,1`),
    'a policy of its own': () => window.trustedTypes.createPolicy('evil', {}),
  };
}

async function refuseScripts(page) {
  await inCompany(page, async ({ browser, company, state }) => {
    const ours = await open(browser, company, state, 'zh-CN');
    await ours.addInitScript(bringWays);
    await visit(ours, '/deals');
    assert.deepEqual(await ours.evaluate(() => window.tryAll()), []);
    // One after the other: of two ways off the page the browser goes the last.
    const ways = {
      'script-src-elem': () => {
        const link = document.body.appendChild(document.createElement('a'));
        link.href = 'javascript:canary(1)';
        link.click();
      },
      'form-action': () => {
        const form = document.body.appendChild(document.createElement('form'));
        form.action = 'http://evil.example/';
        form.submit();
      },
      'connect-src': () => fetch('http://evil.example/').catch(() => {}),
      'frame-src': () => {
        document.body.appendChild(document.createElement('iframe')).src = 'http://evil.example/';
      },
      'img-src': () => {
        document.body.appendChild(document.createElement('img')).src = 'http://evil.example/';
      },
      'style-src-elem': () => {
        document.head.appendChild(document.createElement('style')).textContent = '*{color:red}';
      },
    };
    for (const [directive, way] of Object.entries(ways)) {
      await ours.evaluate(way);
      const isRefused = () => ours.evaluate((name) => window.refused.some((one) => one.startsWith(name)), directive);
      await becomes(isRefused, true, directive);
    }
    assert.deepEqual(await ours.evaluate(() => window.sung), []);
    await ours.context().close();
  });
}

// A page of another port: another origin, yet of the same site, so that the browser adds our cookie to what it sends.
function evilPage(ours, deal) {
  const forms = [
    ['POST', '/accounts', 'text/plain', `{"name":"forged","a":"`, `"}`],
    ['POST', '/accounts', 'application/x-www-form-urlencoded', 'name', 'forged'],
    ['POST', '/accounts', 'multipart/form-data', 'name', 'forged'],
    ['POST', `/deals/${deal}/actions/win`, 'text/plain', '{"a":"', '"}'],
    ['POST', '/session', 'text/plain', '{"email":"a@example.com","password":"', '"}'],
    ['GET', `/deals/${deal}/actions/win`, 'text/plain', 'a', 'b'],
    ['POST', `/accounts?_method=DELETE`, 'text/plain', 'a', 'b'],
  ];
  return `<!doctype html><title>evil</title><body>${forms
    .map(
      ([method, path, type, name, value], i) =>
        `<iframe name="f${i}"></iframe><form target="f${i}" method="${method}" action="${ours}/api/v1${path}" enctype="${type}"><input name='${name}' value='${value}'></form>`,
    )
    .join(
      '',
    )}<img src="${ours}/api/v1/deals/${deal}/actions/win"><script src="${ours}/api/v1/session"></script><link rel=stylesheet href="${ours}/api/v1/describe"><iframe name=framed src="${ours}/deals"></iframe></body>`;
}

const headOf = (metrics) => /^shangdao_ledger_head (\d+)$/m.exec(metrics)[1];

async function comeFromElsewhere(page) {
  await inCompany(page, async ({ browser, company, state }) => {
    const maker = await openPage(browser, { url: company.url, state });
    const deal = (await api(maker, 'GET', '/deals?limit=1&filter=outcome%20%3D%20%22open%22')).data[0];
    const before = await (await maker.request.get('/metrics')).text();
    const evil = http.createServer((_, response) =>
      response.setHeader('Content-Type', 'text/html').end(evilPage(company.url, deal.id)),
    );
    await new Promise((done) => evil.listen(0, '127.0.0.1', done));
    try {
      const stranger = await maker.context().newPage();
      const sent = [];
      stranger.on('response', (answer) => sent.push([answer.request().method(), answer.url(), answer.status()]));
      await stranger.goto(`http://127.0.0.1:${evil.address().port}/`);
      const got = await stranger.evaluate(
        async ({ ours, id }) => {
          const ask = (path, init) =>
            fetch(`${ours}/api/v1${path}`, { credentials: 'include', ...init }).then(
              async (answer) => `${answer.type} ${answer.status} ${(await answer.text()).slice(0, 40)}`,
              () => 'refused',
            );
          const body = JSON.stringify({ name: 'forged' });
          const json = { 'Content-Type': 'application/json' };
          const answers = [
            await ask('/deals'),
            await ask('/session'),
            await ask('/accounts', { method: 'POST', headers: json, body }),
            await ask('/accounts', { method: 'POST', headers: { ...json, 'X-CSRF-Token': 'a' }, body }),
            await ask(`/deals/${id}`, { method: 'DELETE', headers: { 'If-Match': '*' } }),
            await ask('/accounts', { method: 'POST', mode: 'no-cors', body }),
            await ask(`/deals/${id}/actions/win`, { method: 'POST', mode: 'no-cors', body: '{}' }),
            await ask('/accounts', { method: 'POST', mode: 'no-cors', body: new Blob([body], { type: 'text/plain' }) }),
            navigator.sendBeacon(`${ours}/api/v1/accounts`, body) ? 'sent' : 'refused',
          ];
          for (const form of document.forms) {
            const heard = new Promise((done) =>
              document.querySelector(`iframe[name=${form.target}]`).addEventListener('load', done, { once: true }),
            );
            form.submit();
            await heard;
          }
          const stream = await new Promise((done) => {
            const line = new EventSource(`${ours}/api/v1/changes`, { withCredentials: true });
            line.addEventListener('open', () => done('open'));
            line.addEventListener('error', () => done('refused'));
          });
          let framed = 'empty';
          try {
            framed = document.querySelector('iframe[name=framed]').contentDocument ? 'read' : 'empty';
          } catch {}
          const opened = window.open(`${ours}/deals`);
          return { answers, stream, framed, opened: opened === null || opened.closed || opened.opener === null };
        },
        { ours: company.url, id: deal.id },
      );
      assert.deepEqual(got.answers.slice(0, 5), Array(5).fill('refused'), 'nothing is read from elsewhere');
      for (const answer of got.answers.slice(5, 8)) assert.match(answer, /^opaque 0 $|^refused$/);
      assert.deepEqual([got.stream, got.framed], ['refused', 'empty']);
      assert.ok(sent.filter(([method]) => method === 'POST').length >= 6, JSON.stringify(sent));
      for (const [method, url, status] of sent)
        if (method === 'POST') assert.ok(status === 403 || status === 415, `${method} ${url}: ${status}`);
    } finally {
      evil.close();
    }
    assert.equal(headOf(await (await maker.request.get('/metrics')).text()), headOf(before), 'nothing was done');
    assert.equal((await api(maker, 'GET', `/deals/${deal.id}`)).outcome, 'open');
    assert.ok((await api(maker, 'GET', '/session')).member, 'the session is what it was');
    await maker.context().close();
  });
}

async function stayHere(page) {
  await inCompany(page, async ({ browser, company }) => {
    for (const to of [
      '//evil.example/',
      '/\\evil.example/',
      '/\t/evil.example/',
      'http://evil.example/',
      'javascript:canary(1)',
    ]) {
      const guest = await open(browser, company, undefined, 'zh-CN');
      await guest.goto(`/sign-in?${new URLSearchParams({ to })}`);
      await guest.getByRole('textbox', { name: '邮箱' }).fill(company.members.rep);
      await guest.getByRole('textbox', { name: '密码' }).fill(company.password);
      await guest.getByRole('button', { name: '登录' }).click();
      await guest.getByRole('navigation').first().waitFor();
      assert.equal(new URL(guest.url()).origin, company.url, to);
      assert.deepEqual(await guest.evaluate(() => window.sung), [], to);
      await guest.context().close();
    }
  });
}

export const xssJourneys = [
  {
    name: 'xss: nothing that is kept runs on any screen, in either language',
    own: true,
    run: ({ page }) => walkAll(page),
  },
  {
    name: 'xss: the browser itself refuses a script, a frame and a form that a slip of ours would let in',
    own: true,
    run: ({ page }) => refuseScripts(page),
  },
  {
    name: 'xss: a page of another origin reads nothing and does nothing with our cookie',
    own: true,
    run: ({ page }) => comeFromElsewhere(page),
  },
  { name: 'xss: a sign-in leads to no other site', own: true, run: ({ page }) => stayHere(page) },
];
