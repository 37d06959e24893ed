// Values as the server reads them, and as a person types them.
import type { Address, Field, Money, Reference, Value } from '../../api/types.ts';
import { baseCurrency } from '../../i18n/format.ts';

export function toWire(field: Field, value: Value): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.length > 0 ? value : null;
  if (field.type === 'reference') return typeof value === 'object' ? (value as Reference).id : value;
  return value;
}

export function fieldsToWire(fields: Field[], draft: { [name: string]: Value }): { [name: string]: unknown } {
  const body: { [name: string]: unknown } = {};
  for (const field of fields) {
    if (field.name in draft) body[field.name] = toWire(field, draft[field.name]);
  }
  return body;
}

export function same(field: Field, a: Value, b: Value): boolean {
  return JSON.stringify(toWire(field, a)) === JSON.stringify(toWire(field, b));
}

// `12万`, `1,236,800.5`, `¥3亿` → exact decimal text; null when it is not an amount.
export function parseAmount(text: string): string | null {
  const clean = text.replace(/[,，\s¥￥$€]/g, '').replace('−', '-');
  const match = /^(-?)(\d*)(?:\.(\d*))?(万|亿|[kKmM])?$/.exec(clean);
  if (!match) return null;
  const [, sign = '', whole = '', fraction = '', unit] = match;
  if (whole === '' && fraction === '') return null;
  const shift = unit === '万' ? 4 : unit === '亿' ? 8 : unit === 'k' || unit === 'K' ? 3 : unit ? 6 : 0;
  const digits = whole + fraction.padEnd(shift, '0').slice(0, shift);
  const rest = fraction.slice(shift);
  const head = digits.replace(/^0+(?=\d)/, '') || '0';
  return `${sign}${head}${rest ? `.${rest}` : ''}`;
}

export function parseMoney(text: string, currency: string | undefined): Money | null {
  const amount = parseAmount(text);
  return amount === null ? null : { amount, currency: currency ?? baseCurrency() };
}

export function emptyAddress(address: Address | null | undefined): boolean {
  return !address || (!address.country && !address.region && !address.detail);
}
