// npm run e2e [words…] – budgets first, while nothing else runs; then, two at a time, what is seen of every route, the guide's pictures and
// all journeys. Words choose by name, `screens bless` renews the pictures kept. Each part has its houses to itself, so that it finds the
// same whatever runs beside it: the parts that only look share one company, where the clock stands still; the journeys of a person build on
// one another in a fresh house; those of the company walk through the demo's, each half of them through one of its own. Ends with what
// failed, once more, the seconds of each stage and "N passed, N failed"; out/times.tsv has those of each check.
import { mkdirSync, writeFileSync } from 'node:fs';
import { axeOpened } from './axe.mjs';
import { launch, openPage, signedIn } from './browser.mjs';
import { checkGuide, isInGuide } from './guide.mjs';
import { journeys } from './journeys.mjs';
import { dropUnseen, lookAt, looks, routesOf } from './look.mjs';
import { going, standing } from './now.mjs';
import { buildPseudo, dist as pseudo, pseudoAll } from './pseudo.mjs';
import { checkSlowLine, checkSpeed } from './speed.mjs';
import { forgetCompany, startCompany, startFresh } from './server.mjs';

const lanes = Number(process.env.E2E_LANES ?? 2);
const out = new URL('./out/', import.meta.url).pathname;
const bless = process.argv.includes('bless');
const words = process.argv.slice(2).filter((word) => word !== 'bless');
const wanted = (name) => words.length === 0 || words.some((word) => name.includes(word));
// What is looked at in many ways is chosen by how its name begins: a word of one journey is a word of many routes.
const isSought = (name) => words.length === 0 || words.some((word) => name.startsWith(word));
const isAsked = (kind) => words.length === 0 || words.some((word) => word.startsWith(kind));
const started = Date.now();
const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);
const times = [];
const took = new Map();
let passed = 0;
const failures = [];

async function report(name, work) {
  const before = Date.now();
  try {
    await work();
    passed += 1;
    console.log(`ok     ${name} (${seconds(before)} s)`);
  } catch (error) {
    const failure = `FAILED ${name} (${seconds(before)} s)\n    ${error.stack?.split('\n').slice(0, 12).join('\n    ')}`;
    failures.push(failure);
    console.log(failure);
  }
  times.push(`${seconds(before)}\t${name}\n`);
}

// What its members' browsers keep once they have signed in.
async function signInAll(browser, company) {
  const states = {};
  for (const role of ['rep', 'manager', 'admin'])
    states[role] = await signedIn(browser, company.url, company.members[role], company.password);
  return states;
}

// A company and its members' sessions.
async function openCompany(browser, clock, more) {
  const company = await startCompany(clock, more);
  return { ...company, states: await signInAll(browser, company) };
}

async function inCompany(browser, clock, work, more) {
  const company = await openCompany(browser, clock, more);
  try {
    return await work(company);
  } finally {
    await company.close();
  }
}

// The one that is looked at, and its routes.
let looked;
function lookedAt(browser) {
  looked ??= (async () => {
    const company = await openCompany(browser, standing);
    const routes = await routesOf(browser, { ...company, state: company.states.admin });
    return { ...company, routes };
  })();
  return looked;
}

async function travel(journey, { browser, house, notes, keep }) {
  const visitors = [];
  // Another member of the company at another browser, for what two people do to one another.
  const open = async (role) => {
    const page = await openPage(browser, { ...house, state: house.states[role] });
    visitors.push(page);
    return page;
  };
  const page = await openPage(browser, { ...house, state: journey.anonymous ? undefined : house.state });
  try {
    await journey.run({ page, notes, server: house, keep, open });
    const complaints = [page, ...visitors].flatMap((one) => one.complaints);
    if (complaints.length > 0) throw new Error(`the console said: ${complaints.join('\n')}`);
  } catch (error) {
    await page.screenshot({ path: `${out}failed-${journeys.indexOf(journey)}.png` }).catch(() => {});
    throw error;
  } finally {
    for (const one of [page, ...visitors]) await one.context().close();
  }
}

const timed = ['/today', '/deals', '/deals/board', '/deals/open', '/accounts/one', '/funnel'];
const speedOf = (name) => `speed of ${name}`;
const slowOf = (name) => `speed of ${name} on a slow line`;
const inTurn = async (list, work) => {
  for (const one of list) await work(one);
};

// In the company every journey stands alone; so do those that bring a house.
const standAlone = journeys.filter((journey) => journey.company && !journey.alone && wanted(journey.name));
const halves = [standAlone.slice(0, standAlone.length / 2), standAlone.slice(standAlone.length / 2)];
const alone = journeys.filter((journey) => journey.alone && wanted(journey.name));
const housed = journeys.filter((journey) => journey.own && wanted(journey.name));
// The first two sign in; a chosen one brings those it builds on.
const built = journeys.filter((journey) => !journey.company && !journey.own);
const last = built.findLastIndex((journey) => wanted(journey.name));
const chain = last < 0 ? [] : built.slice(0, Math.max(last, 1) + 1);

// Ten minutes after they signed in members are asked who they are, and a journey that is about something else would be, too.
const signed_in_last_ms = 5 * 60_000;
const goThrough = (browser, list) =>
  inCompany(browser, going(), async (company) => {
    let { states } = company;
    let since = Date.now();
    await inTurn(list, async (journey) => {
      if (Date.now() - since > signed_in_last_ms) {
        states = await signInAll(browser, company);
        since = Date.now();
      }
      const house = { ...company, states, state: states[journey.company] };
      await report(journey.name, () => travel(journey, { browser, house, notes: {} }));
    });
  });

async function goOn(browser) {
  const fresh = await startFresh();
  const notes = {};
  const keep = async (page) => {
    fresh.state = await page.context().storageState();
  };
  try {
    await inTurn(chain, (journey) =>
      report(journey.name, () => travel(journey, { browser, house: fresh, notes, keep })),
    );
  } finally {
    await fresh.close();
  }
}

const bringHouses = (browser) =>
  inTurn(housed, (journey) => report(journey.name, () => travel(journey, { browser, house: {}, notes: {} })));

async function takeGuide(browser) {
  const fresh = await startFresh(standing);
  try {
    await inCompany(browser, standing, (company) =>
      checkGuide(browser, { fresh, company, states: company.states }, report, wanted),
    );
  } finally {
    await fresh.close();
  }
}

const lookOver = (work) => async (browser) => {
  const { url, states, routes } = await lookedAt(browser);
  await work(browser, { url, states, state: states.admin, routes, report, wanted: isSought, bless });
};
const measure = (titleOf, check) =>
  lookOver((browser, ask) => {
    const routes = ask.routes.filter(({ name }) => timed.includes(name) && isSought(titleOf(name)));
    return inTurn(routes, ({ name, path }) => report(titleOf(name), () => check(browser, ask, path)));
  });
const lookOverOpened = lookOver((browser, ask) =>
  axeOpened(browser, { ...ask, open: ask.routes.find(({ name }) => name === '/deals/open').path }),
);
const lookInPseudo = lookOver(async (browser, ask) => {
  await buildPseudo();
  await inCompany(browser, standing, (theirs) => pseudoAll(browser, { ...ask, ...theirs }), { web: pseudo });
});
const goAlone = (browser) =>
  inTurn(alone, async (journey) => {
    const company = await lookedAt(browser);
    const house = { ...company, state: company.states[journey.company] };
    await report(journey.name, () => travel(journey, { browser, house, notes: {} }));
  });

// [stage, whether something of it is wanted, how it is done]. What is measured in ms has the machine to itself.
const first = [
  ['speed', isAsked('speed'), measure(speedOf, checkSpeed)],
  ['speed', alone.length > 0, goAlone],
];
// The longest first.
const rest = [
  ...halves.map((half) => ['journeys', half.length > 0, (browser) => goThrough(browser, half)]),
  ...looks.map((pair) => [
    'routes',
    isAsked('screens') || isAsked('axe'),
    lookOver((browser, ask) => lookAt(browser, pair, ask)),
  ]),
  ['journeys', chain.length > 0, goOn],
  ['journeys', housed.length > 0, bringHouses],
  ['guide', isInGuide(wanted), takeGuide],
  ['axe over', isAsked('axe'), lookOverOpened],
  ['pseudo', isAsked('pseudo'), lookInPseudo],
  ['slow line', isAsked('speed'), measure(slowOf, checkSlowLine)],
];

async function lane(parts) {
  const browser = await launch();
  for (let part = parts.shift(); part; part = parts.shift()) {
    const [name, , work] = part;
    const before = Date.now();
    await work(browser).catch((error) => report(`${name} as a whole`, () => Promise.reject(error)));
    took.set(name, (took.get(name) ?? 0) + Date.now() - before);
  }
  await browser.close();
}

const isWanted = ([, holds]) => holds;
await lane(first.filter(isWanted));
const left = rest.filter(isWanted);
await Promise.all(Array.from({ length: lanes }, () => lane(left)));
if (looked) {
  const { routes, close } = await looked;
  if (bless) dropUnseen(routes);
  await close();
}
await forgetCompany();
mkdirSync(out, { recursive: true });
writeFileSync(`${out}times.tsv`, times.join(''));
if (failures.length > 0) console.log(`What failed, once more:\n${failures.join('\n')}`);
console.log([...took].map(([name, ms]) => `${name} ${Math.round(ms / 1000)} s`).join(', '));
console.log(`${passed} passed, ${failures.length} failed in ${Math.round((Date.now() - started) / 1000)} s`);
process.exit(failures.length > 0 ? 1 : 0);
