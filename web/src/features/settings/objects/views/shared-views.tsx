// What members share of their own: taken over as a view for everybody, or withdrawn; its owner keeps it either way.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '../../../../api/query-keys.ts';
import { sentence } from '../../../../api/problem.ts';
import { changeRecord, fewQuery } from '../../../../api/records.ts';
import type { ObjectDef, RecordData } from '../../../../api/types.ts';
import { t } from '../../../../i18n/i18n.ts';
import { Button } from '../../../../ui/button/button.tsx';
import { Table, type TableColumn } from '../../../../ui/table/table.tsx';
import { toast } from '../../../../ui/toast/toast.tsx';
import forms from '../../forms.module.css';
import styles from '../../settings.module.css';

const shared_max = 200;
const sharedQuery = (object: ObjectDef) =>
  fewQuery('views', `object = "${object.name}" and shared in ("team", "all")`, shared_max, 'name');

// Only its owner has it then.
export const withdraw = (view: RecordData) => changeRecord('views', view.id, view.version, { shared: 'me' });

export function SharedViews({ object, onTake }: { object: ObjectDef; onTake: (view: RecordData) => void }) {
  const client = useQueryClient();
  const { data } = useQuery(sharedQuery(object));
  const rows = data?.data ?? [];
  const end = async (view: RecordData) => {
    try {
      await withdraw(view);
      toast(t('settings.views.withdrawn', { name: String(view.name) }), 'good');
    } catch (error) {
      toast(sentence(error), 'bad');
    }
    await client.invalidateQueries({ queryKey: keys.lists('views') });
  };
  return (
    <section className={forms.uses}>
      <h3>{t('settings.views.of_members')}</h3>
      {rows.length > 0 ? (
        <Table
          label={t('settings.views.of_members')}
          rows={rows}
          rowKey={(row) => row.id}
          columns={columnsOf(onTake, end)}
        />
      ) : (
        <p>{t('settings.views.none_shared')}</p>
      )}
    </section>
  );
}

type Deed = (view: RecordData) => void | Promise<void>;
const columnsOf = (onTake: Deed, onEnd: Deed): TableColumn<RecordData>[] => [
  { key: 'name', head: t('views.name'), names: true, cell: (row) => String(row.name) },
  { key: 'owner', head: t('settings.views.owner'), cell: (row) => row.owner?.name ?? '' },
  {
    key: 'shared',
    head: t('views.shared'),
    cell: (row) => t(row.shared === 'team' ? 'settings.views.shared_team' : 'views.shared.all'),
  },
  {
    key: 'deeds',
    head: t('settings.views.deeds'),
    onLine: 'beside',
    cell: (row) => (
      <span className={styles.actions}>
        <Button
          compact
          aria-label={t('settings.views.take_named', { name: String(row.name) })}
          onPress={() => void onTake(row)}
        >
          {t('settings.views.take')}
        </Button>
        <Button
          compact
          aria-label={t('settings.views.withdraw_named', { name: String(row.name) })}
          onPress={() => void onEnd(row)}
        >
          {t('settings.views.withdraw')}
        </Button>
      </span>
    ),
  },
];
