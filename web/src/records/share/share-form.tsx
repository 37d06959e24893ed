// With whom it is to be shared next. What was chosen stays until it was accepted.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../../api/session.ts';
import { endShare, type Grantee, setShare, type Share, type ShareLevel } from '../../api/shares.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { DateInput } from '../../ui/date/date-input.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Select } from '../../ui/field/select.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { GranteeInput } from './grantee-input.tsx';
import { levels } from './levels.ts';
import { refusalOf, untilOf } from './share-model.ts';
import styles from './share.module.css';
import { undoing } from './undoing.ts';

type Draft = { grantee: Grantee | null; level: ShareLevel; day: string | null };
const empty: Draft = { grantee: null, level: 'read', day: null };

export function useShareForm(object: ObjectDef, record: RecordData) {
  const client = useQueryClient();
  const zone = useSession().organisation.time_zone;
  const [draft, setDraft] = useState(empty);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<Draft>) => {
    setDraft((old) => ({ ...old, ...change }));
    setRefusal(null);
  };
  const submit = async () => {
    const { grantee, level, day } = draft;
    if (!grantee || busy) return;
    setBusy(true);
    setRefusal(null);
    try {
      await setShare(client, object.plural, record.id, grantee.id, { level, until: untilOf(day, zone) });
      toast(t('share.added', { name: grantee.name }), 'good', {
        label: t('common.undo'),
        run: undoing(() => endShare(client, object.plural, record.id, grantee.id)),
      });
      setDraft(empty);
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return { draft, set, submit, busy, refusal };
}

type Props = { form: ReturnType<typeof useShareForm>; record: RecordData; shares: Share[] };

export function ShareForm({ form: { draft, set, busy, refusal }, record, shares }: Props) {
  const { at, rest } = refusalOf(refusal);
  const taken = [...shares.map((share) => share.grantee.id), ...(record.owner ? [record.owner.id] : [])];
  return (
    <div className={styles.form}>
      {rest.length > 0 ? (
        <div className={styles.whole}>
          <Notice tone="bad">{rest.join(' ')}</Notice>
        </div>
      ) : null}
      <GranteeInput
        value={draft.grantee}
        onChange={(grantee) => set({ grantee })}
        taken={taken.filter((id) => id !== draft.grantee?.id)}
        error={at.grantee}
      />
      <Select
        label={t('share.level')}
        value={draft.level}
        onChange={(level) => set({ level: level === 'edit' ? 'edit' : 'read' })}
        options={levels()}
        error={at.level}
        isRequired
      />
      <DateInput label={t('share.until')} value={draft.day} onChange={(day) => set({ day })} error={at.until} />
      <div className={styles.deed}>
        <Button type="submit" look="primary" wide isDisabled={!draft.grantee || busy}>
          {t('share.add')}
        </Button>
      </div>
    </div>
  );
}
