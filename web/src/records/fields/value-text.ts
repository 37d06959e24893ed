// One value as text in the reader's language; '' when there is none.
import type { Address, Field, Label, Money, Reference, Value } from '../../api/types.ts';
import * as format from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { plainText } from '../../lib/mentions.ts';

export function choiceText(field: Field, key: string): string {
  const choice = field.choices?.find((one) => one.key === key);
  return choice ? pick(choice.label) : key;
}

export function addressText(address: Address): string {
  return [address.region, address.detail].filter(Boolean).join(' ');
}

export function valueText(field: Field, value: Value): string {
  if (value === null || value === undefined || value === '') return '';
  switch (field.type) {
    case 'money':
      return format.money(value as Money | string | number);
    case 'share':
      return format.share(value as number);
    case 'number':
      return format.decimal(value as number | string);
    case 'date':
      return format.date(value as string);
    case 'instant':
      return format.instant(value as string);
    case 'duration':
      return format.duration(value as string);
    case 'boolean':
      return value ? t('common.yes') : t('common.no');
    case 'choice':
      return choiceText(field, String(value));
    case 'choices':
      return format.list((Array.isArray(value) ? value : []).map((key) => choiceText(field, key)));
    case 'reference':
      return typeof value === 'object' ? (value as Reference).name : String(value);
    case 'address':
      return addressText(value as Address);
    default:
      if (field.kind === 'phone') return format.phone(String(value));
      return field.kind === 'long' ? plainText(String(value)) : String(value);
  }
}

// A value of the past: what was referred to may be gone since, or nothing for this reader.
export function pastText(field: Field, value: Value): string {
  const reference = field.type === 'reference' && value !== null && typeof value === 'object' && 'id' in value;
  return reference && !(value as Reference).name ? t('record.past_unnamed') : valueText(field, value);
}

export const rightAligned = (field: Field): boolean =>
  field.type === 'money' || field.type === 'number' || field.type === 'share';

// A refusal begins with the field's name as programs know it; a person reads its label.
export function inWords(say: string, field: { name: string; label: Label | string }): string {
  const rest = say.slice(field.name.length);
  return say.startsWith(field.name) && !/^\w/.test(rest) ? pick(field.label) + rest : say;
}
