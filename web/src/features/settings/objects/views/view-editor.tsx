// One view: what it is called, for whom it is, and what it shows – with the list's own filter, columns and grouping.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { DefinedView, Definition } from '../../../../api/definitions.ts';
import { offeredFields, useCatalogue } from '../../../../api/describe.ts';
import { sentence } from '../../../../api/problem.ts';
import { keys } from '../../../../api/query-keys.ts';
import { countQuery } from '../../../../api/records.ts';
import type { ObjectDef, RecordData } from '../../../../api/types.ts';
import { count, list } from '../../../../i18n/format.ts';
import { pick, t } from '../../../../i18n/i18n.ts';
import { FilterBar } from '../../../../records/filter/filter-bar.tsx';
import { ColumnChooser } from '../../../../records/index/column-chooser.tsx';
import { GroupSelect } from '../../../../records/index/list-settings.tsx';
import { Button, IconButton } from '../../../../ui/button/button.tsx';
import { Notice } from '../../../../ui/empty/empty.tsx';
import { Checkbox } from '../../../../ui/field/checkbox.tsx';
import { Group } from '../../../../ui/field/group.tsx';
import { Select } from '../../../../ui/field/select.tsx';
import { toast } from '../../../../ui/toast/toast.tsx';
import forms from '../../forms.module.css';
import { NamePair } from '../../name-pair.tsx';
import styles from '../../settings.module.css';
import { useDefine } from '../../use-define.ts';
import { errorsOf } from '../field-model.ts';
import { withdraw } from './shared-views.tsx';
import { addView, draftOf, draftOfShared, editView, emptyView, type ViewDraft } from './views-model.ts';
import { useRoles } from './use-roles.ts';

type Props = {
  object: ObjectDef;
  definition: Definition;
  // The view that is changed, or what a member shared and is taken over; without either a new one.
  view?: DefinedView;
  shared?: RecordData;
  onClose: () => void;
};

export function ViewEditor({ object, definition, view, shared, onClose }: Props) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<ViewDraft>(() =>
    view ? draftOf(view) : shared ? draftOfShared(shared) : emptyView,
  );
  const { save, refusal, busy, isStale } = useDefine(definition);
  const { at: errors, rest } = errorsOf(refusal);
  const set = (part: Partial<ViewDraft>) => setDraft({ ...draft, ...part });
  const name = draft.zh.trim() || draft.en.trim();
  const send = async () => {
    const views = view ? editView(definition, view, draft) : addView(definition, draft);
    if (!(await save({ object: object.name, views }))) return;
    if (shared) {
      await withdraw(shared).catch((error: unknown) => toast(sentence(error), 'bad'));
      await client.invalidateQueries({ queryKey: keys.lists('views') });
    }
    toast(t('settings.views.saved', { name }), 'good');
    onClose();
  };
  const title = view
    ? t('settings.views.edit', { name: pick(view.label) })
    : t(shared ? 'settings.views.taking' : 'settings.views.add');
  return (
    <section className={`${forms.form} ${forms.narrow}`} aria-label={title}>
      <h3>{title}</h3>
      {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
      {isStale ? <Notice tone="warn">{t('settings.stale')}</Notice> : null}
      {shared ? <p className={styles.help}>{t('settings.views.taking_help')}</p> : null}
      <NamePair
        zh={draft.zh}
        en={draft.en}
        onZh={(zh) => set({ zh })}
        onEn={(en) => set({ en })}
        errors={{ zh: errors.label }}
      />
      <Roles roles={draft.roles} onChange={(roles) => set({ roles })} />
      <Group label={t('settings.views.filter')} error={errors.filter}>
        <div className={forms.wide}>
          <FilterBar object={object} filter={draft.filter} onChange={(filter) => set({ filter })} />
          <Matching object={object} filter={draft.filter} />
        </div>
      </Group>
      <Columns object={object} columns={draft.columns} onChange={(columns) => set({ columns })} />
      <div className={forms.pair}>
        <SortSelect object={object} sort={draft.sort} error={errors.sort} onChange={(sort) => set({ sort })} />
        <GroupSelect object={object} group={draft.group} onChange={(group) => set({ group })} />
      </div>
      <div className={styles.actions}>
        <Button look="primary" isDisabled={busy || name === ''} onPress={() => void send()}>
          {t('common.save')}
        </Button>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
      </div>
    </section>
  );
}

function Roles({ roles, onChange }: { roles: string[]; onChange: (roles: string[]) => void }) {
  const known = useRoles();
  return (
    <Group label={t('settings.views.roles')} help={t('settings.views.roles_help')}>
      {known.map((role) => (
        <Checkbox
          key={role.key}
          isSelected={roles.includes(role.key)}
          onChange={(on) => onChange(on ? [...roles, role.key].sort() : roles.filter((key) => key !== role.key))}
        >
          {role.label}
        </Checkbox>
      ))}
    </Group>
  );
}

// How many records that are, for whoever edits it.
function Matching({ object, filter }: { object: ObjectDef; filter: string }) {
  const { data } = useQuery({ ...countQuery(object.plural, filter), retry: false });
  return (
    <p className={styles.help} role="status">
      {data === undefined ? '' : t('settings.views.matching', { count: count(data) })}
    </p>
  );
}

type ColumnsProps = { object: ObjectDef; columns: string[]; onChange: (columns: string[]) => void };

function Columns({ object, columns, onChange }: ColumnsProps) {
  const catalogue = useCatalogue();
  const shown = columns.length > 0 ? columns : object.layout.list;
  const labels = shown.map((path) => pick(catalogue.path(object, path)?.label) || path);
  return (
    <Group label={t('records.columns')}>
      <div className={forms.wide}>
        <p className={styles.help}>{columns.length > 0 ? list(labels) : t('settings.views.columns_of_layout')}</p>
        <div className={styles.actions}>
          <ColumnChooser object={object} columns={shown} onChange={onChange} />
          {columns.length > 0 ? (
            <Button look="quiet" onPress={() => onChange([])}>
              {t('settings.views.columns_reset')}
            </Button>
          ) : null}
        </div>
      </div>
    </Group>
  );
}

type SortProps = { object: ObjectDef; sort: string; error?: string; onChange: (sort: string) => void };

// As a press on the head of a column: the first key of the sort is shown and changed.
function SortSelect({ object, sort, error, onChange }: SortProps) {
  const first = sort.split(',')[0] ?? '';
  const isDown = first.startsWith('-');
  const field = isDown ? first.slice(1) : first;
  const options = offeredFields(object)
    .filter((one) => one.sortable !== false)
    .map((one) => ({ key: one.name, label: pick(one.label) }));
  return (
    <div className={forms.two}>
      <Select
        label={t('settings.views.sort')}
        placeholder={t('settings.views.sort_newest')}
        clearable
        error={error}
        value={field || null}
        onChange={(key) => onChange(key ?? '')}
        options={options}
      />
      {field ? (
        <span className={forms.turn}>
          <IconButton
            label={t(isDown ? 'settings.views.sort_down' : 'settings.views.sort_up')}
            onPress={() => onChange(isDown ? field : `-${field}`)}
          >
            {isDown ? <ArrowDown size={14} aria-hidden="true" /> : <ArrowUp size={14} aria-hidden="true" />}
          </IconButton>
        </span>
      ) : null}
    </div>
  );
}
