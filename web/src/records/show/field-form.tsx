// The editor of one field where it stands. Escape gives up, a refusal stands beside what was typed.
import { type FormEvent, type KeyboardEvent, lazy, useRef, useState } from 'react';
import type { Field, Value } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import { type Beside, Maker } from '../fields/reference-input.tsx';
import styles from './field-panel.module.css';

const CreateDialog = lazy(() => import('../form/create-dialog.tsx').then((room) => ({ default: room.CreateDialog })));

type Props = {
  field: Field;
  value: Value;
  beside: Beside;
  // '' when it is settled, else why it was refused.
  commit: (value: Value) => Promise<string>;
  onClose: () => void;
};

export function FieldForm({ field, value, beside, commit, onClose }: Props) {
  const [draft, setDraft] = useState(value);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const why = await commit(draft);
    if (!why) return onClose();
    setRefused(why);
    setBusy(false);
  };
  const onKey = (event: KeyboardEvent) => {
    // What a dialog over it hears is none of the form's.
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || !form.current?.contains(event.target as Node))
      return;
    event.stopPropagation();
    onClose();
  };
  return (
    <form ref={form} noValidate onSubmit={save} onKeyDown={onKey} aria-busy={busy}>
      <Maker value={CreateDialog}>
        <FieldEditor
          field={field}
          value={draft}
          beside={beside}
          bare={field.kind !== 'long'}
          autoFocus
          error={refused || undefined}
          // What had the focus before the list is gone; once the list has given it back to nobody, the first button has it.
          onClose={() => setTimeout(() => form.current?.querySelector('button')?.focus())}
          onChange={(next) => {
            setRefused('');
            setDraft(next);
          }}
        />
      </Maker>
      <div className={styles.buttons}>
        <Button type="submit" look="primary" compact isDisabled={busy}>
          {t('common.save')}
        </Button>
        <Button compact onPress={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
