// The funnel of the stand-in's deals, in the shape of the server's.
const median = (list) => (list.length === 0 ? null : list.sort((a, b) => a - b)[Math.floor((list.length - 1) / 2)]);
const value = (rows) => ({
  amount: rows.reduce((sum, row) => sum + Number(row.amount?.amount ?? 0), 0).toFixed(2),
  currency: 'CNY',
});
const days = (row) => (Date.parse(row.closed_on) - Date.parse(row.opened_on)) / 86_400_000;

const told = (rows, filter) => ({ n: rows.length, value: value(rows), open: filter });
const share = (a, b) => (b === 0 ? null : a / b);

export function funnelAnswer({ tables, stages, query, L }) {
  const from = query.get('from');
  const to = query.get('to');
  const within = (day) => (!from && !to) || (day && (!from || day >= from) && (!to || day <= to));
  const mine = [...tables.deals.values()].filter((row) => !query.get('owner') || row.owner?.id === query.get('owner'));
  const of = (outcome) => mine.filter((row) => row.outcome === outcome && within(row.closed_on));
  const [won, lost] = [of('won'), of('lost')];
  const open = mine.filter((row) => row.outcome === 'open');
  const cohort = mine.filter((row) => within(row.opened_on));
  const at = (row) => stages.findIndex(([key]) => key === row.stage);
  const who = query.get('owner') ? ` and owner = "${query.get('owner')}"` : '';
  const period = (field) =>
    (from ? ` and ${field} >= date("${from}")` : '') + (to ? ` and ${field} <= date("${to}")` : '');
  const by = (keyOf, nameOf, filterOf) => {
    const groups = new Map();
    for (const row of [...won, ...lost]) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
    return [...groups].map(([key, rows]) => {
      const ends = (outcome) => rows.filter((row) => row.outcome === outcome);
      return {
        key,
        name: nameOf(rows[0]),
        won: ends('won').length,
        lost: ends('lost').length,
        value: value(ends('won')),
        win_share: share(ends('won').length, rows.length),
        open: `${filterOf(key)} and outcome != "open"${who}${period('closed_on')}`,
      };
    });
  };
  const dated = won.filter((row) => row.opened_on);
  const spans = dated.map(days);
  return {
    as_of: { seq: '1', at: new Date().toISOString() },
    process: { id: '1', name: '企业直销' },
    stages: stages.map(([key, zh, en], n) => {
      const entered = cohort.filter((row) => at(row) >= n || row.outcome === 'won');
      const passed = cohort.filter((row) => at(row) > n || row.outcome === 'won');
      const now = open.filter((row) => row.stage === key);
      return {
        key,
        label: L(zh, en),
        kind: 'sell',
        entered: entered.length,
        passed: passed.length,
        conversion: share(passed.length, entered.length),
        open_now: now.length,
        amount_now: value(now),
        median_days: n > 5 ? null : 4.5 + n,
        open: `${n === 0 ? 'name is not null' : `stage = "${key}"`}${period('opened_on')}`,
        passed_open: `stage != "${key}"${period('opened_on')}`,
        now_open: `outcome = "open"${who} and stage = "${key}"`,
      };
    }),
    won: told(won, `outcome = "won"${who}${period('closed_on')}`),
    lost: told(lost, `outcome = "lost"${who}${period('closed_on')}`),
    open: told(open, `outcome = "open"${who}`),
    undated: { n: mine.filter((row) => !row.opened_on).length, open: `opened_on is null${who}` },
    win_share: share(won.length, won.length + lost.length),
    cycle_days: {
      n: dated.length,
      median: median(spans),
      p90: spans[Math.floor(spans.length * 0.9)] ?? null,
      without_dates: won.length - dated.length,
    },
    by: {
      owner: by(
        (row) => row.owner.id,
        (row) => row.owner.name,
        (key) => `owner = "${key}"`,
      ),
      team: by(
        () => '',
        () => null,
        () => 'owner.team is null',
      ),
      product: by(
        () => '',
        () => null,
        () => 'product is null',
      ),
      month: by(
        (row) => row.closed_on.slice(0, 7),
        (row) => row.closed_on.slice(0, 7),
        (key) => `closed_on >= date("${key}-01") and closed_on <= date("${key}-30")`,
      ).sort((a, b) => (a.key < b.key ? -1 : 1)),
    },
  };
}
