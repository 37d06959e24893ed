// The second way out of a gate: to ask somebody for an exception, with the reason.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { askApproval, toldOfApproval } from '../../api/approvals.ts';
import { fieldErrors } from '../../api/problem.ts';
import type { Fields } from '../../api/records.ts';
import type { ObjectDef, RecordData, Reference, Verb } from '../../api/types.ts';
import { list } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { TextInput } from '../../ui/field/text-input.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { FormDialog } from '../form/form-dialog.tsx';
import { useSend } from '../form/use-send.ts';

type Props = {
  object: ObjectDef;
  record: RecordData;
  verb: Verb;
  body: Fields;
  deciders: Reference[];
  onClose: () => void;
};

export function AskException({ object, record, verb, body, deciders, onClose }: Props) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const { send, busy, refusal } = useSend();
  const { fields, rest } = fieldErrors(refusal);
  const ask = async () => {
    await askApproval(object.plural, record.id, verb.name, body, reason);
    void toldOfApproval(client, object.plural, record.id);
    toast(t('approval.was_asked', { name: deciders[0]?.name ?? '' }), 'good');
    onClose();
  };
  return (
    <FormDialog
      title={t('approval.ask')}
      size="small"
      refusals={rest}
      deed={t('approval.send')}
      isDisabled={busy}
      onClose={onClose}
      onSubmit={() => void send(ask)}
    >
      <p>{t('approval.ask_help', { names: list(deciders.map((one) => one.name)) })}</p>
      <TextInput
        label={t('approval.reason')}
        long
        rows={3}
        isRequired
        autoFocus
        maxLength={500}
        value={reason}
        error={fields.reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
