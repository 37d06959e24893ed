// One lead becomes an account, a contact and a deal (一转三). The fields are the arguments of the verb, grouped by what each
// makes; what the lead already knows stands there.
import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useCatalogue } from '../../api/describe.ts';
import { act } from '../../api/records.ts';
import type { Field, RecordData, Reference, Value } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { FieldEditor } from '../../records/fields/field-editor.tsx';
import { fieldsToWire } from '../../records/fields/wire.ts';
import { FormDialog } from '../../records/form/form-dialog.tsx';
import { useSend } from '../../records/form/use-send.ts';
import type { VerbDialogProps } from '../../records/slots.ts';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './convert.module.css';

type Part = 'account' | 'contact' | 'deal';
const parts: Part[] = ['account', 'contact', 'deal'];

function partOf(field: Field): Part {
  if (field.name.startsWith('account')) return 'account';
  return field.name.startsWith('contact') ? 'contact' : 'deal';
}

// What the lead says about the things it becomes: `account_name` from its company, `contact_name` from its own name …
export function presetOf(fields: Field[], lead: RecordData): { [name: string]: Value } {
  const company = lead.company ?? lead.company_name ?? lead.account_name;
  const guess: { [name: string]: Value } = {
    account_name: company ?? lead.name,
    contact_name: lead.name,
    contact_phone: lead.phone ?? lead.mobile,
    contact_mobile: lead.mobile ?? lead.phone,
    contact_email: lead.email,
    deal_name: company ? `${String(company)} ${t('process.convert.first_deal')}` : undefined,
    amount: lead.amount ?? lead.expected_amount,
  };
  return Object.fromEntries(
    fields.filter((field) => guess[field.name] != null).map((field) => [field.name, guess[field.name]]),
  );
}

export function ConvertDialog({ object, record, verb, onClose, onDone }: VerbDialogProps) {
  const catalogue = useCatalogue();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => presetOf(verb.arguments, record));
  const { send, busy, errors, rest } = useSend();
  const stage = catalogue.object('deal')?.fields.find((field) => field.name === 'stage');
  const all = verb.arguments.map((field) =>
    field.name === 'stage' && field.type === 'text' && stage?.choices
      ? { ...field, type: 'choice' as const, choices: stage.choices }
      : field,
  );
  const own = new Set(verb.arguments.map((field) => field.name));
  const elsewhere = Object.entries(errors).filter(([name]) => !own.has(name));
  const submit = async () => {
    // An account that exists makes its name pointless.
    const body = fieldsToWire(verb.arguments, draft.account ? { ...draft, account_name: null } : draft);
    const answer = await act(object.plural, record.id, verb.name, body);
    toast(t('records.verb_done', { verb: pick(verb.label) }), 'good');
    onDone();
    const deal = (answer.deal ?? answer.converted_deal) as Reference | null | undefined;
    if (deal?.id) void navigate({ to: `/deals/${deal.id}` });
  };
  return (
    <FormDialog
      title={t('process.convert.title')}
      refusals={[...rest, ...elsewhere.map(([, say]) => say)]}
      deed={pick(verb.label)}
      isDisabled={busy}
      onClose={onClose}
      onSubmit={() => void send(submit)}
    >
      <p>{t('process.convert.help')}</p>
      {parts.map((part) => {
        const fields = all.filter((field) => partOf(field) === part);
        if (fields.length === 0) return null;
        return (
          <fieldset key={part} className={styles.part}>
            <legend>{pick(catalogue.object(part)?.label)}</legend>
            {fields.map((field) => (
              <FieldEditor
                key={field.name}
                field={field}
                value={draft[field.name] ?? null}
                error={errors[field.name]}
                onChange={(value) => setDraft((old) => ({ ...old, [field.name]: value }))}
              />
            ))}
          </fieldset>
        );
      })}
    </FormDialog>
  );
}
