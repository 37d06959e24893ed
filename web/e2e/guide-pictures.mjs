// What the user guide shows, one row a picture: whose screen, where, how one gets there, and what must stand there.
import { openedDialog } from './screen.mjs';

const heading = (page, name, level) => page.getByRole('heading', { name, ...(level ? { level } : {}) });
const button = (page, name) => page.getByRole('button', { name });
const region = (page, name) => page.getByRole('region', { name, exact: true });
const query = (text) => encodeURIComponent(text);

const stalled = 'outcome = "open" and stalled_since <= today()';
const mine = 'owner = me() and outcome = "open"';

// A deal of the reader's before a gate that blocks; it goes again once it was looked at.
async function gatedDeal(scene) {
  const { page, api, pick } = scene;
  const account = (await api(page, 'GET', '/accounts?limit=1&sort=-created_at')).data[0].id;
  const name = pick({ zh: '晨光机械一期', en: 'Morning Light, phase one' });
  scene.made = (await api(page, 'POST', '/deals', { name, account })).id;
  for (let at = 0; at < 2; at += 1) await api(page, 'POST', `/deals/${scene.made}/actions/advance`, {});
  return scene.made;
}
async function removeDeal({ page, api, made }) {
  const { version } = await api(page, 'GET', `/deals/${made}`);
  await api(page, 'DELETE', `/deals/${made}`, undefined, version);
}
async function richDeal({ page, api }) {
  const test = `${mine} and stage = "negotiation" and account is not null`;
  return (await api(page, 'GET', `/deals?limit=1&sort=-amount&filter=${query(test)}`)).data[0].id;
}

// Chinese headings as a colleague's file would bear them, English ones likewise.
const book = {
  zh: '客户名称,电话,网站\n晨光机械有限公司,0512-66001234,chenguang.example.com\n海蓝软件有限公司,0571-88001234,hailan.example.com\n',
  en: 'Account name,Phone,Website\nMorning Light,0512-66001234,morning.example.com\nBlue Sea,0571-88001234,bluesea.example.com\n',
};
async function upload({ page, t, pick }) {
  const name = pick({ zh: '客户名单.csv', en: 'accounts.csv' });
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(pick(book)) });
  await page.getByRole('article', { name, exact: true }).waitFor();
  await button(page, t('import.next').replace('{step}', t('import.step.map'))).click();
  await heading(page, t('import.step.map'), 2).waitFor();
}
export const guidePictures = [
  {
    name: 'setup',
    path: ({ server }) => server.setup,
    look: async ({ page, t }) => [heading(page, t('auth.setup_title'), 1), button(page, t('auth.setup_submit'))],
  },
  {
    name: 'members',
    as: 'admin',
    path: '/settings/members',
    look: async ({ page, t }) => {
      await button(page, t('settings.member.invite')).click();
      const dialog = await openedDialog(page);
      return [dialog.getByText(t('settings.member.manager')), button(dialog, t('settings.member.make_link'))];
    },
  },
  {
    name: 'import-map',
    as: 'admin',
    path: '/import',
    look: async (scene) => {
      await upload(scene);
      return [scene.page.getByText(scene.t('import.sure.sure'), { exact: true })];
    },
  },
  {
    name: 'import-trial',
    as: 'admin',
    path: '/import',
    look: async (scene) => {
      const { page, t } = scene;
      await upload(scene);
      const steps = page.getByRole('navigation', { name: t('import.steps') });
      await button(steps, t('import.step.trial')).click();
      await heading(page, t('import.step.trial'), 2).waitFor();
      await page
        .getByRole('main')
        .locator('footer')
        .getByRole('button', { name: t('import.try'), exact: true })
        .click();
      return [page.getByRole('table', { name: t('import.counts_trial') })];
    },
  },
  {
    name: 'field',
    as: 'admin',
    path: '/settings/objects/account',
    look: async ({ page, t }) => {
      await button(page, t('settings.field.add')).click();
      const dialog = await openedDialog(page);
      return [dialog.getByText(t('settings.field.type')), button(dialog, t('common.save'))];
    },
  },
  {
    name: 'role',
    as: 'admin',
    path: '/settings/roles',
    look: async ({ page, t, pick }) => {
      await page.getByRole('link', { name: pick({ zh: '销售主管', en: 'Manager' }), exact: true }).click();
      return [page.getByText(t('settings.matrix_help')), page.getByText(t('settings.role.general'))];
    },
  },
  {
    name: 'process',
    as: 'admin',
    path: '/settings/processes',
    look: async ({ page, t, pick }) => {
      const name = pick({ zh: '通用销售流程', en: 'General sales process' });
      await page.getByRole('link', { name, exact: true }).click();
      await region(page, t('settings.stages')).getByRole('button').nth(2).click();
      return [button(page, t('settings.stage.exit_add'))];
    },
  },
  {
    name: 'today',
    as: 'rep',
    path: '/today',
    look: async ({ page, t }) => [
      region(page, t('today.calls')).getByRole('listitem'),
      region(page, t('today.tasks')),
      region(page, t('today.stalled')),
    ],
  },
  {
    name: 'quick-log',
    as: 'rep',
    path: '/today',
    look: async ({ page, t, like }) => {
      await region(page, t('today.calls'))
        .getByRole('button', { name: like('today.log_call_of') })
        .first()
        .click();
      const dialog = await openedDialog(page);
      return [dialog.getByText(t('today.log.outcome')), dialog.getByText(t('today.log.next_step'))];
    },
  },
  {
    name: 'list',
    as: 'rep',
    path: `/deals?sort=-amount&f=${query('outcome = "open"')}`,
    look: async ({ page, t }) => [
      button(page, t('filter.add')),
      button(page, t('records.export')),
      button(page, t('filter.advanced')),
      page.getByRole('grid').getByRole('row').nth(5).getByRole('link'),
    ],
  },
  {
    name: 'peek',
    as: 'rep',
    path: `/deals?sort=-amount&f=${query('outcome = "open"')}`,
    look: async ({ page, t, like }) => {
      const row = page.getByRole('grid').getByRole('row').nth(1);
      await row.getByRole('link').first().hover();
      await row.getByRole('button', { name: like('record.peek') }).click();
      const sheet = await openedDialog(page);
      return [sheet.getByRole('list', { name: t('records.path') }), sheet.getByLabel(t('record.peek.open'))];
    },
  },
  {
    name: 'board',
    as: 'rep',
    path: '/deals/board',
    look: async ({ page, like }) => [page.getByRole('article').nth(3), page.getByText(like('board.total_weighted'))],
  },
  {
    name: 'record',
    as: 'rep',
    path: async (scene) => `/deals/${await richDeal(scene)}`,
    look: async ({ page, t }) => [
      page.getByRole('list', { name: t('records.path') }),
      region(page, t('records.composer')),
      region(page, t('record.next')),
      region(page, t('records.timeline')).last().getByRole('listitem'),
    ],
  },
  {
    name: 'gate',
    as: 'rep',
    path: async (scene) => `/deals/${await gatedDeal(scene)}`,
    look: async ({ page, t, like }) => {
      await page
        .locator('main')
        .getByRole('button', { name: like('records.advance_to') })
        .first()
        .click();
      const dialog = await openedDialog(page);
      return [dialog.getByText(like('records.gate.missing')), button(dialog, t('records.gate.fill_and_pass'))];
    },
    leave: removeDeal,
  },
  {
    name: 'palette',
    as: 'rep',
    path: '/today',
    look: async ({ page, t }) => {
      await heading(page, t('today.title'), 1).waitFor();
      await page.keyboard.press('Control+k');
      await openedDialog(page);
      await page.getByRole('combobox', { name: t('shell.palette.title') }).fill('hyjm');
      return [page.getByRole('option'), page.getByText(t('shell.actions.records'), { exact: true })];
    },
  },
  {
    name: 'keys',
    as: 'rep',
    path: '/deals',
    look: async ({ page, t }) => {
      await page.getByRole('grid').getByRole('row').nth(1).waitFor();
      await page.keyboard.press('?');
      const dialog = await openedDialog(page);
      return [heading(dialog, t('shell.keys')), dialog.getByText(t('shell.actions.list'), { exact: true })];
    },
  },
  {
    name: 'phone',
    as: 'rep',
    on: 'phone',
    path: '/today',
    look: async ({ page, t }) => {
      const bar = page.getByRole('navigation', { name: t('shell.navigation') });
      await region(page, t('today.calls')).getByRole('listitem').first().waitFor();
      return [button(bar, t('shell.new')), button(bar, t('shell.mine'))];
    },
  },
  {
    name: 'team',
    as: 'manager',
    path: '/today',
    look: async ({ page, t }) => [
      region(page, t('today.people')).getByRole('listitem'),
      region(page, t('today.gaps')),
      region(page, t('today.moved')),
    ],
  },
  {
    name: 'bulk',
    as: 'manager',
    path: `/deals?sort=-amount&f=${query(stalled)}`,
    look: async ({ page, t }) => {
      const grid = page.getByRole('grid');
      await grid.getByRole('row').nth(2).getByRole('link').first().waitFor();
      for (const at of [1, 2]) await grid.getByRole('row').nth(at).getByRole('checkbox').check({ force: true });
      const bar = page.getByRole('toolbar', { name: t('bulk.title') });
      await button(bar, t('bulk.change')).waitFor();
      await button(bar, t('bulk.hand_over')).click();
      const dialog = await openedDialog(page);
      return [button(dialog, t('bulk.try'))];
    },
  },
  {
    name: 'funnel',
    as: 'manager',
    path: '/funnel',
    look: async ({ page, t }) => [
      page.getByText(t('funnel.stages'), { exact: true }),
      page.getByText(t('funnel.win_share'), { exact: true }),
      page.getByText(t('funnel.cycle'), { exact: true }),
    ],
  },
];
