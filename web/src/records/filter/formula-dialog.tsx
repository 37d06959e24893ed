// The filter as text, in the one language of rules: or, not, functions, children. Checked by the server while it is typed.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from '../../api/problem.ts';
import { formulaQuery } from '../../api/records.ts';
import type { ObjectDef } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { useRested } from '../../lib/debounce.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { LiveCount } from './condition-editor.tsx';
import styles from './filter.module.css';

type Props = { object: ObjectDef; filter: string; onClose: () => void; onApply: (filter: string) => void };

export function FormulaDialog({ object, filter, onClose, onApply }: Props) {
  const [text, setText] = useState(filter);
  const typed = text.trim();
  const rested = useRested(typed, 300);
  const check = useQuery({ ...formulaQuery(object.name, rested), enabled: rested !== '' });
  const refused =
    rested === typed && isProblem(check.error) ? (check.error.items[0]?.say ?? check.error.message) : undefined;
  const good = typed === '' || (rested === typed && check.isSuccess);
  return (
    <Dialog
      title={t('filter.formula')}
      onClose={onClose}
      onSubmit={() => {
        if (good) onApply(typed === '' ? '' : (check.data?.print ?? typed));
      }}
      footer={
        <>
          <LiveCount object={object} filter={good ? typed : ''} />
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={!good}>
            {t('common.apply')}
          </Button>
        </>
      }
    >
      <div className={styles.formula}>
        <TextInput
          label={t('filter.formula_label')}
          help={t('filter.formula_help')}
          error={refused}
          long
          rows={4}
          autoFocus
          value={text}
          onChange={setText}
        />
        <details>
          <summary>{t('filter.names')}</summary>
          <dl className={styles.names}>
            {object.fields.map((field) => (
              <div key={field.name}>
                <dt>
                  <code>{field.name}</code>
                </dt>
                <dd>{pick(field.label)}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </Dialog>
  );
}
