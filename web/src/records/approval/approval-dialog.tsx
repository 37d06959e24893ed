// What waits for a decision: who asks for what and why, what is missing, and the two answers. Who asked may take it back.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { decide, toldOfApproval } from '../../api/approvals.ts';
import { useCatalogue } from '../../api/describe.ts';
import { fieldErrors, sentence } from '../../api/problem.ts';
import { processQuery, recordQuery } from '../../api/records.ts';
import { useSession } from '../../api/session.ts';
import type { Id, RecordData, Reference } from '../../api/types.ts';
import { instant } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { nameOf } from '../fields/record-name.ts';
import form from '../form/form.module.css';
import { useSend } from '../form/use-send.ts';
import { RecordLink } from '../record-link.tsx';
import { CheckMark } from '../show/check-mark.tsx';
import gate from '../show/gate.module.css';
import { isForMe } from './approval-model.ts';

type Props = { id: Id; onClose: () => void };
type Decision = 'grant' | 'refuse' | 'withdraw';

export function ApprovalDialog({ id, onClose }: Props) {
  const client = useQueryClient();
  const { member } = useSession();
  const asked = useQuery(recordQuery('approvals', id));
  const [note, setNote] = useState('');
  const { send, busy, refusal } = useSend();
  const { fields, rest } = fieldErrors(refusal);
  const approval = asked.data;
  const about = useAbout(approval);
  const run = (decision: Decision) =>
    void send(async () => {
      await decide(id, decision, note);
      if (about.plural) void toldOfApproval(client, about.plural, String(approval?.record ?? ''));
      toast(t(`approval.done.${decision}`), 'good');
      onClose();
    });
  const mine = approval?.owner?.id === member.id;
  const isOpen = approval?.state === 'asked';
  return (
    <Dialog
      title={t('approval.title')}
      onClose={onClose}
      onSubmit={isOpen ? () => run(mine ? 'withdraw' : 'grant') : undefined}
      footer={
        !isOpen ? (
          <Button onPress={onClose}>{t('common.close')}</Button>
        ) : mine ? (
          <>
            <Button onPress={onClose}>{t('common.close')}</Button>
            <Button type="submit" look="danger" isDisabled={busy}>
              {t('approval.withdraw')}
            </Button>
          </>
        ) : (
          <>
            <Button look="danger" isDisabled={busy} onPress={() => run('refuse')}>
              {t('approval.refuse')}
            </Button>
            <Button type="submit" look="primary" isDisabled={busy}>
              {t('approval.grant')}
            </Button>
          </>
        )
      }
    >
      {asked.isError ? <Notice tone="bad">{sentence(asked.error)}</Notice> : null}
      {asked.isPending ? <Skeleton lines={5} /> : null}
      {approval ? (
        <div className={form.form}>
          {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
          <p>
            {t('approval.who', { name: approval.owner?.name ?? '' })}{' '}
            {about.record ? (
              <RecordLink plural={about.plural} id={about.record.id} name={about.name} />
            ) : (
              t('approval.hidden')
            )}
          </p>
          <p>{t('approval.why', { reason: String(approval.reason ?? '') })}</p>
          {about.missing.length > 0 ? (
            <section aria-label={t('approval.missing', { stage: about.to })}>
              <h3>{t('approval.missing', { stage: about.to })}</h3>
              <ul className={gate.list}>
                {about.missing.map((check) => (
                  <li key={check.key} className={gate.item}>
                    <CheckMark met={false} strength={check.strength} />
                    <span className={gate.text}>{check.say}</span>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          {isForMe(approval, member.id) ? (
            <>
              <TextInput
                label={t('approval.note')}
                help={t('approval.note_help')}
                long
                rows={2}
                maxLength={500}
                value={note}
                error={fields.note}
                onChange={setNote}
              />
              <p>{t('approval.debt_help', { until: instant(String(approval.until)) })}</p>
            </>
          ) : null}
          {isOpen ? null : <Decided approval={approval} />}
        </div>
      ) : null}
    </Dialog>
  );
}

function Decided({ approval }: { approval: RecordData }) {
  const choices = useCatalogue()
    .object('approval')
    ?.fields.find((field) => field.name === 'state')?.choices;
  const state = pick(choices?.find((one) => one.key === approval.state)?.label);
  const by = approval.decided_by as Reference | null | undefined;
  return (
    <Notice>
      {by ? t('approval.decided_by', { state, name: by.name }) : state}
      {approval.note ? ` ${String(approval.note)}` : ''}
    </Notice>
  );
}

// The record that the approval is about, as far as its reader sees it, and what its gate still wants.
function useAbout(approval: RecordData | undefined) {
  const object = useCatalogue().object(String(approval?.object ?? ''));
  const plural = object?.plural ?? '';
  const id = String(approval?.record ?? '');
  const record = useQuery({ ...recordQuery(plural, id), enabled: !!object, retry: false }).data;
  const process = useQuery({ ...processQuery(plural, id), enabled: !!object?.staged && !!record, retry: false }).data;
  return {
    plural,
    record,
    name: object && record ? nameOf(object, record) || t('records.no_name') : '',
    to: pick(process?.gate?.to?.label),
    missing: approval?.state === 'asked' ? (process?.gate?.checks ?? []).filter((check) => !check.met) : [],
  };
}
