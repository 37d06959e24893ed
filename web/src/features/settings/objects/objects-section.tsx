// /settings/objects: every object; /settings/objects/deal: one of them.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { definitionsQuery } from '../../../api/definitions.ts';
import { useCatalogue } from '../../../api/describe.ts';
import type { ObjectDef } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Skeleton } from '../../../ui/empty/empty.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Table, type TableColumn } from '../../../ui/table/table.tsx';
import { Tag } from '../../../ui/tag/tag.tsx';
import { Head } from '../head.tsx';
import { inOrder } from '../in-order.ts';
import styles from '../settings.module.css';
import { ObjectDialog } from './object-dialog.tsx';
import { ObjectPage } from './object-page.tsx';
import { RetiredObjects } from './retired-objects.tsx';

export function ObjectsSection({ at }: { at?: string }) {
  const catalogue = useCatalogue();
  const { data } = useQuery(definitionsQuery);
  const [adding, setAdding] = useState(false);
  if (!data) return <Skeleton lines={8} />;
  const object = at === undefined ? undefined : catalogue.object(at);
  const definition = data.find((one) => one.object === at);
  if (object && definition) return <ObjectPage object={object} definition={definition} />;
  return (
    <>
      <Head
        title={t('settings.objects')}
        help={t('settings.objects.help')}
        actions={
          <Button look="primary" onPress={() => setAdding(true)}>
            <Plus size={14} aria-hidden="true" />
            {t('settings.objects.add')}
          </Button>
        }
      />
      <Table
        label={t('settings.objects')}
        rows={inOrder(catalogue.objects)}
        rowKey={(row) => row.name}
        columns={columns()}
      />
      <RetiredObjects definitions={data} />
      {adding ? <ObjectDialog onClose={() => setAdding(false)} /> : null}
    </>
  );
}

const customFields = (of: ObjectDef): number => of.fields.filter((field) => field.custom).length;
const columns = (): TableColumn<ObjectDef>[] => [
  {
    key: 'name',
    head: t('settings.objects.name'),
    names: true,
    cell: (row) => (
      <Link to={`/settings/objects/${row.name}`} className={styles.named}>
        <Icon name={row.custom ? row.icon : row.name} also={row.custom ? 'custom' : row.icon} />
        {pick(row.label)}
      </Link>
    ),
  },
  { key: 'key', head: t('settings.objects.key'), onLine: 'bare', cell: (row) => <code>{row.name}</code> },
  { key: 'fields', head: t('settings.objects.fields'), number: true, cell: (row) => row.fields.length },
  { key: 'own', head: t('settings.objects.own_fields'), number: true, cell: (row) => customFields(row) || '–' },
  {
    key: 'kind',
    head: t('settings.objects.kind'),
    onLine: 'beside',
    cell: (row) => (row.custom ? <Tag tone="info">{t('settings.custom')}</Tag> : <Tag>{t('settings.built_in')}</Tag>),
  },
];
