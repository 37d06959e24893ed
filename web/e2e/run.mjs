// npm run e2e [words…] – all journeys, then budgets and axe on every route; words choose by name. The journeys build on one
// another in a fresh house; those of the company, the budgets and axe walk through the demo's. Ends with "N passed, N failed".
import { axeAll, axeOpened, addresses } from './axe.mjs';
import { api, launch, openPage, signedIn } from './browser.mjs';
import { checkGuide } from './guide.mjs';
import { journeys } from './journeys.mjs';
import { buildPseudo, pseudoAll } from './pseudo.mjs';
import { screensAll } from './screens.mjs';
import { checkSpeed } from './speed.mjs';
import { startCompany, startFresh } from './server.mjs';

const words = process.argv.slice(2);
const wanted = (name) => words.length === 0 || words.some((word) => name.includes(word));
const started = Date.now();
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

// One open deal past its first stage, its account and a lead: the records whose pages are looked at.
async function recordsOf(page) {
  const first = async (plural, filter) =>
    (await api(page, 'GET', `/${plural}?limit=1&sort=-created_at&filter=${encodeURIComponent(filter)}`)).data[0];
  const deal = await first('deals', 'outcome = "open" and stage != "identify" and account is not null');
  const won = await first('deals', 'outcome = "won"');
  const lead = await first('leads', 'outcome = "open"');
  return { deal: deal.id, won: won.id, account: deal.account.id, lead: lead.id };
}

try {
  for (const role of ['rep', 'manager', 'admin'])
    states[role] = await signedIn(browser, company.url, company.members[role], company.password);
  // Before anybody changes the company.
  await checkGuide(browser, { fresh, company, states }, report, wanted);
  // The first two sign in; a chosen one brings those it builds on. In the company every journey stands alone.
  const last = Math.max(1, ...journeys.map((journey, at) => (wanted(journey.name) && !journey.company ? at : 0)));
  for (const [at, journey] of journeys.entries()) {
    if (journey.company ? !wanted(journey.name) : at > last) continue;
    const house = journey.company ? { ...company, state: states[journey.company] } : fresh;
    await report(journey.name, () => travel(journey, house));
  }
  if (['speed', 'axe over', 'pseudo'].some(wanted) || words.includes('screens')) {
    const at = { url: company.url, state: states.admin };
    const page = await openPage(browser, at);
    await page.goto('/settings');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const patterns = (await page.locator('#root').getAttribute('data-routes')).split(' ');
    const shown = await page
      .locator('nav a[href^="/"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href').slice(1)));
    const described = (await api(page, 'GET', '/describe')).objects.map((one) => one.plural);
    const records = await recordsOf(page);
    await page.context().close();
    if (wanted('speed'))
      for (const path of [
        '/today',
        '/deals',
        '/deals/board',
        `/deals/${records.deal}`,
        `/accounts/${records.account}`,
        '/funnel',
      ])
        await report(`speed of ${path.replace(/\d+/, '{id}')}`, () => checkSpeed(browser, at, path));
    const paths = addresses(patterns, {
      plurals: shown.filter((plural) => described.includes(plural)),
      records: [
        `/deals/${records.deal}`,
        `/deals/${records.won}`,
        `/accounts/${records.account}`,
        `/leads/${records.lead}`,
      ],
    });
    if (wanted('axe')) {
      await axeAll(browser, { ...at, paths, report });
      // What a rep sees there is not what the admin sees.
      await axeAll(browser, { ...at, state: states.rep, paths: ['/today?rep=1'], report });
    }
    if (wanted('axe over')) {
      await axeOpened(browser, { ...at, notes: { open: records.deal }, report });
    }
    if (wanted('pseudo')) {
      buildPseudo();
      await pseudoAll(browser, { ...at, paths, report });
    }
    // References are taken on purpose (bless); until there are some, nothing is compared.
    if (words.includes('screens')) await screensAll(browser, { ...at, paths, report, bless: words.includes('bless') });
  }
} finally {
  await browser.close();
  await fresh.close();
  await company.close();
}
console.log(`${passed} passed, ${failed} failed in ${Math.round((Date.now() - started) / 1000)} s`);
process.exit(failed ? 1 : 0);
