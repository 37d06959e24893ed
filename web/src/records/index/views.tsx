// Views: the few at hand as tabs beside the title, all of them in a menu – those that come with the object, one's own, and what
// others share. What the address says beyond its view makes it "changed".
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { lazy, type Ref, Suspense, useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { changeRecord, createRecord, deleteRecord } from '../../api/records.ts';
import { keys } from '../../api/query-keys.ts';
import { useSession } from '../../api/session.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Menu, type MenuEntry } from '../../ui/menu/menu.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { defaultPreference, defaultViewQuery, viewsQuery } from '../ahead.ts';
import { all_rows, type ListView, savedView, systemView } from './list-view.ts';
import { settingsText, type ViewDefaults, type ViewState } from './view-state.ts';
import styles from './views.module.css';

const ViewDialog = lazy(() => import('./view-dialog.tsx').then((room) => ({ default: room.ViewDialog })));
const plural = 'views';
const tabs_max = 5;

export function useViews(object: ObjectDef) {
  const catalogue = useCatalogue();
  const { member } = useSession();
  const can = !!catalogue.plural(plural)?.rights.read;
  const saved = useQuery({ ...viewsQuery(object), enabled: can });
  const prefers = !!catalogue.plural('preferences')?.rights.read;
  const preference = useQuery({ ...defaultViewQuery(object), enabled: prefers });
  const views: ListView[] = [
    ...(saved.data?.data ?? []).map((record) => savedView(record, member.id)),
    ...(object.views ?? []).map(systemView),
  ];
  return {
    can,
    views,
    preference: preference.data?.data[0],
    // Which view opens the list is not known yet.
    isPending: (can && saved.isPending) || (prefers && preference.isPending),
  };
}

export const defaultsOf = (view: ListView | undefined): ViewDefaults | undefined => view?.defaults;

type Props = {
  object: ObjectDef;
  views: ListView[];
  preference: RecordData | undefined;
  state: ViewState;
  changed: boolean;
  menuRef?: Ref<HTMLButtonElement>;
  // The menu alone, called by what is chosen.
  compact?: boolean;
  onChoose: (view: string) => void;
};

export function Views({ object, views, preference, state, changed, menuRef, compact, onChoose }: Props) {
  const client = useQueryClient();
  const [dialog, setDialog] = useState<'save-as' | 'rename' | null>(null);
  const current = views.find((view) => view.id === state.view);
  const own = current?.kind === 'mine' ? current.record : undefined;
  const body = {
    filter: state.filter || null,
    sort: state.sort || null,
    columns: state.columns.join(','),
    settings: settingsText(state),
  };
  const refresh = (of = plural) => client.invalidateQueries({ queryKey: keys.lists(of) });
  const run = async (work: Promise<unknown>, after: () => void, of = plural) => {
    try {
      await work;
      await refresh(of);
      after();
    } catch (error) {
      toast(sentence(error), 'bad');
    }
  };
  const save = () => own && void run(changeRecord(plural, own.id, own.version, body), () => onChoose(own.id));
  const prefer = (value: string) => {
    const name = defaultPreference(object);
    const work = preference
      ? changeRecord('preferences', preference.id, preference.version, { value })
      : createRecord('preferences', { name, value });
    const said = current ? t('views.default_set', { name: current.name }) : t('views.default_all_set');
    void run(work, () => toast(said, 'good'), 'preferences');
  };
  const preferred = String(preference?.value ?? '') || object.opens || all_rows;
  const deeds: MenuEntry[] = [{ key: 'save-as', label: t('views.save_as'), onAction: () => setDialog('save-as') }];
  if (preferred !== (current?.id ?? all_rows))
    deeds.push({
      key: 'default',
      label: t('views.make_default'),
      onAction: () => prefer(current?.id ?? all_rows),
    });
  if (own)
    deeds.push(
      { key: 'rename', label: t('views.rename'), onAction: () => setDialog('rename') },
      {
        key: 'delete',
        label: t('views.delete'),
        tone: 'bad',
        onAction: () => void run(deleteRecord(plural, own.id, own.version), () => onChoose(all_rows)),
      },
    );
  const entry = (id: string, name: string): MenuEntry => ({
    key: `view ${id}`,
    label: name,
    onAction: () => onChoose(id),
  });
  const now = current?.name ?? t('common.all');
  const selected = [`view ${current?.id ?? all_rows}`];
  const kinds = (['mine', 'team', 'system'] as const).map((kind) => ({
    key: kind,
    label: t(`views.kind.${kind}`),
    selected,
    entries: views.filter((view) => view.kind === kind).map((view) => entry(view.id, view.name)),
  }));
  const hand = views.slice(0, tabs_max);
  const shown = current && !hand.includes(current) ? [...hand.slice(0, -1), current] : hand;
  const tab = (id: string, name: string, active: boolean) => (
    <li key={id}>
      <button
        type="button"
        aria-current={active ? 'true' : undefined}
        className={classes(styles.tab, active && styles.active)}
        onClick={() => onChoose(id)}
      >
        {name}
      </button>
    </li>
  );
  return (
    <>
      {compact ? null : (
        <ul className={styles.tabs} aria-label={t('views.title')}>
          {tab(all_rows, t('common.all'), !current)}
          {shown.map((view) => tab(view.id, view.name, view === current))}
        </ul>
      )}
      <Menu
        label={t('views.title')}
        groups={[
          { key: 'deeds', entries: deeds },
          { key: 'all', selected, entries: [entry(all_rows, t('common.all'))] },
          ...kinds.filter((kind) => kind.entries.length > 0),
        ]}
        trigger={
          <Button
            look="quiet"
            compact
            ref={menuRef}
            aria-label={compact ? t('views.title_now', { name: now }) : undefined}
          >
            {compact ? now : t('views.title')}
            <ChevronDown size={14} aria-hidden="true" />
          </Button>
        }
      />
      {changed && !compact ? (
        <span className={styles.changed}>
          <Tag tone="warn">{t('views.changed')}</Tag>
          {own ? (
            <Button look="quiet" compact onPress={save}>
              {t('views.save')}
            </Button>
          ) : null}
          <Button look="quiet" compact onPress={() => setDialog('save-as')}>
            {t('views.save_as_short')}
          </Button>
          <Button look="quiet" compact onPress={() => onChoose(current?.id ?? all_rows)}>
            {t('views.restore')}
          </Button>
        </span>
      ) : null}
      {dialog ? (
        <Suspense fallback={null}>
          <ViewDialog
            object={object}
            body={body}
            record={dialog === 'rename' ? own : undefined}
            onClose={() => setDialog(null)}
            onSaved={(view) => {
              setDialog(null);
              void refresh().then(() => onChoose(view.id));
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
