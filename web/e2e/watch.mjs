// What a page costs whoever opens it: requests and bytes, first picture, shifts, long tasks, nodes, key to paint; and a browser as slow as a
// cheap telephone on a train.

export const slow = { cpu: 4, kilobits_s: 1_600, round_trip_ms: 150 };

// Runs in the page, before its own scripts.
function observe() {
  window.seen = { picture: 0, shifts: 0, tasks: [], events: [] };
  const heard = {
    'largest-contentful-paint': (entry) => {
      window.seen.picture = entry.startTime;
    },
    'layout-shift': (entry) => {
      if (!entry.hadRecentInput) window.seen.shifts += entry.value;
    },
    longtask: (entry) => window.seen.tasks.push(entry.duration),
    event: (entry) => window.seen.events.push(entry.duration),
  };
  for (const [type, hear] of Object.entries(heard))
    new PerformanceObserver((list) => list.getEntries().forEach(hear)).observe({
      type,
      buffered: true,
      ...(type === 'event' && { durationThreshold: 16 }),
    });
}

const sum = (list) => list.reduce((total, { bytes }) => total + bytes, 0);

// Before the page is opened. The line of live changes is no request that ends.
export async function watch(page, { cpu = 1, kilobits_s, round_trip_ms } = {}) {
  const line = await page.context().newCDPSession(page);
  const open = new Map();
  const ended = [];
  const end = (requestId, bytes) => {
    const request = open.get(requestId);
    if (!request) return;
    open.delete(requestId);
    ended.push({ ...request, bytes });
  };
  line.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    if (type === 'EventSource' || !request.url.startsWith('http')) return;
    const { pathname, search } = new URL(request.url);
    open.set(requestId, { path: pathname + search, method: request.method, type });
  });
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => end(requestId, encodedDataLength));
  line.on('Network.loadingFailed', ({ requestId }) => end(requestId, 0));
  await line.send('Network.enable');
  if (kilobits_s) {
    const throughput = (kilobits_s * 1000) / 8;
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: round_trip_ms,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
  }
  if (cpu > 1) await line.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  await page.addInitScript(observe);
  return {
    // The requests that have ended, in their order.
    requests: ended,
    async seen() {
      const seen = await page.evaluate(() => ({ ...window.seen, nodes: document.querySelectorAll('*').length }));
      const scripts = ended.filter(({ type }) => type === 'Script');
      const asked = ended.filter(({ path }) => path.startsWith('/api/'));
      return {
        ...seen,
        requests: ended.length,
        asked: asked.length,
        bytes: sum(ended),
        script_bytes: sum(scripts),
        asked_bytes: sum(asked),
      };
    },
    forget: () =>
      page.evaluate(() => {
        window.seen.tasks = [];
        window.seen.events = [];
      }),
  };
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
