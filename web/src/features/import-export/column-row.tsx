// One column of a file: what stands in it, which fields it becomes, how sure the draft was.
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { ObjectDef } from '../../api/types.ts';
import { list } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Tag, type TagTone } from '../../ui/tag/tag.tsx';
import { FieldChoice, FieldTarget } from './field-target.tsx';
import {
  addField,
  changeField,
  mapColumn,
  type Plan,
  replaceField,
  samples,
  type Sheet,
  type Sureness,
  sureness,
} from './import-model.ts';
import styles from './import.module.css';
import type { PlanState } from './plan-state.ts';

type Props = {
  state: PlanState;
  plan: Plan;
  at: number;
  def: ObjectDef;
  sheet: Sheet | undefined;
  heading: string;
};
const tones: { [sure in Sureness]: TagTone } = { sure: 'good', likely: 'info', guess: 'warn' };
const words_max = 12;

export function ColumnRow({ state, plan, at, def, sheet, heading }: Props) {
  const [isAdding, setAdding] = useState(false);
  const object = plan.objects[at];
  const column = object?.columns.find((one) => one.heading === heading);
  const sure = object && column ? sureness(state.drafted, object, column) : null;
  const cells = samples(sheet, heading);
  const isUnknown = !!sheet && !sheet.columns.includes(heading);
  const seen = samples(sheet, heading, words_max);
  const where = {
    heading,
    file: state.files.find((file) => file.name === object?.file)?.file,
    sheet: object?.sheet ?? '',
    encoding: object?.encoding ?? '',
    delimiter: object?.delimiter ?? '',
    empty: object?.empty ?? [],
  };
  return (
    <li className={styles.column}>
      <div className={styles.heading}>
        <strong>{heading}</strong>
        {isUnknown ? <Tag tone="warn">{t('import.column_missing')}</Tag> : null}
        <span className={styles.cells}>{cells.length > 0 ? list(cells) : t('import.cells_empty')}</span>
      </div>
      <div className={styles.target}>
        {(column?.fields ?? [undefined]).map((target, place) => (
          <FieldTarget
            // A field that changes or goes keeps its place, and what has the focus with it.
            key={place}
            column={where}
            def={def}
            target={target}
            seen={seen}
            onReplace={(field) =>
              state.setPlan(
                target ? replaceField(plan, at, heading, target.field, field) : mapColumn(plan, at, heading, field),
              )
            }
            onChange={(change) => target && state.setPlan(changeField(plan, at, heading, target.field, change))}
          />
        ))}
        {column && isAdding ? (
          <FieldChoice
            def={def}
            label={t('import.one_more_of', { name: heading })}
            placeholder={t('import.one_more')}
            value={null}
            onChange={(field) => {
              if (!field) return;
              setAdding(false);
              state.setPlan(addField(plan, at, heading, field));
            }}
          />
        ) : null}
        {column && !isAdding ? (
          <Button
            compact
            look="quiet"
            className={styles.more}
            aria-label={t('import.one_more_of', { name: heading })}
            onPress={() => setAdding(true)}
          >
            <Plus size={13} aria-hidden="true" />
            {t('import.one_more')}
          </Button>
        ) : null}
      </div>
      <div className={styles.mark}>
        {sure ? <Tag tone={tones[sure]}>{t(`import.sure.${sure}`)}</Tag> : null}
        {column ? null : <Tag>{t('import.left_out_mark')}</Tag>}
      </div>
    </li>
  );
}
