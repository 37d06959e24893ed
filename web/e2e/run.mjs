// npm run e2e [words…] – what is seen of every route, budgets, then all journeys; words choose by name, `screens bless` renews the
// pictures kept. The journeys build on one another in a fresh house; those of the company walk through the demo's, as what is seen of
// it does, before anybody changes it. Ends with the seconds of each stage and "N passed, N failed".
import { axeOpened } from './axe.mjs';
import { launch, openPage, signedIn } from './browser.mjs';
import { checkGuide } from './guide.mjs';
import { journeys } from './journeys.mjs';
import { lookAtAll, routesOf } from './look.mjs';
import { letTimeGo } from './now.mjs';
import { pseudoAll } from './pseudo.mjs';
import { checkSlowLine, checkSpeed } from './speed.mjs';
import { startCompany, startFresh } from './server.mjs';

const bless = process.argv.includes('bless');
const words = process.argv.slice(2).filter((word) => word !== 'bless');
const wanted = (name) => words.length === 0 || words.some((word) => name.includes(word));
// What is looked at in many ways is chosen by how its name begins: a word of one journey is a word of many routes.
const isSought = (name) => words.length === 0 || words.some((word) => name.startsWith(word));
const started = Date.now();
const took = [];
let passed = 0;
let failed = 0;

async function report(name, work) {
  const before = Date.now();
  try {
    await work();
    passed += 1;
    console.log(`ok     ${name} (${((Date.now() - before) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n    ${error.stack?.split('\n').slice(0, 12).join('\n    ')}`);
  }
}

async function stage(name, work) {
  const before = Date.now();
  await work();
  took.push(`${name} ${Math.round((Date.now() - before) / 1000)} s`);
}

// Another member of the company at another browser, for what two people do to one another.
async function visit(role, visitors) {
  const page = await openPage(browser, { url: company.url, state: states[role] });
  visitors.push(page);
  return page;
}

async function travel(journey, house) {
  const visitors = [];
  const page = await openPage(browser, { url: house.url, state: journey.anonymous ? undefined : house.state });
  try {
    if (!journey.anonymous) await page.goto('/sign-in');
    await journey.run({ page, notes, server: house, keep, open: (role) => visit(role, visitors) });
    const complaints = [page, ...visitors].flatMap((one) => one.complaints);
    if (complaints.length > 0) throw new Error(`the console said: ${complaints.join('\n')}`);
  } catch (error) {
    const picture = new URL(`./out/failed-${journeys.indexOf(journey)}.png`, import.meta.url).pathname;
    await page.screenshot({ path: picture }).catch(() => {});
    throw error;
  } finally {
    for (const one of [page, ...visitors]) await one.context().close();
  }
}

const states = {};
const fresh = await startFresh();
const company = await startCompany();
const browser = await launch();
const notes = {};
const keep = async (page) => {
  fresh.state = await page.context().storageState();
};

const timed = ['/today', '/deals', '/deals/board', '/deals/open', '/accounts/one', '/funnel'];

async function lookAtCompany() {
  const { url } = company;
  const at = { url, states, report, wanted: isSought };
  const routes = await routesOf(browser, { url, state: states.admin });
  const { path: open } = routes.find(({ name }) => name === '/deals/open');
  await stage('routes', () => lookAtAll(browser, { ...at, routes, bless }));
  await stage('axe over', () => axeOpened(browser, { ...at, state: states.admin, open }));
  await stage('speed', async () => {
    for (const { name, path } of routes.filter((one) => timed.includes(one.name) && isSought(`speed of ${one.name}`))) {
      await report(`speed of ${name}`, () => checkSpeed(browser, { url, state: states.admin }, path));
      await report(`speed of ${name} on a slow line`, () => checkSlowLine(browser, { url, state: states.admin }, path));
    }
  });
  await stage('pseudo', () => pseudoAll(browser, { ...at, routes }));
}

async function goOnJourneys() {
  // The first two sign in; a chosen one brings those it builds on. In the company every journey stands alone.
  const last = Math.max(1, ...journeys.map((journey, at) => (wanted(journey.name) && !journey.company ? at : 0)));
  for (const [at, journey] of journeys.entries()) {
    if (journey.company ? !wanted(journey.name) : at > last) continue;
    const house = journey.company ? { ...company, state: states[journey.company] } : fresh;
    await report(journey.name, () => travel(journey, house));
  }
}

try {
  for (const role of ['rep', 'manager', 'admin'])
    states[role] = await signedIn(browser, company.url, company.members[role], company.password);
  if (words.length === 0 || /\b(screens|axe|speed|pseudo)\b/.test(words.join(' '))) await lookAtCompany();
  await stage('guide', () => checkGuide(browser, { fresh, company, states }, report, wanted));
  letTimeGo();
  await stage('journeys', goOnJourneys);
} finally {
  await browser.close();
  await fresh.close();
  await company.close();
}
console.log(took.join(', '));
console.log(`${passed} passed, ${failed} failed in ${Math.round((Date.now() - started) / 1000)} s`);
process.exit(failed ? 1 : 0);
