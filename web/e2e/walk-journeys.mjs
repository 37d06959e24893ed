// Each screen without a mouse: Tab comes to everything that can be pressed, what has the focus is seen – not under a bar –, and
// it has a ring.
import assert from 'node:assert/strict';
import { api } from './browser.mjs';
import { settled } from './screen.mjs';

const stops_max = 260;

// What can be pressed and is seen. A row of choices is one stop, its arrows do the rest.
const pressable = () => {
  const inside = '[role=grid],[role=tablist],[role=radiogroup],[role=menu],[role=listbox],[role=tree],.react-flow,svg';
  const all = [
    ...document.querySelectorAll('a[href],button,input,select,textarea,summary,[role=button],[tabindex="0"]'),
  ];
  let count = 0;
  const lost = [];
  for (const one of all) {
    if (one.disabled || one.closest('[inert],[aria-hidden=true]')) continue;
    if (!one.checkVisibility({ visibilityProperty: true }) || one.getBoundingClientRect().width <= 1) continue;
    if (one.tabIndex < 0) {
      // The arrow of a box opens what its keys open, too; what stands beside a link does what Space does on the link.
      if (one.previousElementSibling?.matches('a[href]')) continue;
      if (!one.closest(inside) && !one.parentElement.querySelector('[role=combobox]'))
        lost.push(one.outerHTML.slice(0, 160));
    } else if (!one.closest('[role=radiogroup]') || one.checked) {
      one.dataset.stop = String(count);
      count += 1;
    }
  }
  return { count, lost };
};

// Of what has the focus, once it is painted: its number, and what is wrong with how it shows.
const judged = async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const one = document.activeElement;
  if (!one || one === document.body) return { end: true };
  const name = one.outerHTML.slice(0, 140);
  const stop = one.dataset.stop;
  // A native box under a drawn one: the drawn one shows it.
  const shown = one.closest('label') && one.getBoundingClientRect().width < 3 ? one.closest('label') : one;
  const box = shown.getBoundingClientRect();
  const wrong = [];
  const point = [box.left + Math.min(box.width / 2, 60), box.top + Math.min(box.height / 2, 60)];
  if (box.bottom < 1 || box.right < 1 || point[1] > window.innerHeight || point[0] > window.innerWidth)
    wrong.push('out of sight');
  else {
    const top = document.elementFromPoint(...point);
    if (top && !shown.contains(top) && !top.contains(shown) && !top.closest('label')?.contains(shown))
      wrong.push(`under ${top.outerHTML.slice(0, 80)}`);
  }
  const around = [];
  for (let up = 0, at = shown; up < 4 && at; up += 1, at = at.parentElement) around.push(at);
  const ringed = [...around, ...[...shown.querySelectorAll('*')].slice(0, 12)].some((element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  });
  if (!ringed) wrong.push('no ring');
  return { stop, name, wrong };
};

async function walk(page, path) {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await settled(page);
  const { count, lost } = await page.evaluate(pressable);
  assert.deepEqual(lost, [], `${path}: not to be reached`);
  const reached = new Set();
  const wrongs = [];
  for (let step = 0; step < stops_max; step += 1) {
    await page.keyboard.press('Tab');
    const { end, stop, name, wrong } = await page.evaluate(judged);
    if (end) break;
    if (stop !== undefined && reached.has(stop)) break;
    if (stop !== undefined) reached.add(stop);
    for (const what of wrong) wrongs.push(`${what}: ${name}`);
  }
  assert.deepEqual(wrongs, [], path);
  // What went away meanwhile need not be reached.
  const missed = await page.evaluate(
    (seen) =>
      [...document.querySelectorAll('[data-stop]')]
        .filter((one) => !seen.includes(one.dataset.stop))
        .map((one) => one.outerHTML.slice(0, 140)),
    [...reached],
  );
  assert.deepEqual(missed, [], `${path}: ${count} places, ${reached.size} reached`);
  return reached.size;
}

// Every page the router knows by its own address.
async function addressesOf(page) {
  await page.goto('/settings');
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const patterns = (await page.locator('#root').getAttribute('data-routes')).split(' ');
  return patterns.filter((one) => !/\$|^\/(sign-in|setup|welcome|forgot)/.test(one));
}

export const walkJourneys = [
  {
    name: 'walked: every page by Tab alone',
    company: 'admin',
    async run({ page }) {
      const paths = [...(await addressesOf(page)), '/members'];
      for (const path of paths) assert.ok((await walk(page, path)) > 10, path);
    },
  },
  {
    name: 'walked: a day and a list by Tab alone',
    company: 'manager',
    async run({ page }) {
      // A list longer than the screen that Tab still comes to the end of; thousands of rows are walked by the arrows.
      const list = `/deals?f=${encodeURIComponent('outcome = "open" and stage = "solution"')}`;
      for (const path of ['/today', '/today?view=me', list]) assert.ok((await walk(page, path)) > 10, path);
    },
  },
  {
    name: 'walked: a deal by Tab alone',
    company: 'manager',
    async run({ page }) {
      const [deal] = (await api(page, 'GET', `/deals?limit=1&filter=${encodeURIComponent('outcome = "open"')}`)).data;
      assert.ok((await walk(page, `/deals/${deal.id}`)) > 20);
    },
  },
];
