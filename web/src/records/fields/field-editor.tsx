// The editor of each field type. Values are those of the wire, except that a reference keeps its name while it is edited.
import { type ReactNode, useState } from 'react';
import type { Address, Field, Money, Reference, Value } from '../../api/types.ts';
import { baseCurrency } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { Select } from '../../ui/field/select.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { DateInput } from '../../ui/date/date-input.tsx';
import { AddressInput, ChoicesInput, DurationInput } from './composed-inputs.tsx';
import { MentionInput } from './mention-input.tsx';
import { type Beside, ReferenceInput } from './reference-input.tsx';
import { inWords } from './value-text.ts';
import { parseAmount, parseMoney } from './wire.ts';

export type EditorProps = {
  field: Field;
  value: Value;
  onChange: (value: Value) => void;
  error?: string;
  autoFocus?: boolean;
  // In a cell the column header is the label.
  bare?: boolean;
  isRequired?: boolean;
  placeholder?: string;
  // What stands in the same form: see ReferenceInput.
  beside?: Beside;
  // A list of choices was closed.
  onClose?: () => void;
};

export function FieldEditor(props: EditorProps): ReactNode {
  const { field, value, onChange, error, autoFocus, bare, isRequired, beside, onClose, placeholder } = props;
  const name = pick(field.label);
  const frame = {
    ...(bare ? { 'aria-label': name } : { label: name, help: pick(field.help) || undefined }),
    error: error && inWords(error, field),
    autoFocus,
    isRequired: isRequired ?? field.required,
  };
  switch (field.type) {
    case 'money':
    case 'number':
    case 'share':
      return <AmountInput key={field.name} field={field} value={value} onChange={onChange} frame={frame} />;
    case 'date':
    case 'instant':
      return (
        <DateInput
          {...frame}
          value={(value as string) ?? null}
          onChange={onChange}
          withTime={field.type === 'instant'}
        />
      );
    case 'duration':
      return <DurationInput frame={frame} value={(value as string) ?? ''} onChange={onChange} />;
    case 'boolean':
      return bare || !isRequired ? (
        <Checkbox isSelected={value === true} onChange={onChange} autoFocus={autoFocus} aria-label={name}>
          {bare ? null : name}
        </Checkbox>
      ) : (
        <Select
          {...frame}
          value={value === true ? 'yes' : value === false ? 'no' : null}
          onChange={(key) => onChange(key === null ? null : key === 'yes')}
          options={[
            { key: 'yes', label: t('common.yes') },
            { key: 'no', label: t('common.no') },
          ]}
        />
      );
    case 'choice':
      return (
        <Select
          {...frame}
          clearable={!frame.isRequired}
          defaultOpen={bare && autoFocus}
          onOpenChange={(open) => {
            if (!open) onClose?.();
          }}
          value={(value as string) ?? null}
          onChange={onChange}
          options={(field.choices ?? [])
            .filter((choice) => choice.active || choice.key === value)
            .map((choice) => ({ key: choice.key, label: pick(choice.label) }))}
        />
      );
    case 'choices':
      return <ChoicesInput field={field} frame={frame} value={Array.isArray(value) ? value : []} onChange={onChange} />;
    case 'reference':
      return (
        <ReferenceInput
          {...frame}
          target={field.target}
          value={(value as Reference) ?? null}
          beside={beside && { ...beside, [field.name]: null }}
          onChange={onChange}
        />
      );
    case 'address':
      return <AddressInput frame={frame} value={(value as Address) ?? null} onChange={onChange} />;
    default:
      if (field.kind === 'long' && !bare)
        return (
          <MentionInput {...frame} value={(value as string) ?? ''} onChange={onChange} placeholder={placeholder} />
        );
      return (
        <TextInput
          {...frame}
          value={(value as string) ?? ''}
          onChange={onChange}
          maxLength={field.max_length}
          type={
            field.kind === 'email' ? 'email' : field.kind === 'phone' ? 'tel' : field.kind === 'url' ? 'url' : 'text'
          }
          inputMode={field.kind === 'phone' ? 'tel' : field.kind === 'email' ? 'email' : undefined}
        />
      );
  }
}

type Frame = {
  label?: string;
  help?: string;
  error?: string;
  autoFocus?: boolean;
  isRequired?: boolean;
  'aria-label'?: string;
};

// Money, numbers and shares are typed as text: exact, with 万 and 亿, and a share as percent.
function AmountInput({
  field,
  value,
  onChange,
  frame,
}: {
  field: Field;
  value: Value;
  onChange: (value: Value) => void;
  frame: Frame;
}) {
  const [text, setText] = useState(() => textOf(field, value));
  const currency = field.type === 'money' ? ((value as Money | null)?.currency ?? baseCurrency()) : undefined;
  const change = (next: string) => {
    setText(next);
    onChange(valueOf(field, next, currency));
  };
  const suffix = field.type === 'share' ? '%' : currency;
  return (
    <TextInput
      {...frame}
      label={frame.label && suffix ? `${frame.label} (${suffix})` : frame.label}
      value={text}
      onChange={change}
      inputMode="decimal"
      number
    />
  );
}

function textOf(field: Field, value: Value): string {
  if (value === null || value === undefined) return '';
  if (field.type === 'money')
    return typeof value === 'object' ? (value as Money).amount.replace(/\.0+$/, '') : String(value);
  if (field.type === 'share') return String(Math.round(Number(value) * 1e6) / 1e4);
  return String(value);
}

// What is not a number goes to the server as typed: its refusal names the field, and nothing is lost in silence.
function valueOf(field: Field, text: string, currency: string | undefined): Value {
  if (text.trim() === '') return null;
  if (field.type === 'money') return parseMoney(text, currency) ?? text;
  const amount = parseAmount(text.replace('%', ''));
  if (amount === null) return text;
  if (field.type === 'share') return Number((Number(amount) / 100).toFixed(6));
  return amount.replace(/\D/g, '').length > 15 ? amount : Number(amount);
}
