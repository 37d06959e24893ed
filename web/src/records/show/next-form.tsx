// Setting the next step: on the record where it keeps one, else as a task about it.
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { fieldErrors } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import { changeRecord, createRecord } from '../../api/records.ts';
import { fieldOf } from '../../api/describe.ts';
import type { Field, ObjectDef, RecordData } from '../../api/types.ts';
import { today } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { DateInput } from '../../ui/date/date-input.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { useRefresh, useTell } from '../use-refresh.ts';
import { dayChoices } from './days.ts';
import styles from './next-step.module.css';

type Props = {
  object: ObjectDef;
  record: RecordData;
  activity: ObjectDef | undefined;
  link: Field | undefined;
  onClose: () => void;
};

export function NextForm({ object, record, activity, link, onClose }: Props) {
  const client = useQueryClient();
  const refresh = useRefresh(object);
  const tell = useTell(object);
  const [name, setName] = useState('');
  const [day, setDay] = useState<string | null>(dayChoices(today())[0]?.day ?? null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { fields: errors, rest } = fieldErrors(refusal);
  const own = fieldOf(object, 'next_step');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    setBusy(true);
    setRefusal(null);
    try {
      if (own) {
        const next = await changeRecord(object.plural, record.id, record.version, {
          next_step: name,
          next_step_on: day,
        });
        refresh(next);
        const fields = ['next_step', 'next_step_on'].flatMap((one) => fieldOf(object, one) ?? []);
        tell(t('record.next.set'), { fields }, record, next);
      } else if (activity && link) {
        await createRecord(activity.plural, { subject: name, kind: 'task', due_on: day, [link.name]: record.id });
        void client.invalidateQueries({ queryKey: keys.object(activity.plural) });
        void client.invalidateQueries({ queryKey: keys.timeline(object.plural, record.id) });
      }
      onClose();
    } catch (error) {
      setRefusal(error);
      setBusy(false);
    }
  };
  return (
    <form
      noValidate
      onSubmit={submit}
      className={styles.form}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        onClose();
      }}
    >
      {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
      <div className={styles.fields}>
        <TextInput
          label={t('record.next.what')}
          value={name}
          onChange={setName}
          autoFocus
          error={errors.next_step ?? errors.subject}
        />
        <DateInput
          label={t('record.next.when')}
          value={day}
          onChange={setDay}
          error={errors.next_step_on ?? errors.due_on}
        />
      </div>
      <div className={styles.buttons}>
        <Button compact onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <Button compact type="submit" look="primary" isDisabled={busy || !name.trim()}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}
