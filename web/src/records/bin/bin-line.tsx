// One record of the bin: what it was called, what it was about, who put it there and when.
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { Field, ObjectDef, RecordData, Reference } from '../../api/types.ts';
import { instant, when } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { nameOf } from '../fields/record-name.ts';
import { valueText } from '../fields/value-text.ts';
import styles from './bin.module.css';

type Props = {
  object: ObjectDef;
  record: RecordData;
  details: Field[];
  ticked: boolean;
  onTick?: () => void;
  onRestore: () => Promise<void>;
};

export function BinLine({ object, record, details, ticked, onTick, onRestore }: Props) {
  const [busy, setBusy] = useState(false);
  const name = nameOf(object, record) || t('records.no_name');
  const about = details.map((field) => valueText(field, record[field.name])).filter(Boolean);
  const at = String(record.deleted_at ?? '');
  const by = (record.deleted_by as Reference | null | undefined)?.name;
  const restore = async () => {
    setBusy(true);
    await onRestore();
    setBusy(false);
  };
  return (
    <li className={styles.line}>
      {onTick ? <Checkbox aria-label={t('bin.tick', { name })} isSelected={ticked} onChange={onTick} /> : null}
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        <span className={styles.about}>{about.join(' · ')}</span>
      </span>
      <time dateTime={at} title={instant(at)} className={styles.when}>
        {by ? t('bin.deleted_by', { name: by, at: when(at) }) : t('bin.deleted', { at: when(at) })}
      </time>
      <Button aria-label={t('bin.restore_one', { name })} isDisabled={busy} onPress={() => void restore()}>
        <RotateCcw size={15} aria-hidden="true" />
        {t('bin.restore')}
      </Button>
    </li>
  );
}
