// npm run e2e [words…] – all journeys, then axe on every route; words choose by name. Ends with "N passed, N failed".
import { axeAll, axeOpened, addresses } from './axe.mjs';
import { api, launch, openPage } from './browser.mjs';
import { journeys } from './journeys.mjs';
import { checkSpeed } from './speed.mjs';
import { startServer } from './server.mjs';

const words = process.argv.slice(2);
const wanted = (name) => words.length === 0 || words.some((word) => name.includes(word));
let passed = 0;
let failed = 0;

async function report(name, work) {
  const started = Date.now();
  try {
    await work();
    passed += 1;
    console.log(`ok     ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n    ${error.stack?.split('\n').slice(0, 12).join('\n    ')}`);
  }
}

const server = await startServer();
console.log(server.isReal ? `the real server at ${server.url}` : 'no binary found: against the stand-in');
const browser = await launch();
const notes = {};
let state;
const keep = async (page) => {
  state = await page.context().storageState();
};

try {
  for (const journey of journeys) {
    if (!journey.anonymous && !wanted(journey.name) && !wanted('axe')) continue;
    await report(journey.name, async () => {
      const page = await openPage(browser, { url: server.url, state: journey.anonymous ? undefined : state });
      try {
        if (!journey.anonymous) await page.goto('/sign-in');
        await journey.run({ page, notes, server, keep });
        if (page.complaints.length > 0) throw new Error(`the console said: ${page.complaints.join('\n')}`);
      } catch (error) {
        await page
          .screenshot({ path: new URL(`./out/failed-${journeys.indexOf(journey)}.png`, import.meta.url).pathname })
          .catch(() => {});
        throw error;
      } finally {
        await page.context().close();
      }
    });
  }
  if (wanted('speed') && state) {
    for (const path of ['/deals', notes.deal && `/deals/${notes.deal}`].filter(Boolean)) {
      await report(`speed of ${path.replace(/\d+/, '{id}')}`, () =>
        checkSpeed(browser, { url: server.url, state }, path),
      );
    }
  }
  if (wanted('axe') && state) {
    const page = await openPage(browser, { url: server.url, state });
    await page.goto('/settings');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const patterns = (await page.locator('#root').getAttribute('data-routes')).split(' ');
    const plurals = await page
      .locator('nav a[href^="/"]')
      .evaluateAll((links) =>
        links.map((link) => link.getAttribute('href')).filter((path) => /^\/[a-z_]+$/.test(path)),
      );
    const described = (await api(page, 'GET', '/describe')).objects.map((one) => `/${one.plural}`);
    const paths = addresses(patterns, {
      plurals: plurals.filter((path) => described.includes(path)).map((path) => path.slice(1)),
      records: [
        notes.deal && `/deals/${notes.deal}`,
        notes.account && `/accounts/${notes.account}`,
        notes.lead && `/leads/${notes.lead}`,
      ].filter(Boolean),
    });
    await page.context().close();
    await axeAll(browser, { url: server.url, state, paths, report });
    await axeOpened(browser, { url: server.url, state, notes, report });
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
