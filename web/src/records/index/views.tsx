// Saved views: tabs beside the title. A view is a record of its own; what the address says beyond it makes it "changed".
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { fieldErrors, sentence } from '../../api/problem.ts';
import { changeRecord, createRecord, deleteRecord, fewQuery } from '../../api/records.ts';
import { keys } from '../../api/query-keys.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Select } from '../../ui/field/select.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { Menu, type MenuEntry } from '../../ui/menu/menu.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import type { ViewDefaults, ViewState } from './view-state.ts';
import styles from './views.module.css';

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
  const body = { filter: state.filter || null, sort: state.sort || null, columns: state.columns };
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
        <SaveAs
          object={object}
          body={body}
          onClose={() => setNaming(false)}
          onSaved={(view) => {
            setNaming(false);
            void refresh().then(() => onChoose(view.id));
          }}
        />
      ) : null}
    </>
  );
}

type SaveProps = {
  object: ObjectDef;
  body: { [field: string]: unknown };
  onClose: () => void;
  onSaved: (view: RecordData) => void;
};

function SaveAs({ object, body, onClose, onSaved }: SaveProps) {
  const [name, setName] = useState('');
  const [shared, setShared] = useState('me');
  const [refusal, setRefusal] = useState<unknown>(null);
  const { fields, rest } = fieldErrors(refusal);
  const save = async () => {
    try {
      onSaved(await createRecord(plural, { ...body, name: name.trim(), object: object.name, shared }));
    } catch (error) {
      setRefusal(error);
    }
  };
  return (
    <Dialog
      size="small"
      title={t('views.save_as')}
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={!name.trim()}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
        <TextInput label={t('views.name')} value={name} onChange={setName} error={fields.name} isRequired autoFocus />
        <Select
          label={t('views.shared')}
          value={shared}
          onChange={(key) => setShared(key ?? 'me')}
          error={fields.shared}
          options={(['me', 'team', 'all'] as const).map((key) => ({ key, label: t(`views.shared.${key}`) }))}
        />
      </div>
    </Dialog>
  );
}
