// Reasons in words.
import { moneyShort } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import type { TagTone } from '../../ui/tag/tag.tsx';
import type { Reason, ReasonKey } from './today-model.ts';

export const toneOf: { [key in ReasonKey]: TagTone } = {
  promise_late: 'bad',
  promise_today: 'info',
  closing_soon: 'info',
  fresh: 'info',
  closing_past: 'warn',
  stalled: 'warn',
  silent: 'warn',
  never: 'warn',
  waiting: 'warn',
  forgotten: 'plain',
  big: 'good',
  hot: 'good',
  no_step: 'plain',
};

export function sayReason(reason: Reason): string {
  const { key, days = 0, text = '', amount = 0 } = reason;
  switch (key) {
    case 'promise_late':
      return text
        ? t('today.reason.promise_late', { days, step: text })
        : t('today.reason.promise_late_bare', { days });
    case 'promise_today':
      return text ? t('today.reason.promise_today', { step: text }) : t('today.reason.promise_today_bare');
    case 'fresh':
      return days > 0 ? t('today.reason.fresh', { days }) : t('today.reason.fresh_today');
    case 'closing_soon':
      return days > 0 ? t('today.reason.closing_soon', { days }) : t('today.reason.closing_today');
    case 'big':
      return t('today.reason.big', { amount: moneyShort(amount) });
    case 'hot':
      return t('today.reason.hot', { score: amount });
    case 'no_step':
      return t('today.reason.no_step');
    default:
      return t(`today.reason.${key}`, { days });
  }
}
