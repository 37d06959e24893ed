// What a person waits for, measured in the browser (WEB's budgets): first picture, shifts, long tasks, nodes, key to paint.
import assert from 'node:assert/strict';
import { openPage } from './browser.mjs';
import { settled } from './screen.mjs';

const observe = () => {
  window.seen = { lcp: 0, cls: 0, long: 0, events: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.seen.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.seen.cls += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.seen.long = Math.max(window.seen.long, entry.duration);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.seen.events.push(entry.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
};

export async function speedOf(browser, { url, state, path }) {
  const page = await openPage(browser, { url, state });
  await page.addInitScript(observe);
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  const loaded = await page.evaluate(() => ({ ...window.seen, nodes: document.querySelectorAll('*').length }));
  const box = page.getByRole('searchbox').first();
  if (await box.count()) {
    await box.pressSequentially('华兴一期项目', { delay: 60 });
    for (let at = 0; at < 6; at += 1) await page.keyboard.press('Backspace', { delay: 30 });
    await settled(page);
  }
  const events = (await page.evaluate(() => window.seen.events)).sort((a, b) => a - b);
  const p95 = events[Math.floor(events.length * 0.95)] ?? 0;
  await page.context().close();
  return { lcp: loaded.lcp, cls: loaded.cls, long: loaded.long, nodes: loaded.nodes, p95 };
}

// The middle one of three loads: one that a busy machine held up says nothing of the page.
export async function checkSpeed(browser, server, path) {
  const loads = [];
  for (let at = 0; at < 3; at += 1) loads.push(await speedOf(browser, { ...server, path }));
  const found = {};
  for (const name of Object.keys(loads[0])) found[name] = loads.map((load) => load[name]).sort((a, b) => a - b)[1];
  const told = Object.entries(found).map(([name, value]) => `${name} ${Math.round(value * 1000) / 1000}`);
  console.log(`       ${path}: ${told.join(', ')}`);
  assert.ok(found.lcp <= 1500, `first picture after ${found.lcp} ms`);
  assert.ok(found.cls < 0.05, `layout shift ${found.cls}`);
  assert.ok(found.long < 300, `a task of ${found.long} ms`);
  assert.ok(found.nodes <= 1500, `${found.nodes} nodes`);
  assert.ok(found.p95 < 100, `key to paint ${found.p95} ms`);
}
