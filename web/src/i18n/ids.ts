// The type of every message id, taken from the Chinese catalogue; a new area is one more line here. Areas under more/ are
// loaded with the pages that speak them (i18n.ts, moreWords).
import type common from './zh-CN/common.json';
import type auth from './zh-CN/auth.json';
import type approval from './more/zh-CN/approval.json';
import type bulk from './more/zh-CN/bulk.json';
import type demo from './more/zh-CN/demo.json';
import type door from './more/zh-CN/door.json';
import type funnel from './more/zh-CN/funnel.json';
import type importing from './more/zh-CN/import.json';
import type inbox from './more/zh-CN/inbox.json';
import type list from './zh-CN/list.json';
import type outbox from './zh-CN/outbox.json';
import type process from './zh-CN/process.json';
import type records from './zh-CN/records.json';
import type board from './more/zh-CN/board.json';
import type person from './more/zh-CN/person.json';
import type record from './more/zh-CN/record.json';
import type settings from './more/zh-CN/settings.json';
import type share from './more/zh-CN/share.json';
import type steps from './more/zh-CN/steps.json';
import type shell from './zh-CN/shell.json';
import type today from './zh-CN/today.json';

type Catalogue = typeof common &
  typeof approval &
  typeof auth &
  typeof board &
  typeof bulk &
  typeof demo &
  typeof door &
  typeof funnel &
  typeof importing &
  typeof inbox &
  typeof list &
  typeof outbox &
  typeof person &
  typeof process &
  typeof record &
  typeof records &
  typeof settings &
  typeof share &
  typeof steps &
  typeof shell &
  typeof today;
export type MessageId = keyof Catalogue;
