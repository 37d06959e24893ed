// /settings/sight: what a chosen member sees and may, object by object, and each list as the member gets it.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useCatalogue } from '../../../api/describe.ts';
import { sentence } from '../../../api/problem.ts';
import type { ObjectDef, Reference } from '../../../api/types.ts';
import { count, list } from '../../../i18n/format.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { ReferenceInput } from '../../../records/fields/reference-input.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import { Table, type TableColumn } from '../../../ui/table/table.tsx';
import { classes } from '../../../ui/classes.ts';
import { Head } from '../head.tsx';
import forms from '../forms.module.css';
import styles from '../settings.module.css';
import { SightDialog } from './sight-dialog.tsx';
import { type MemberSight, type ObjectSight, sightQuery } from './sight-api.ts';

export function SightSection({ at }: { at?: string }) {
  const navigate = useNavigate();
  const { data, error, isFetching } = useQuery({ ...sightQuery(at ?? ''), enabled: !!at });
  const go = (member: Reference | null) =>
    void navigate({ to: member ? `/settings/sight/${member.id}` : '/settings/sight' });
  return (
    <>
      <Head title={t('settings.sight')} help={t('settings.sight_help')} />
      <div className={classes(forms.form, forms.narrow)}>
        <ReferenceInput
          target="member"
          label={t('settings.sight.member')}
          value={data && at ? { id: at, name: data.member.name } : null}
          onChange={go}
        />
      </div>
      {error ? <Notice tone="bad">{sentence(error)}</Notice> : null}
      {at && isFetching && !data ? <Skeleton lines={8} /> : null}
      {data ? <Sight sight={data} /> : null}
    </>
  );
}

function Sight({ sight: { member, objects } }: { sight: MemberSight }) {
  const catalogue = useCatalogue();
  const [open, setOpen] = useState<ObjectSight | null>(null);
  const choices = catalogue.object('member')?.fields.find((field) => field.name === 'roles')?.choices ?? [];
  const roles = member.roles.map((key) => pick(choices.find((one) => one.key === key)?.label) || key);
  const known = objects.flatMap((one) => {
    const object = catalogue.object(one.name);
    return object ? [{ ...one, object }] : [];
  });
  // First what is seen at all.
  const rows = [...known.filter((one) => one.read !== 'none'), ...known.filter((one) => one.read === 'none')];
  if (!member.active) return <Notice tone="warn">{t('settings.sight.inactive', { name: member.name })}</Notice>;
  return (
    <>
      <p className={styles.about}>
        {t('settings.sight.roles', { name: member.name, roles: list(roles) || t('settings.none') })}
        {rows.some((row) => row.bounded && row.read !== 'none') ? ` ${t('settings.sight.bounded')}` : null}
      </p>
      <Table
        label={t('settings.sight.of', { name: member.name })}
        rows={rows}
        rowKey={(row) => row.name}
        columns={columns(setOpen)}
        rowClass={(row) => (row.read === 'none' ? styles.faded : undefined)}
      />
      {open ? <SightDialog member={member} sight={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

type Row = ObjectSight & { object: ObjectDef };

const level = (key: 'read' | 'edit' | 'delete'): TableColumn<Row> => ({
  key,
  head: t(`settings.rights.${key}`),
  cell: (row) => t(`settings.rights.level.${row[key]}`),
});
const columns = (onOpen: (row: Row) => void): TableColumn<Row>[] => [
  { key: 'object', head: t('settings.objects.name'), names: true, cell: (row) => pick(row.object.label) },
  level('read'),
  {
    key: 'create',
    head: t('settings.rights.create'),
    cell: (row) => t(row.create === 'none' ? 'common.no' : 'common.yes'),
  },
  level('edit'),
  level('delete'),
  { key: 'count', head: t('settings.sight.records'), number: true, cell: counted },
  { key: 'fields', head: t('settings.sight.fields'), cell: (row) => limits(row, row.object) },
  {
    key: 'list',
    head: <span className="visually-hidden">{t('settings.sight.list')}</span>,
    onLine: 'beside',
    cell: (row) =>
      row.read === 'none' ? null : (
        <Button
          look="quiet"
          aria-label={t('settings.sight.list_of', { object: pick(row.object.label) })}
          onPress={() => onOpen(row)}
        >
          {t('settings.sight.list')}
        </Button>
      ),
  },
];

const counted = (row: ObjectSight) =>
  row.read === 'none'
    ? '–'
    : row.at_least
      ? t('settings.sight.at_least', { count: count(row.count) })
      : count(row.count);

// "不可见：金额、成本；只读：负责人"
function limits(sight: ObjectSight, object: ObjectDef) {
  if (sight.read === 'none') return '–';
  const named = (names: string[]) =>
    names.map((name) => pick(object.fields.find((field) => field.name === name)?.label));
  const kinds = [
    ['hidden', named(sight.hidden)],
    ['masked', named(sight.masked)],
    ['read', named(sight.read_only)],
  ] as const;
  const said = kinds.filter(([, names]) => names.length > 0);
  if (said.length === 0) return '–';
  return (
    <ul className={styles.limits}>
      {said.map(([kind, names]) => (
        <li key={kind}>{t('settings.sight.limit', { level: t(`settings.level.${kind}`), fields: list(names) })}</li>
      ))}
    </ul>
  );
}
