// One object: its fields, how they are laid out, and the views of its list.
import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Definition, FieldOverlay } from '../../../api/definitions.ts';
import { type Catalogue, useCatalogue } from '../../../api/describe.ts';
import type { Field, ObjectDef } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Checkbox } from '../../../ui/field/checkbox.tsx';
import { SearchInput } from '../../../ui/field/search-input.tsx';
import { Table, type TableColumn } from '../../../ui/table/table.tsx';
import { Segments } from '../../../ui/field/segments.tsx';
import { Tag } from '../../../ui/tag/tag.tsx';
import { Head } from '../head.tsx';
import styles from '../settings.module.css';
import { useBase } from '../use-base.ts';
import { FieldDialog } from './field-dialog.tsx';
import { namedLike, ownFields } from './field-model.ts';
import { LayoutEditor } from './layout-editor.tsx';
import { ObjectDialog } from './object-dialog.tsx';
import { ViewsTab } from './views/views-tab.tsx';

export function ObjectPage({ object, definition }: { object: ObjectDef; definition: Definition }) {
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const [tab, setTab] = useState('fields');
  return (
    <>
      <Head
        title={pick(object.label)}
        back={{ to: '/settings/objects', label: t('settings.objects') }}
        actions={
          <>
            <Button onPress={() => setRenaming(true)}>{t('settings.object.edit')}</Button>
            {tab === 'views' ? null : (
              <Button look="primary" onPress={() => setAdding(true)}>
                <Plus size={14} aria-hidden="true" />
                {t('settings.field.add')}
              </Button>
            )}
          </>
        }
      />
      <div className={styles.tools}>
        <Segments
          label={pick(object.label)}
          value={tab}
          onChange={setTab}
          options={[
            { key: 'fields', label: t('settings.object.fields') },
            { key: 'layout', label: t('settings.object.layout') },
            { key: 'views', label: t('settings.object.views') },
          ]}
        />
      </div>
      {tab === 'fields' ? <FieldList object={object} definition={definition} /> : null}
      {tab === 'layout' ? <LayoutTab object={object} definition={definition} /> : null}
      {tab === 'views' ? <ViewsTab object={object} definition={definition} /> : null}
      {adding ? <FieldDialog object={object} definition={definition} onClose={() => setAdding(false)} /> : null}
      {renaming ? <ObjectDialog object={object} definition={definition} onClose={() => setRenaming(false)} /> : null}
    </>
  );
}

function LayoutTab({ object, definition }: { object: ObjectDef; definition: Definition }) {
  const { base, isOutdated, take } = useBase(definition, (one) => one.version);
  return <LayoutEditor key={base.version} object={object} definition={base} onTake={isOutdated ? take : undefined} />;
}

function FieldList({ object, definition }: { object: ObjectDef; definition: Definition }) {
  const catalogue = useCatalogue();
  const [editing, setEditing] = useState<Field | null>(null);
  const [find, setFind] = useState('');
  const [retired, setRetired] = useState(false);
  const overlays = new Map((definition.overlay?.fields ?? []).map((field) => [field.name, field]));
  const all = ownFields(object);
  const rows = all
    .filter((field) => retired || field.active !== false)
    .filter(namedLike(find))
    .sort((a, b) => Number(b.custom ?? false) - Number(a.custom ?? false));
  const gone = all.length - all.filter((field) => field.active !== false).length;
  return (
    <>
      <div className={styles.tools}>
        <SearchInput
          label={t('settings.field.find')}
          placeholder={t('settings.field.find')}
          value={find}
          onChange={setFind}
        />
        {gone > 0 ? (
          <Checkbox isSelected={retired} onChange={setRetired}>
            {t('settings.field.show_retired', { count: gone })}
          </Checkbox>
        ) : null}
      </div>
      <Table
        label={t('settings.object.fields')}
        rows={rows}
        rowKey={(row) => row.name}
        rowClass={(row) => (row.active === false ? styles.faded : undefined)}
        columns={columns(catalogue, overlays, setEditing)}
      />
      {editing ? (
        <FieldDialog
          key={editing.name}
          object={object}
          definition={definition}
          field={editing}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </>
  );
}

type Columns = TableColumn<Field>[];
const columns = (
  catalogue: Catalogue,
  overlays: Map<string, FieldOverlay>,
  onEdit: (field: Field) => void,
): Columns => [
  {
    key: 'label',
    head: t('settings.field.label'),
    names: true,
    cell: (row) => (
      <button type="button" className={styles.open} onClick={() => onEdit(row)}>
        {pick(row.label)}
        <Pencil size={12} aria-hidden="true" />
      </button>
    ),
  },
  { key: 'key', head: t('settings.field.key'), onLine: 'bare', cell: (row) => <code>{row.name}</code> },
  { key: 'type', head: t('settings.field.type'), onLine: 'bare', cell: (row) => typeText(catalogue, row) },
  {
    key: 'marks',
    head: t('settings.field.marks'),
    onLine: 'bare',
    cell: (row) => marksOf(row, overlays.get(row.name)),
  },
];

const typeText = (catalogue: Catalogue, field: Field): string => {
  const type = t(`settings.type.${field.type}`);
  return field.target ? `${type} → ${pick(catalogue.object(field.target)?.label) || field.target}` : type;
};

function marksOf(field: Field, overlay: FieldOverlay | undefined) {
  const marks: [boolean, string, 'plain' | 'info' | 'warn'][] = [
    [field.active === false, t('settings.retired'), 'warn'],
    [field.custom ?? false, t('settings.custom'), 'info'],
    [field.required ?? false, t('settings.field.required'), 'plain'],
    [!!overlay?.required_when, t('settings.field.required_when_short'), 'plain'],
    [!!overlay?.shown_when, t('settings.field.shown_when_short'), 'plain'],
    [field.unique ?? false, t('settings.field.unique'), 'plain'],
    [field.written_by === 'verb', t('settings.field.by_verb'), 'plain'],
  ];
  const held = marks.filter(([on]) => on);
  if (held.length === 0) return null;
  return (
    <span className={styles.marks}>
      {held.map(([, text, tone]) => (
        <Tag key={text} tone={tone}>
          {text}
        </Tag>
      ))}
    </span>
  );
}
