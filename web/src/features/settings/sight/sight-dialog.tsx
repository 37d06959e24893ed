// The first page of a list as the member gets it: to be read, with nothing to press.
import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../../../api/describe.ts';
import { sentence } from '../../../api/problem.ts';
import type { Field, ObjectDef, RecordData } from '../../../api/types.ts';
import { count } from '../../../i18n/format.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { FieldValue } from '../../../records/fields/field-value.tsx';
import { rightAligned } from '../../../records/fields/value-text.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { Empty, Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import { Table, type TableColumn } from '../../../ui/table/table.tsx';
import styles from '../settings.module.css';
import { type MemberSight, type ObjectSight, sightListQuery } from './sight-api.ts';

type Props = { member: MemberSight['member']; sight: ObjectSight; onClose: () => void };

export function SightDialog({ member, sight, onClose }: Props) {
  const object = useCatalogue().object(sight.name);
  const { data, error } = useQuery(sightListQuery(member.id, sight.name));
  const title = t('settings.sight.list_title', { name: member.name, object: pick(object?.plural_label) });
  return (
    <Dialog
      title={title}
      size="large"
      onClose={onClose}
      footer={
        <Button look="primary" onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      {error ? <Notice tone="bad">{sentence(error)}</Notice> : null}
      {!data && !error ? <Skeleton lines={8} /> : null}
      {data && object ? (
        <>
          {data.data.length === 0 ? (
            <Empty title={t('settings.sight.empty')} />
          ) : (
            <Table
              label={title}
              rows={data.data}
              rowKey={(row) => row.id}
              columns={data.fields.flatMap((name) => columnOf(object, name, sight.masked))}
            />
          )}
          {data.next ? (
            <p className={styles.help}>{t('settings.sight.first', { count: count(data.data.length) })}</p>
          ) : null}
        </>
      ) : null}
    </Dialog>
  );
}

function columnOf(object: ObjectDef, name: string, masked: string[]): TableColumn<RecordData>[] {
  const field = object.fields.find((one) => one.name === name);
  if (!field) return [];
  const seen: Field = masked.includes(name) ? { ...field, type: 'text', kind: 'plain' } : field;
  return [
    {
      key: name,
      head: pick(field.label),
      number: rightAligned(seen),
      names: name === object.name_field,
      cell: (row) => <FieldValue field={seen} value={row[name]} links={false} />,
    },
  ];
}
