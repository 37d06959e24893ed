// `900000`, `90%`, `90万`: the row meant, counted from 0; null when it is none.
import { parseAmount } from '../fields/wire.ts';

export function placeOf(text: string, total: number): number | null {
  const typed = text.trim().replace('％', '%');
  const percent = typed.endsWith('%');
  const amount = parseAmount(percent ? typed.slice(0, -1) : typed);
  const number = amount === null ? Number.NaN : Number(amount);
  if (!Number.isFinite(number) || number < 0 || total === 0) return null;
  const row = percent ? Math.floor((Math.min(100, number) / 100) * total) : Math.round(number) - 1;
  return Math.max(0, Math.min(total - 1, row));
}
