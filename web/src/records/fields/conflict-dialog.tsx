import type { Field, Value } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { valueText } from './value-text.ts';
import styles from './fields.module.css';

type Props = { field: Field; theirs: Value; mine: Value; by?: string; onTheirs: () => void; onMine: () => void };

export function ConflictDialog({ field, theirs, mine, by, onTheirs, onMine }: Props) {
  const shown = (value: Value) => valueText(field, value) || t('records.not_filled');
  return (
    <Dialog
      size="small"
      title={t('records.conflict.title', { field: pick(field.label) })}
      onClose={onTheirs}
      footer={
        <>
          <Button onPress={onTheirs}>{t('records.conflict.theirs')}</Button>
          <Button look="primary" onPress={onMine}>
            {t('records.conflict.mine')}
          </Button>
        </>
      }
    >
      <p>{by ? t('records.conflict.by', { name: by }) : t('records.conflict.help')}</p>
      <dl className={styles.pair}>
        <dt>{t('records.conflict.now')}</dt>
        <dd>{shown(theirs)}</dd>
        <dt>{t('records.conflict.yours')}</dt>
        <dd>{shown(mine)}</dd>
      </dl>
    </Dialog>
  );
}
