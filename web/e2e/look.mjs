// Every route as it is seen by those who see it. Of its looks two share nothing – language, theme, width –: these are held against the
// pictures kept (screens.mjs). All are judged by axe, and nothing may lie beyond the screen: each width meets both languages and both
// themes; which words are spoken in which colours matters to nobody. The pictures are of routes that were loaded by their address; at the
// other width one goes from route to route inside the app, as a link does it, and the page has to say the same.
import assert from 'node:assert/strict';
import { judge } from './axe.mjs';
import { api, openPage } from './browser.mjs';
import { settled } from './screen.mjs';
import { compareScreen, drawsLetters, dropScreens } from './screens.mjs';

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const chinese = { language: 'zh-CN', dark: false };
const english = { language: 'en', dark: true };
// Each pair shares the words: first what is kept, then the other width.
export const looks = [
  [
    { key: 'zh-light-1440', ...chinese, ...desk, isKept: true },
    { key: 'zh-light-390', ...chinese, ...phone },
  ],
  [
    { key: 'en-dark-390', ...english, ...phone, isKept: true },
    { key: 'en-dark-1440', ...english, ...desk },
  ],
];

const route = (path, name = path) => ({ name, path });

// The router's own list, each pattern with the addresses in the company that stand for it.
export async function routesOf(browser, { url, state, members }) {
  const page = await openPage(browser, { url, state });
  await page.goto('/settings');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const patterns = (await page.locator('#root').getAttribute('data-routes')).split(' ');
  const linked = await page
    .locator('nav a[href^="/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href').slice(1)));
  const described = (await api(page, 'GET', '/describe')).objects.map((one) => one.plural);
  const first = async (plural, more = '') => (await api(page, 'GET', `/${plural}?limit=1${more}`)).data[0];
  const newest = (plural, test) => first(plural, `&sort=-created_at&filter=${encodeURIComponent(test)}`);
  const open = await newest('deals', 'outcome = "open" and stage != "identify" and account is not null');
  const won = await newest('deals', 'outcome = "won"');
  const lead = await newest('leads', 'outcome = "open"');
  const role = await first('roles');
  const member = await first('members', `&filter=${encodeURIComponent(`email = "${members.rep}"`)}`);
  const process = await first('processes');
  await page.context().close();

  const standing = {
    '/$plural': [
      ...linked.filter((plural) => described.includes(plural)).map((plural) => route(`/${plural}`)),
      route('/deals?new=1', '/deals new'),
      route('/deals?f=name+contains+%22筛选%22', '/deals none'),
    ],
    '/$plural/board': [
      route('/deals/board'),
      route('/leads/board'),
      route('/deals/board?f=name+%3D+%22nobody%22', '/deals/board none'),
    ],
    '/$plural/bin': [route('/accounts/bin')],
    '/$plural/$id': [
      route(`/deals/${open.id}`, '/deals/open'),
      route(`/deals/${won.id}`, '/deals/won'),
      route(`/accounts/${open.account.id}`, '/accounts/one'),
      route(`/leads/${lead.id}`, '/leads/one'),
    ],
    '/today': [
      route('/today'),
      // What a rep and a manager see there is not what the admin sees.
      { ...route('/today', '/today rep'), as: 'rep' },
      { ...route('/today', '/today manager'), as: 'manager' },
    ],
    '/settings/objects': [route('/settings/objects'), route('/settings/objects/deal', '/settings/objects/one')],
    '/settings/members': [route('/settings/members'), route(`/settings/members/${member.id}`, '/settings/members/one')],
    '/settings/roles': [route('/settings/roles'), route(`/settings/roles/${role.id}`, '/settings/roles/one')],
    '/settings/processes': [
      route('/settings/processes'),
      route(`/settings/processes/${process.id}`, '/settings/processes/one'),
    ],
  };
  const anonymous = /^\/(sign-in|setup|welcome|forgot)/;
  return patterns.flatMap((pattern) =>
    (standing[pattern] ?? [route(pattern)]).map((one) => ({ as: anonymous.test(pattern) ? null : 'admin', ...one })),
  );
}

// What a finger presses on the pages of the settings is so high, be it a part of the line that it stands for.
const touch_px_min = 40;
function tooLow(px) {
  const pressed = [...document.querySelector('main').querySelectorAll('a[href], button, select, input, label')].filter(
    (one) => one.offsetParent && !one.closest('[aria-hidden=true]') && !(one.matches('input') && one.closest('label')),
  );
  return pressed
    .filter((one) => one.matches(':not(label), :has(input)'))
    .filter((one) => {
      one.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = one.getBoundingClientRect();
      const hit = (y) => one.contains(document.elementFromPoint(left + Math.min(width, px) / 2, y));
      // From the middle up, to either side, or down.
      return ![-1, -0.5, 0].some((share) => [share, share + 1].every((to) => hit(top + height / 2 + to * (px - 2))));
    })
    .map((one) => one.getAttribute('aria-label') ?? one.innerText);
}

export const fileOf = (name) => name.slice(1).replace(/[^a-z0-9]+/gi, '-');

export async function visit(page, path) {
  page.complaints.length = 0;
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await settled(page);
}

const saidBy = async (page) => ({
  title: await page.title(),
  heading: await page.getByRole('heading', { level: 1 }).first().innerText(),
  dialogs: await page.getByRole('dialog').count(),
});

// By its address; or, once it is known what the route says of itself, from the route before, as a link leads there: the router hears
// what is pushed, and the app stays. Gives what it says.
export async function arrive(page, path, said) {
  const isWithin = said !== undefined && page.url() !== 'about:blank';
  if (!isWithin) await visit(page, path);
  else {
    page.complaints.length = 0;
    await page.evaluate((to) => window.history.pushState(null, '', to), path);
    await settled(page);
  }
  const told = await saidBy(page);
  if (isWithin) assert.deepEqual(told, said, 'what the page says of itself');
  return told;
}

let letters;
const kept = [];

// One pair of looks.
export async function lookAt(browser, pair, { url, states, routes, report, wanted, bless }) {
  const said = new Map();
  for (const { key, isKept, ...look } of pair) {
    const pages = {};
    for (const { name, path, as } of routes) {
      const file = `${fileOf(name)}-${key}`;
      const [screen, axe] = [`screens ${name} ${key}`, `axe ${name} ${key}`];
      let isCompared = isKept && wanted(screen);
      if (isCompared) letters ??= drawsLetters(browser, url, bless);
      isCompared &&= await letters;
      const isJudged = !bless && wanted(axe);
      if (!isCompared && !isJudged) continue;
      pages[as] ??= await openPage(browser, { url, state: states[as], ...look });
      const page = pages[as];
      const arrived = arrive(page, path, said.get(name));
      if (isCompared)
        await report(screen, async () => {
          await arrived;
          kept.push(file);
          await compareScreen(page, file, bless);
        });
      if (isJudged)
        await report(axe, async () => {
          said.set(name, await arrived);
          await judge(page, file);
          if (look.width === phone.width && name.startsWith('/settings'))
            assert.deepEqual(await page.evaluate(tooLow, touch_px_min), [], 'too low for a finger');
          assert.deepEqual(page.complaints, [], 'the console said');
        });
    }
    for (const page of Object.values(pages)) await page.context().close();
  }
}

// After all of them: pictures of routes that are no more go.
export function dropUnseen(routes) {
  if (kept.length === routes.length * looks.flat().filter((look) => look.isKept).length) dropScreens(kept);
}
