// A stand-in for the server while it is being built: the HTTP contract over a few made-up records in memory, and dist/.
// Development only; journeys run against the real binary.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { funnelAnswer } from './fixture-funnel.mjs';

const root = new URL('../dist', import.meta.url).pathname;
const L = (zh, en) => ({ zh, en });
const rights = { create: true, read: true, edit: true, delete: true, export: true, bulk: true };
const f = (name, type, zh, en, more = {}) => ({
  name,
  type,
  label: L(zh, en),
  kind: 'plain',
  required: false,
  unique: false,
  access: 'edit',
  written_by: 'anyone',
  sortable: true,
  filterable: true,
  custom: false,
  ...more,
});
const stages = [
  ['identify', '潜在客户识别', 'Identify'],
  ['contact', '初步接触', 'First contact'],
  ['needs', '需求分析', 'Needs analysis'],
  ['solution', '方案制定', 'Solution'],
  ['presentation', '方案展示', 'Presentation'],
  ['negotiation', '谈判与异议处理', 'Negotiation'],
  ['closing', '成交与签约', 'Closing'],
];
const choice = (list) => ({
  choices: list.map(([key, zh, en, tone]) => ({ key, label: L(zh, en), active: true, tone: tone ?? 'plain' })),
});
const system = [
  f('created_at', 'instant', '创建时间', 'Created', { written_by: 'system', access: 'read' }),
  f('updated_at', 'instant', '更新时间', 'Updated', { written_by: 'system', access: 'read' }),
];
const owner = f('owner', 'reference', '负责人', 'Owner', { target: 'member', written_by: 'verb' });
const sources = choice([
  ['web', '官网', 'Website'],
  ['fair', '展会', 'Trade fair'],
  ['referral', '转介绍', 'Referral'],
  ['phone', '电话', 'Phone'],
]);
const lossReasons = choice([
  ['price', '价格', 'Price'],
  ['rival', '竞争对手', 'Competitor'],
  ['no_budget', '无预算', 'No budget'],
]);
const deal = {
  name: 'deal',
  plural: 'deals',
  label: L('商机', 'Deal'),
  plural_label: L('商机', 'Deals'),
  icon: 'handshake',
  group: 'process',
  name_field: 'name',
  owned: true,
  custom: false,
  rights,
  fields: [
    f('name', 'text', '商机名称', 'Deal name', { required: true, max_length: 200 }),
    f('account', 'reference', '客户', 'Account', { target: 'account', required: true }),
    f('amount', 'money', '金额', 'Amount'),
    f('stage', 'choice', '阶段', 'Stage', { ...choice(stages), written_by: 'verb' }),
    f('outcome', 'choice', '结果', 'Outcome', {
      ...choice([
        ['open', '进行中', 'Open', 'info'],
        ['won', '赢单', 'Won', 'good'],
        ['lost', '输单', 'Lost', 'bad'],
      ]),
      written_by: 'verb',
    }),
    f('win_share', 'share', '赢率', 'Win share'),
    f('expected_on', 'date', '预计成交', 'Expected close'),
    owner,
    f('source', 'choice', '来源', 'Source', sources),
    f('budget', 'money', '预算', 'Budget'),
    f('decision_maker', 'reference', '关键决策人', 'Decision maker', { target: 'contact' }),
    f('loss_reason', 'choice', '输单原因', 'Loss reason', { ...lossReasons, written_by: 'verb' }),
    f('competitor', 'text', '竞争对手', 'Competitor'),
    f('need', 'text', '客户需求', 'Needs', { kind: 'long' }),
    f('term', 'duration', '实施周期', 'Duration'),
    f('strategic', 'boolean', '战略项目', 'Strategic'),
    ...system,
  ],
  verbs: [
    {
      name: 'advance',
      label: L('进入下一阶段', 'Next stage'),
      tone: 'plain',
      arguments: [f('to', 'choice', '阶段', 'Stage', choice(stages))],
    },
    {
      name: 'step_back',
      label: L('退回阶段', 'Step back'),
      tone: 'plain',
      arguments: [
        f('to', 'choice', '退回到', 'Back to', { ...choice(stages), required: true }),
        f('reason', 'text', '原因', 'Reason', { required: true }),
      ],
    },
    {
      name: 'win',
      label: L('赢单', 'Win'),
      tone: 'good',
      arguments: [f('amount', 'money', '成交金额', 'Amount won'), f('closed_on', 'date', '成交日期', 'Closed on')],
    },
    {
      name: 'lose',
      label: L('输单', 'Lose'),
      tone: 'bad',
      arguments: [
        f('loss_reason', 'choice', '输单原因', 'Loss reason', { ...lossReasons, required: true }),
        f('note', 'text', '说明', 'Note', { kind: 'long' }),
      ],
    },
    {
      name: 'reopen',
      label: L('重新打开', 'Reopen'),
      tone: 'plain',
      arguments: [f('reason', 'text', '原因', 'Reason', { required: true })],
    },
    {
      name: 'hand_over',
      label: L('移交', 'Hand over'),
      tone: 'plain',
      arguments: [f('owner', 'reference', '新负责人', 'New owner', { target: 'member', required: true })],
    },
  ],
  layout: {
    list: ['name', 'account', 'stage', 'amount', 'expected_on', 'owner', 'outcome', 'source'],
    key: ['account', 'amount', 'win_share', 'expected_on', 'owner', 'source'],
    sections: [
      { label: L('基本信息', 'Basics'), fields: ['name', 'account', 'amount', 'win_share', 'expected_on', 'source'] },
      { label: L('需求', 'Needs'), fields: ['need', 'budget', 'decision_maker', 'term', 'strategic'] },
    ],
  },
  relations: [],
  staged: true,
  searchable: true,
};
const account = {
  name: 'account',
  plural: 'accounts',
  label: L('客户', 'Account'),
  plural_label: L('客户', 'Accounts'),
  icon: 'building',
  group: 'customer',
  name_field: 'name',
  owned: true,
  custom: false,
  rights,
  fields: [
    f('name', 'text', '客户名称', 'Account name', { required: true, unique: true }),
    f(
      'industry',
      'choice',
      '行业',
      'Industry',
      choice([
        ['make', '制造', 'Manufacturing'],
        ['health', '医疗', 'Health'],
        ['energy', '能源', 'Energy'],
        ['retail', '零售', 'Retail'],
      ]),
    ),
    f(
      'tier',
      'choice',
      '分级',
      'Tier',
      choice([
        ['a', 'A', 'A', 'good'],
        ['b', 'B', 'B', 'info'],
        ['c', 'C', 'C', 'plain'],
      ]),
    ),
    f('phone', 'text', '电话', 'Phone', { kind: 'phone' }),
    f('website', 'text', '网站', 'Website', { kind: 'url' }),
    f('address', 'address', '地址', 'Address'),
    f('employees', 'number', '员工数', 'Employees'),
    owner,
    f(
      'tags',
      'choices',
      '标签',
      'Tags',
      choice([
        ['key', '重点', 'Key'],
        ['old', '老客户', 'Long-standing'],
        ['ref', '可参观', 'Reference'],
      ]),
    ),
    ...system,
  ],
  verbs: [
    {
      name: 'hand_over',
      label: L('移交', 'Hand over'),
      tone: 'plain',
      arguments: [f('owner', 'reference', '新负责人', 'New owner', { target: 'member', required: true })],
    },
  ],
  layout: {
    list: ['name', 'industry', 'tier', 'phone', 'employees', 'owner', 'created_at'],
    key: ['industry', 'tier', 'phone', 'owner'],
    sections: [
      { label: L('基本信息', 'Basics'), fields: ['name', 'industry', 'tier', 'employees', 'tags'] },
      { label: L('联系方式', 'Reach'), fields: ['phone', 'website', 'address'] },
    ],
  },
  relations: [
    { name: 'deals', object: 'deal', field: 'account', label: L('商机', 'Deals') },
    { name: 'contacts', object: 'contact', field: 'account', label: L('联系人', 'Contacts') },
  ],
  staged: false,
  searchable: true,
};
const contact = {
  name: 'contact',
  plural: 'contacts',
  label: L('联系人', 'Contact'),
  plural_label: L('联系人', 'Contacts'),
  icon: 'contact',
  group: 'customer',
  name_field: 'name',
  owned: true,
  custom: false,
  rights,
  fields: [
    f('name', 'text', '姓名', 'Name', { required: true, kind: 'person' }),
    f('account', 'reference', '客户', 'Account', { target: 'account' }),
    f('title', 'text', '职务', 'Title'),
    f('phone', 'text', '手机', 'Mobile', { kind: 'phone' }),
    f('email', 'text', '邮箱', 'E-mail', { kind: 'email' }),
    owner,
    ...system,
  ],
  verbs: [],
  layout: {
    list: ['name', 'account', 'title', 'phone', 'email', 'owner'],
    key: ['account', 'title', 'phone', 'email'],
    sections: [{ label: L('基本信息', 'Basics'), fields: ['name', 'account', 'title', 'phone', 'email'] }],
  },
  relations: [],
  staged: false,
  searchable: true,
};
const lead = {
  name: 'lead',
  plural: 'leads',
  label: L('线索', 'Lead'),
  plural_label: L('线索', 'Leads'),
  icon: 'user-plus',
  group: 'process',
  name_field: 'name',
  owned: true,
  custom: false,
  rights,
  fields: [
    f('name', 'text', '姓名', 'Name', { required: true, kind: 'person' }),
    f('company', 'text', '公司', 'Company'),
    f('phone', 'text', '手机', 'Mobile', { kind: 'phone' }),
    f('email', 'text', '邮箱', 'E-mail', { kind: 'email' }),
    f('channel', 'choice', '渠道', 'Channel', sources),
    f('status', 'choice', '状态', 'Status', {
      ...choice([
        ['new', '新建', 'New', 'info'],
        ['working', '跟进中', 'Working', 'warn'],
        ['converted', '已转化', 'Converted', 'good'],
        ['disqualified', '无效', 'Disqualified', 'bad'],
      ]),
      written_by: 'verb',
    }),
    owner,
    ...system,
  ],
  verbs: [
    {
      name: 'convert',
      label: L('转化', 'Convert'),
      tone: 'good',
      arguments: [
        f('account_name', 'text', '客户名称', 'Account name'),
        f('account', 'reference', '已有客户', 'Existing account', { target: 'account' }),
        f('contact_name', 'text', '联系人姓名', 'Contact name'),
        f('deal_name', 'text', '商机名称', 'Deal name', { required: true }),
        f('amount', 'money', '金额', 'Amount'),
      ],
    },
    {
      name: 'disqualify',
      label: L('判为无效', 'Disqualify'),
      tone: 'bad',
      arguments: [f('reason', 'text', '原因', 'Reason', { required: true })],
    },
  ],
  layout: {
    list: ['name', 'company', 'phone', 'channel', 'status', 'owner', 'created_at'],
    key: ['company', 'phone', 'email', 'channel'],
    sections: [{ label: L('基本信息', 'Basics'), fields: ['name', 'company', 'phone', 'email', 'channel'] }],
  },
  relations: [],
  staged: false,
  searchable: true,
};
const activity = {
  name: 'activity',
  plural: 'activities',
  label: L('跟进', 'Activity'),
  plural_label: L('跟进', 'Activities'),
  icon: 'activity',
  group: 'process',
  name_field: 'subject',
  owned: true,
  custom: false,
  rights,
  fields: [
    f('subject', 'text', '主题', 'Subject', { required: true }),
    f(
      'kind',
      'choice',
      '方式',
      'Kind',
      choice([
        ['call', '电话', 'Call'],
        ['email', '邮件', 'E-mail'],
        ['meeting', '会议', 'Meeting'],
        ['visit', '拜访', 'Visit'],
        ['task', '任务', 'Task'],
      ]),
    ),
    f(
      'outcome',
      'choice',
      '结果',
      'Outcome',
      choice([
        ['reached', '已接通', 'Reached'],
        ['no_answer', '未接通', 'No answer'],
      ]),
    ),
    f('body', 'text', '内容', 'Notes', { kind: 'long' }),
    f('due_on', 'date', '到期', 'Due'),
    f('done_at', 'instant', '完成时间', 'Done at'),
    f('next_step', 'text', '下一步', 'Next step'),
    f('next_step_on', 'date', '下一步日期', 'Next on'),
    f('deal', 'reference', '商机', 'Deal', { target: 'deal' }),
    f('account', 'reference', '客户', 'Account', { target: 'account' }),
    f('lead', 'reference', '线索', 'Lead', { target: 'lead' }),
    owner,
    ...system,
  ],
  verbs: [],
  layout: {
    list: ['subject', 'kind', 'outcome', 'due_on', 'deal', 'owner'],
    key: ['kind', 'outcome', 'due_on'],
    sections: [
      {
        label: L('基本信息', 'Basics'),
        fields: ['subject', 'kind', 'outcome', 'body', 'due_on', 'next_step', 'next_step_on', 'deal', 'account'],
      },
    ],
  },
  relations: [],
  staged: false,
  searchable: true,
};
const member = {
  name: 'member',
  plural: 'members',
  label: L('成员', 'Member'),
  plural_label: L('成员', 'Members'),
  icon: 'users',
  group: 'org',
  name_field: 'name',
  owned: false,
  custom: false,
  rights: { ...rights, bulk: false },
  fields: [
    f('name', 'text', '姓名', 'Name', { required: true, kind: 'person' }),
    f('email', 'text', '邮箱', 'E-mail', { kind: 'email' }),
    ...system,
  ],
  verbs: [],
  layout: {
    list: ['name', 'email', 'created_at'],
    key: ['email'],
    sections: [{ label: L('基本信息', 'Basics'), fields: ['name', 'email'] }],
  },
  relations: [],
  staged: false,
  searchable: true,
};
const product = {
  name: 'product',
  plural: 'products',
  label: L('产品', 'Product'),
  plural_label: L('产品', 'Products'),
  icon: 'package',
  group: 'org',
  name_field: 'name',
  owned: false,
  custom: false,
  rights,
  fields: [
    f('name', 'text', '产品名称', 'Product', { required: true }),
    f('code', 'text', '编码', 'Code', { unique: true }),
    f('price', 'money', '单价', 'Price'),
    ...system,
  ],
  verbs: [],
  layout: {
    list: ['name', 'code', 'price'],
    key: ['code', 'price'],
    sections: [{ label: L('基本信息', 'Basics'), fields: ['name', 'code', 'price'] }],
  },
  relations: [],
  staged: false,
  searchable: true,
};
const view = {
  name: 'saved_view',
  plural: 'views',
  label: L('视图', 'View'),
  plural_label: L('视图', 'Views'),
  icon: '',
  group: 'org',
  name_field: 'name',
  owned: true,
  custom: false,
  rights,
  fields: [
    f('name', 'text', '名称', 'Name', { required: true }),
    f('object', 'text', '对象', 'Object'),
    f('filter', 'text', '条件', 'Filter'),
    f('sort', 'text', '排序', 'Sort'),
    f('columns', 'text', '列', 'Columns'),
    f(
      'shared',
      'choice',
      '共享',
      'Shared',
      choice([
        ['me', '我', 'Me'],
        ['team', '团队', 'Team'],
        ['all', '全部', 'All'],
      ]),
    ),
  ],
  verbs: [],
  layout: { list: ['name'], key: [], sections: [] },
  relations: [],
  staged: false,
  searchable: false,
};
const note = {
  name: 'note',
  plural: 'notes',
  label: L('备注', 'Note'),
  plural_label: L('备注', 'Notes'),
  icon: '',
  group: 'process',
  name_field: 'body',
  owned: true,
  custom: false,
  rights,
  fields: [
    f('body', 'text', '内容', 'Text', { kind: 'long', required: true }),
    f('deal', 'reference', '商机', 'Deal', { target: 'deal' }),
    f('account', 'reference', '客户', 'Account', { target: 'account' }),
  ],
  verbs: [],
  layout: { list: ['body'], key: [], sections: [] },
  relations: [],
  staged: false,
  searchable: false,
};
const team = {
  ...product,
  name: 'team',
  plural: 'teams',
  label: L('团队', 'Team'),
  plural_label: L('团队', 'Teams'),
  icon: 'users',
  fields: [f('name', 'text', '团队名称', 'Team', { required: true }), ...system],
  layout: { list: ['name'], key: [], sections: [] },
};
const objects = [lead, deal, activity, product, account, contact, member, team, view, note];

let next = 7000;
const id = () => String(++next);
const tables = Object.fromEntries(objects.map((o) => [o.plural, new Map()]));
const ref = (plural, one) => ({ id: one.id, name: one.name });
const put = (plural, row) => {
  const record = {
    id: id(),
    version: 1,
    created_at: '2026-11-03T02:00:00Z',
    updated_at: '2026-11-20T02:00:00Z',
    ...row,
  };
  tables[plural].set(record.id, record);
  return record;
};
const members = ['管理员', '李雷', '韩梅梅', '周勇', '王芳'].map((name, at) =>
  put('members', { name, email: `m${at}@example.com` }),
);
const surnames = [
  '金石物流',
  '启明科技',
  '东方能源',
  '光华零售',
  '海纳医疗',
  '远大软件',
  '天成制造',
  '博雅教育',
  '恒通机械',
  '云帆新城',
];
const accounts = surnames.map((name, at) =>
  put('accounts', {
    name: `${name}有限公司`,
    industry: ['make', 'health', 'energy', 'retail'][at % 4],
    tier: 'abc'[at % 3],
    phone: `1380013800${at}`,
    employees: 40 + at * 77,
    address: { country: 'CN', region: '江苏省苏州市', detail: `工业园区 ${at} 号` },
    website: 'https://example.com',
    tags: at % 2 ? ['key'] : null,
    owner: ref('members', members[1 + (at % 4)]),
  }),
);
['张杰', '黄敏', '郭雨桐', '吴军', '杨艳'].forEach((name, at) =>
  put('contacts', {
    name,
    account: ref('accounts', accounts[at]),
    title: ['总经理', '采购经理', '技术总监'][at % 3],
    phone: `1391112220${at}`,
    email: `c${at}@example.com`,
    owner: ref('members', members[1]),
  }),
);
const names = ['数据中台一期', 'CRM 私有化部署', '智能产线改造', '门店巡检系统', '培训平台采购', '年度运维框架'];
for (let at = 0; at < 340; at += 1) {
  const outcome = at % 11 === 3 ? 'won' : at % 13 === 5 ? 'lost' : 'open';
  put('deals', {
    name: `${names[at % 6]}${at > 5 ? ` ${at}` : ''}`,
    account: ref('accounts', accounts[at % 10]),
    amount: { amount: `${(((at * 7919) % 2300) + 15) * 1000}.00`, currency: 'CNY' },
    stage: stages[at % 7][0],
    outcome,
    win_share: [0.05, 0.1, 0.25, 0.4, 0.6, 0.75, 0.9][at % 7],
    expected_on: `2026-${String((at % 12) + 1).padStart(2, '0')}-${String((at % 27) + 1).padStart(2, '0')}`,
    owner: ref('members', members[1 + (at % 4)]),
    source: ['web', 'fair', 'referral', 'phone'][at % 4],
    opened_on: at % 17 === 0 ? null : `2026-0${(at % 6) + 1}-11`,
    closed_on: outcome === 'open' ? null : `2026-${String((at % 4) + 8).padStart(2, '0')}-15`,
  });
}
for (let at = 0; at < 24; at += 1)
  put('leads', {
    name: ['赵倩', '孙李', '周吴', '郑王'][at % 4] + (at > 3 ? at : ''),
    company: surnames[at % 10],
    phone: `1370000${1000 + at}`,
    channel: ['web', 'fair', 'referral', 'phone'][at % 4],
    status: ['new', 'working'][at % 2],
    owner: ref('members', members[1 + (at % 4)]),
  });
for (let at = 0; at < 6; at += 1)
  put('products', {
    name: `产品 ${at + 1}`,
    code: `P-${at + 1}`,
    price: { amount: `${at * 900 + 100}.00`, currency: 'CNY' },
  });
put('views', {
  name: '我的商机',
  object: 'deal',
  filter: 'owner = me()',
  sort: '-amount',
  columns: 'name,amount,stage,expected_on',
  shared: 'me',
  owner: ref('members', members[0]),
});
const events = new Map();
const log = (object, rid, verb, more = {}) => {
  const key = `${object}/${rid}`;
  events.set(key, [
    {
      seq: String(++next),
      happened_at: new Date().toISOString(),
      actor: ref('members', members[0]),
      via: 'web',
      object,
      id: rid,
      verb,
      title: null,
      changes: [],
      reason: null,
      ...more,
    },
    ...(events.get(key) ?? []),
  ]);
};

const text = (value) =>
  value && typeof value === 'object' ? (value.name ?? value.amount ?? JSON.stringify(value)) : value;
const order = (value) =>
  value && typeof value === 'object' ? ('amount' in value ? Number(value.amount) : value.name) : value;
function keep(row, filter) {
  return filter.split(' and ').every((part) => {
    const m = /^\s*([\w.]+)\s+(>=|<=|!=|=|>|<|contains|starts_with|not in|in|is not null|is null)\s*(.*)$/.exec(part);
    if (!m) return true;
    const [, field, op, raw] = m;
    const value = row[field];
    const list = [...raw.matchAll(/"((?:[^"]|"")*)"|(-?\d+(?:\.\d+)?)/g)].map((x) => x[1] ?? Number(x[2]));
    if (raw.includes('me()')) list.push(members[0].id);
    if (raw.includes('my_team()')) list.push(...members.map((x) => x.id));
    const plain = value && typeof value === 'object' ? ('amount' in value ? Number(value.amount) : value.id) : value;
    if (raw.includes('date(')) list[0] = /"([^"]+)"/.exec(raw)[1];
    if (raw.startsWith('today()')) return true;
    switch (op) {
      case '=':
        return plain === list[0] || (raw === 'true' && value === true);
      case '!=':
        return plain !== list[0];
      case '>=':
        return plain >= list[0];
      case '<=':
        return plain <= list[0];
      case '>':
        return plain > list[0];
      case '<':
        return plain < list[0];
      case 'contains':
        return String(text(value) ?? '').includes(list[0]);
      case 'starts_with':
        return String(text(value) ?? '').startsWith(list[0]);
      case 'in':
        return list.includes(plain);
      case 'not in':
        return !list.includes(plain);
      case 'is null':
        return value == null;
      default:
        return value != null;
    }
  });
}
const session = () => ({
  member: { id: members[0].id, name: '管理员', email: 'admin@example.com', roles: ['admin'], language: 'zh' },
  organisation: { key: 'main', name: '华东销售部', currency: 'CNY', time_zone: 'Asia/Shanghai' },
  csrf: 'token',
  rights: { import: true, export: true, admin: true },
});
let jobs = 0;
const gateOf = (row) => {
  const at = stages.findIndex(([key]) => key === row.stage);
  const to = stages[at + 1];
  const checks =
    at === 2
      ? [
          {
            key: 'budget',
            kind: 'field',
            field: 'budget',
            strength: 'block',
            met: row.budget != null,
            say: '请填写客户预算',
          },
          {
            key: 'maker',
            kind: 'field',
            field: 'decision_maker',
            strength: 'block',
            met: row.decision_maker != null,
            say: '请先确认关键决策人',
          },
          { key: 'calls', kind: 'activity', strength: 'warn', met: false, say: '至少完成 2 次电话沟通' },
        ]
      : [];
  return {
    to: to ? { key: to[0], label: L(to[1], to[2]) } : null,
    met: checks.filter((c) => c.met).length,
    of: checks.length,
    checks,
  };
};
const problem = (status, code, title, errors = [], more = {}) => ({
  status,
  body: { type: `/problems/${code}`, title, status, code, errors, ...more },
});
const wire = (object, body) =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const field = object.fields.find((one) => one.name === name);
      if (field?.type === 'reference' && value != null) {
        const plural = objects.find((o) => o.name === field.target).plural;
        return [name, ref(plural, tables[plural].get(String(value)) ?? { id: value, name: '?' })];
      }
      if (field?.type === 'money' && value != null && typeof value !== 'object')
        return [name, { amount: String(value), currency: 'CNY' }];
      return [name, value];
    }),
  );

function api(method, path, query, body, headers) {
  const cookie = (headers.cookie ?? '').includes('sid=');
  if (path === '/session' && method === 'GET')
    return cookie ? { status: 200, body: session() } : problem(401, 'not_signed_in', '请先登录');
  if (path === '/session' && method === 'POST')
    return body.password?.startsWith('correct-horse')
      ? { status: 200, body: session(), cookie: 'sid=1; Path=/; HttpOnly' }
      : problem(401, 'sign_in_refused', '邮箱或密码不正确。');
  if (path === '/session') return { status: 204, cookie: 'sid=; Path=/; Max-Age=0' };
  if (path === '/setup' && method === 'GET') return { status: 200, body: { open: true } };
  if (path === '/setup') return { status: 200, body: session(), cookie: 'sid=1; Path=/; HttpOnly' };
  if (!cookie) return problem(401, 'not_signed_in', '请先登录');
  if (path === '/describe') return { status: 200, body: { epoch: '1', objects } };
  if (path === '/analysis/funnel') return { status: 200, body: funnelAnswer({ tables, stages, query, L }) };
  if (path === '/search') {
    const data = objects
      .filter((o) => o.searchable)
      .flatMap((o) =>
        [...tables[o.plural].values()]
          .filter((row) => String(row[o.name_field] ?? '').includes(query.get('q')))
          .map((row) => ({
            object: o.name,
            id: row.id,
            name: row[o.name_field],
            subtitle: row.account?.name ?? row.phone,
          })),
      )
      .slice(0, 20);
    return { status: 200, body: { data, more: false } };
  }
  if (path === '/formula/check')
    return /[=<>]| in | is |contains/.test(body.formula)
      ? {
          status: 200,
          body: { ok: true, print: body.formula, type: 'boolean', tree: { op: 'formula', text: body.formula } },
        }
      : problem(422, 'formula_syntax', '公式写法有误', [
          {
            code: 'formula_syntax',
            args: { position: 3, expected: '比较', nearest: 'amount' },
            say: '第 4 个字符处应为比较。',
          },
        ]);
  if (path.startsWith('/jobs/'))
    return {
      status: 200,
      body: { id: path.slice(6), kind: 'bulk', state: 'done', progress: { done: 2, total: 2 }, result: {} },
    };
  const [, plural, rid, sub, verb] = path.split('/');
  const object = objects.find((o) => o.plural === plural);
  if (!object) return problem(404, 'not_found', '没有这个资源');
  const table = tables[plural];
  if (rid === 'duplicates')
    return {
      status: 200,
      body: {
        data: [...table.values()]
          .filter((row) => body.name && row.name?.includes(body.name))
          .slice(0, 2)
          .map((row) => ({ object: object.name, id: row.id, name: row.name, reasons: ['same_name'], score: 0.9 })),
      },
    };
  if (rid === 'bulk')
    return body.dry_run
      ? {
          status: 200,
          body: {
            matched: body.ids?.length ?? 340,
            would_change: (body.ids?.length ?? 340) - 1,
            refused: [{ code: 'no_right', count: 1, say: '1 条没有修改权限' }],
          },
        }
      : { status: 202, body: { job: String(++jobs) } };
  if (rid === 'export') return { status: 202, body: { job: String(++jobs) } };
  if (!rid && method === 'GET') {
    let rows = [...table.values()];
    const q = query.get('q');
    if (q) rows = rows.filter((row) => object.fields.some((field) => String(text(row[field.name]) ?? '').includes(q)));
    if (query.get('filter')) rows = rows.filter((row) => keep(row, query.get('filter')));
    const [sort] = (query.get('sort') ?? '').split(',');
    if (sort) {
      const key = sort.replace('-', '');
      rows.sort((a, b) => {
        const x = order(a[key]);
        const y = order(b[key]);
        if (x == null || y == null) return x == null ? 1 : -1;
        return (x > y ? 1 : x < y ? -1 : 0) * (sort.startsWith('-') ? -1 : 1);
      });
    }
    const limit = Number(query.get('limit') ?? 50);
    const from = Number(query.get('after') || 0);
    const data = rows.slice(from, from + limit);
    return {
      status: 200,
      body: {
        data,
        next: from + limit < rows.length ? String(from + limit) : null,
        ...(query.get('count') !== 'none' ? { count: rows.length } : {}),
      },
    };
  }
  if (!rid && method === 'POST') {
    const missing = object.fields.filter((field) => field.required && (body[field.name] ?? '') === '');
    if (missing.length)
      return problem(
        422,
        'invalid',
        '有字段未通过检查',
        missing.map((field) => ({ code: 'required', field: field.name, say: `请填写${field.label.zh}` })),
      );
    const row = put(plural, {
      owner: ref('members', members[0]),
      ...(object.staged ? { stage: 'identify', outcome: 'open' } : {}),
      ...wire(object, body),
    });
    log(object.name, row.id, 'created');
    for (const parent of ['deal', 'account', 'lead'])
      if (row[parent])
        log(parent, row[parent].id, 'created', {
          object: object.name,
          id: row.id,
          record: row,
          title: row.subject ?? row.body,
        });
    return { status: 201, body: row };
  }
  const row = table.get(rid);
  if (!row) return problem(404, 'not_found', '没有这条记录');
  if (sub === 'process') {
    const at = stages.findIndex(([key]) => key === row.stage);
    return {
      status: 200,
      body: {
        process: { id: '1', name: '企业直销' },
        version: 1,
        outcome: row.outcome,
        stages: stages.map(([key, zh, en], n) => ({
          key,
          label: L(zh, en),
          kind: 'sell',
          state: n < at ? 'done' : n === at ? 'current' : 'ahead',
          entered_at: n <= at ? '2026-11-01T00:00:00Z' : null,
          days: n <= at ? 4 + n : null,
          how: 'moved',
        })),
        stalled: row.amount?.amount > '5' ? { since_days: 12, limit: '10wd' } : null,
        gate: gateOf(row),
        debt: [],
      },
    };
  }
  if (sub === 'timeline')
    return {
      status: 200,
      body: {
        data: events.get(`${object.name}/${rid}`) ?? [
          {
            seq: '1',
            happened_at: row.created_at,
            actor: row.owner,
            object: object.name,
            id: rid,
            verb: 'created',
            title: null,
            changes: [],
          },
        ],
        next: null,
      },
    };
  if (sub === 'actions') {
    const before = { stage: row.stage, outcome: row.outcome };
    if (verb === 'advance') {
      const gate = gateOf(row);
      const unmet = gate.checks.filter((c) => !c.met && c.strength === 'block');
      if (unmet.length)
        return problem(
          422,
          'gate_unmet',
          `还差 ${unmet.length} 项`,
          unmet.map((c) => ({
            code: 'gate_unmet',
            field: c.field,
            args: { key: c.key, strength: c.strength, say: c.say },
            say: c.say,
          })),
        );
      row.stage = body.to ?? gate.to.key;
    }
    if (verb === 'step_back') row.stage = body.to;
    if (verb === 'win') row.outcome = 'won';
    if (verb === 'lose') {
      if (!body.loss_reason)
        return problem(422, 'invalid', '请选择输单原因', [
          { code: 'required', field: 'loss_reason', say: '请选择输单原因' },
        ]);
      row.outcome = 'lost';
      row.loss_reason = body.loss_reason;
    }
    if (verb === 'reopen') row.outcome = 'open';
    if (verb === 'disqualify') row.status = 'disqualified';
    if (verb === 'convert') {
      row.status = 'converted';
      row.deal = ref(
        'deals',
        put('deals', { name: body.deal_name, stage: 'identify', outcome: 'open', owner: row.owner }),
      );
    }
    if (body.owner) Object.assign(row, wire(object, { owner: body.owner }));
    row.version += 1;
    log(object.name, rid, verb, {
      reason: body.reason,
      changes: ['stage', 'outcome']
        .filter((name) => before[name] !== row[name])
        .map((name) => ({ field: name, old: before[name], new: row[name] })),
    });
    return { status: 200, body: row };
  }
  if (method === 'GET') return { status: 200, body: row };
  if (headers['if-match'] !== `"${row.version}"`) return problem(412, 'stale', '记录已被修改', [], { current: row });
  if (method === 'DELETE') {
    table.delete(rid);
    return { status: 204 };
  }
  const change = wire(object, body);
  log(object.name, rid, 'changed', {
    changes: Object.keys(change).map((name) => ({ field: name, old: row[name] ?? null, new: change[name] })),
  });
  Object.assign(row, change, { version: row.version + 1, updated_at: new Date().toISOString() });
  return { status: 200, body: row };
}

const types = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
  '.woff2': 'font/woff2',
};
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'";

export function start(port = 0) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://x');
    if (url.pathname === '/api/v1/changes') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\n');
      return;
    }
    if (url.pathname.startsWith('/api/v1')) {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks).toString();
        let body = {};
        try {
          body = raw ? JSON.parse(raw) : {};
        } catch {
          body = {};
        }
        const answer = api(request.method, url.pathname.slice(7), url.searchParams, body, request.headers);
        response.writeHead(answer.status, {
          'content-type': answer.status >= 400 ? 'application/problem+json' : 'application/json',
          ...(answer.cookie ? { 'set-cookie': answer.cookie } : {}),
        });
        response.end(answer.body ? JSON.stringify(answer.body) : '');
      });
      return;
    }
    let file = join(root, url.pathname);
    if (!existsSync(file) || !statSync(file).isFile()) file = join(root, 'index.html');
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) =>
    server.listen(port, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        close: () => {
          server.closeAllConnections();
          server.close();
        },
      }),
    ),
  );
}

if (process.argv[1]?.endsWith('fixture-server.mjs'))
  start(Number(process.argv[2] ?? 8080)).then((server) => console.log(server.url));
