// The editor of one field where it stands. Escape gives up, a refusal stands beside what was typed.
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { Field, Value } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import styles from './field-panel.module.css';

type Props = {
  field: Field;
  value: Value;
  // '' when it is settled, else why it was refused.
  commit: (value: Value) => Promise<string>;
  onClose: () => void;
};

export function FieldForm({ field, value, commit, onClose }: Props) {
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
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    onClose();
  };
  return (
    <form ref={form} noValidate onSubmit={save} onKeyDown={onKey} aria-busy={busy}>
      <FieldEditor
        field={field}
        value={draft}
        bare={field.kind !== 'long'}
        autoFocus
        error={refused || undefined}
        // What had the focus before the list is gone.
        onClose={() => setTimeout(() => form.current?.querySelector('button')?.focus())}
        onChange={(next) => {
          setRefused('');
          setDraft(next);
        }}
      />
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
