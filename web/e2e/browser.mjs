// The browser as a person uses it: elements by role and visible name; anything the console complains about is a failure.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { moveClock, standing } from './now.mjs';

// The shell paints pages alone; a whole browser without a screen spends as much on toolbars that nobody sees.
const executablePath = [
  process.env.CHROMIUM,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path));
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const patience_ms = 15_000;

export const launch = () => chromium.launch({ executablePath, args: quiet });

// Refusals of the server are part of a journey; the browser reports each of them as a failed resource.
const expected = /the server responded with a status of 4\d\d/;

export async function openPage(
  browser,
  {
    url,
    state,
    clock = standing,
    width = 1440,
    height = 900,
    scale = 1,
    dark = false,
    language = 'zh-CN',
    worker = false,
  },
) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    deviceScaleFactor: scale,
    locale: language,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    storageState: state,
    hasTouch: width < 760,
    acceptDownloads: true,
    // The worker of the installed app is a journey of its own; elsewhere it would load files while others are measured.
    serviceWorkers: worker ? 'allow' : 'block',
  });
  await context.addInitScript(moveClock, clock);
  // Only a start: what a person chooses later stays.
  await context.addInitScript((chosen) => {
    if (localStorage.getItem('shangdao.language') === null) localStorage.setItem('shangdao.language', chosen);
  }, language);
  const page = await context.newPage();
  // A limit, not a wait: a busy machine is slow, and no journey depends on it.
  page.setDefaultTimeout(patience_ms);
  page.complaints = [];
  // What was asked of the server and has not come. The line of live changes never ends.
  page.awaited = new Set();
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') page.awaited.add(request);
  });
  page.on('requestfinished', (request) => page.awaited.delete(request));
  page.on('requestfailed', (request) => page.awaited.delete(request));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(error.stack ?? error.message));
  return page;
}

// Signs in without the page and gives what a browser keeps of it.
export async function signedIn(browser, url, email, password) {
  const context = await browser.newContext({ baseURL: url });
  const answer = await context.request.post('/api/v1/session', { data: { email, password }, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`${email} was not let in: ${answer.status()} ${await answer.text()}`);
  const state = await context.storageState();
  await context.close();
  return state;
}

// The API with the page's own session, past the page: for what a journey needs and does not tell.
export async function api(page, method, path, body, version) {
  const { request } = page.context();
  const headers = { 'content-type': 'application/json', ...(version ? { 'if-match': `"${version}"` } : {}) };
  if (method !== 'GET') {
    const session = await request.get('/api/v1/session');
    headers['x-csrf-token'] = (await session.json()).csrf ?? '';
    headers.origin = new URL(session.url()).origin;
  }
  const answer = await request.fetch(`/api/v1${path}`, { method, headers, data: body && JSON.stringify(body) });
  const text = await answer.text();
  if (answer.status() >= 400) throw new Error(`${method} ${path}: ${answer.status()} ${text}`);
  return text ? JSON.parse(text) : null;
}
