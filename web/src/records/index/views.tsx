// Saved views: tabs beside the title. A view is a record of its own; what the address says beyond it makes it "changed".
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { changeRecord, deleteRecord, fewQuery } from '../../api/records.ts';
import { keys } from '../../api/query-keys.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Menu, type MenuEntry } from '../../ui/menu/menu.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import type { ViewDefaults, ViewState } from './view-state.ts';
import styles from './views.module.css';

const SaveAs = lazy(() => import('./save-view.tsx').then((room) => ({ default: room.SaveAs })));
const plural = 'views';

export function useViews(object: ObjectDef) {
  const can = !!useCatalogue().plural(plural)?.rights.read;
  const query = useQuery({
    ...fewQuery(plural, `object = "${object.name}"`, 200, 'name'),
    enabled: can,
    staleTime: 60_000,
  });
  return { can, views: query.data?.data ?? [], isPending: can && query.isPending };
}

export function defaultsOf(view: RecordData | undefined): ViewDefaults | undefined {
  if (!view) return undefined;
  const columns = typeof view.columns === 'string' ? view.columns.split(',') : view.columns;
  return {
    filter: typeof view.filter === 'string' ? view.filter : '',
    sort: typeof view.sort === 'string' ? view.sort : '',
    columns: Array.isArray(columns) && columns.length > 0 ? (columns as string[]) : undefined,
  };
}

type Props = {
  object: ObjectDef;
  views: RecordData[];
  state: ViewState;
  changed: boolean;
  onChoose: (view: string) => void;
};

export function Views({ object, views, state, changed, onChoose }: Props) {
  const client = useQueryClient();
  const [naming, setNaming] = useState(false);
  const current = views.find((view) => view.id === state.view);
  const body = { filter: state.filter || null, sort: state.sort || null, columns: state.columns.join(',') };
  const refresh = () => client.invalidateQueries({ queryKey: keys.lists(plural) });
  const run = async (work: Promise<unknown>, after: () => void) => {
    try {
      await work;
      await refresh();
      after();
    } catch (error) {
      toast(sentence(error), 'bad');
    }
  };
  const entries: MenuEntry[] = [];
  if (current && changed) {
    entries.push(
      {
        key: 'save',
        label: t('views.save'),
        onAction: () => void run(changeRecord(plural, current.id, current.version, body), () => onChoose(current.id)),
      },
      { key: 'restore', label: t('views.restore'), onAction: () => onChoose(current.id) },
    );
  }
  entries.push({ key: 'save-as', label: t('views.save_as'), onAction: () => setNaming(true) });
  if (current) {
    entries.push({
      key: 'delete',
      label: t('views.delete'),
      tone: 'bad',
      onAction: () => void run(deleteRecord(plural, current.id, current.version), () => onChoose('')),
    });
  }
  const tab = (id: string, name: string) => (
    <li key={id}>
      <button
        type="button"
        aria-current={state.view === id ? 'true' : undefined}
        className={classes(styles.tab, state.view === id && styles.active)}
        onClick={() => onChoose(id)}
      >
        {name}
      </button>
    </li>
  );
  return (
    <>
      <ul className={styles.tabs} aria-label={t('views.title')}>
        {tab('', t('common.all'))}
        {views.map((view) => tab(view.id, String(view.name ?? '')))}
      </ul>
      {changed ? <Tag tone="warn">{t('views.changed')}</Tag> : null}
      <Menu
        label={t('views.title')}
        groups={[{ key: 'view', entries }]}
        trigger={
          <IconButton label={t('views.title')}>
            <Ellipsis size={15} aria-hidden="true" />
          </IconButton>
        }
      />
      {naming ? (
        <Suspense fallback={null}>
          <SaveAs
            object={object}
            body={body}
            onClose={() => setNaming(false)}
            onSaved={(view) => {
              setNaming(false);
              void refresh().then(() => onChoose(view.id));
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
