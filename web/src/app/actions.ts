// What can be done from everywhere, one row each. Screens add their own while they stand (actions/registry.ts).
import { type Action, type ActionRow, actionsOf } from '../actions/registry.ts';
import type { Catalogue } from '../api/describe.ts';
import { locale, type Locale, pick, t, within } from '../i18n/i18n.ts';
import { chooseTheme, savedTheme, type Theme } from '../lib/theme.ts';
import { undoLast } from '../ui/toast/toast.tsx';
import type { NavSection } from './shell/nav.ts';

export type Everywhere = {
  sections: NavSection[];
  catalogue: Catalogue;
  go: (path: string, search?: { [name: string]: string }) => void;
  open: (what: 'palette' | 'create' | 'keys') => void;
  toggleSidebar: () => void;
  changeLanguage: (language: Locale) => void;
  signOut: () => void;
};

// The submit button of the form that has the focus: a form may also be left by it from a field of many lines.
function submit(): boolean {
  const button = document.activeElement
    ?.closest('form')
    ?.querySelector<HTMLElement>('button[type=submit]:not([disabled])');
  button?.click();
  return button != null;
}

const theme = (name: Theme): ActionRow<Everywhere> => ({
  id: `theme.${name}`,
  label: () => t('shell.action.theme', { theme: t(`shell.theme.${name}`) }),
  group: 'view',
  icon: 'theme',
  when: () => savedTheme() !== name,
  run: () => chooseTheme(name),
});
const language = (name: Locale): ActionRow<Everywhere> => ({
  id: `language.${name}`,
  label: () => t('shell.action.language', { language: t(name === 'en' ? 'shell.language.en' : 'shell.language.zh') }),
  group: 'view',
  icon: 'language',
  when: () => locale() !== name,
  run: (where) => where.changeLanguage(name),
});

const fixed: ActionRow<Everywhere>[] = [
  {
    id: 'palette',
    label: () => t('shell.palette.title'),
    group: 'help',
    keys: 'mod+k',
    inFields: true,
    keysOnly: true,
    run: (where) => where.open('palette'),
  },
  {
    id: 'keys',
    label: () => t('shell.keys'),
    group: 'help',
    icon: 'keyboard',
    keys: '?',
    run: (where) => where.open('keys'),
  },
  {
    id: 'create',
    label: () => t('shell.action.create'),
    group: 'create',
    keys: 'c',
    keysOnly: true,
    run: (where) => where.open('create'),
  },
  {
    id: 'undo',
    label: () => t('shell.action.undo'),
    group: 'view',
    icon: 'undo',
    keys: 'mod+z',
    keysOnly: true,
    run: undoLast,
  },
  {
    id: 'submit',
    label: () => t('shell.action.submit'),
    group: 'view',
    keys: 'mod+enter',
    inFields: true,
    keysOnly: true,
    run: submit,
  },
  {
    id: 'sidebar',
    label: () => t('shell.action.sidebar'),
    group: 'view',
    icon: 'sidebar',
    keys: '[',
    run: (where) => where.toggleSidebar(),
  },
  theme('light'),
  theme('dark'),
  theme('system'),
  language('zh-CN'),
  language('en'),
  {
    id: 'sign-out',
    label: () => t('shell.sign_out'),
    group: 'view',
    icon: 'sign-out',
    run: (where) => where.signOut(),
  },
];

const goes = ({ sections, go }: Everywhere): Action[] =>
  sections.flatMap((section) =>
    section.items.map((item) => ({
      id: `go${item.path}`,
      label: item.label,
      also: section.label,
      group: 'go' as const,
      icon: item.icon,
      keys: item.key ? `g ${item.key}` : undefined,
      path: item.path,
      run: () => go(item.path),
    })),
  );

// What has a place in the sidebar can be created from anywhere, and what is written down most.
const creates = ({ sections, catalogue, go }: Everywhere): Action[] =>
  sections
    .flatMap((section) => section.items)
    .flatMap((item) => catalogue.plural(item.path.slice(1)) ?? [])
    .filter((object) => object.rights.create)
    .map((object) => ({
      id: `create/${object.plural}`,
      label: t('records.new', { object: within(object.label) }),
      also: pick(object.plural_label),
      group: 'create' as const,
      icon: object.name,
      run: () => go(`/${object.plural}`, { new: '1' }),
    }));

export const everywhere = (where: Everywhere): Action[] => [
  ...creates(where),
  ...goes(where),
  ...actionsOf(fixed, where),
];
