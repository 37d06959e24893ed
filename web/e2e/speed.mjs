// What a person waits for, measured in the browser (WEB's budgets). Plain: first picture, shifts, long tasks, nodes, key to paint. On a slow
// line and processor: how many requests and bytes a first load takes, which no busy machine changes, and its first picture, with room
// for one that is busy.
import assert from 'node:assert/strict';
import { openPage } from './browser.mjs';
import { settled } from './screen.mjs';
import { percentile, slow, watch } from './watch.mjs';

// Room for a tenth more; a chart is loaded beside the page that shows it. The picture has three times the goal, and four for a chart: a
// machine that does other things besides is slower than the slow line.
const first_load = { kB: 440, requests: 70, picture_ms: 7_500 };
const with_chart = { kB: 570, requests: 52, picture_ms: 10_000 };

async function typed(page) {
  const box = page.getByRole('searchbox').first();
  if ((await box.count()) === 0) return;
  await box.pressSequentially('华兴一期项目', { delay: 60 });
  for (let at = 0; at < 6; at += 1) await page.keyboard.press('Backspace', { delay: 30 });
}

async function speedOf(browser, at, path, line) {
  const page = await openPage(browser, at);
  const watched = await watch(page, line);
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  const loaded = await watched.seen();
  if (!line) {
    await typed(page);
    await settled(page);
  }
  const { events } = await watched.seen();
  await page.context().close();
  return { ...loaded, longest: Math.max(0, ...loaded.tasks), felt: percentile(events, 0.95) };
}

const told = (names, found) => names.map((name) => `${name} ${Math.round(found[name] * 1000) / 1000}`).join(', ');

// The middle one of three loads: one that a busy machine held up says nothing of the page.
export async function checkSpeed(browser, at, path) {
  const names = ['picture', 'shifts', 'longest', 'nodes', 'felt'];
  const loads = [];
  for (let turn = 0; turn < 3; turn += 1) loads.push(await speedOf(browser, at, path));
  const found = Object.fromEntries(
    names.map((name) => [
      name,
      percentile(
        loads.map((load) => load[name]),
        0.5,
      ),
    ]),
  );
  console.log(`       ${path}: ${told(names, found)}`);
  assert.ok(found.picture <= 1500, `first picture after ${found.picture} ms`);
  assert.ok(found.shifts < 0.05, `layout shift ${found.shifts}`);
  assert.ok(found.longest < 300, `a task of ${found.longest} ms`);
  assert.ok(found.nodes <= 1500, `${found.nodes} nodes`);
  assert.ok(found.felt < 100, `key to paint ${found.felt} ms`);
}

export async function checkSlowLine(browser, at, path) {
  const found = await speedOf(browser, at, path, slow);
  console.log(`       ${path}: ${told(['picture', 'requests', 'asked', 'bytes', 'script_bytes'], found)}`);
  const most = path === '/funnel' ? with_chart : first_load;
  assert.ok(found.bytes <= most.kB * 1000, `${found.bytes} bytes`);
  assert.ok(found.requests <= most.requests, `${found.requests} requests`);
  assert.ok(found.picture <= most.picture_ms, `first picture after ${found.picture} ms`);
}
