import { pick, t } from '../../i18n/i18n.ts';
import type { Verdict } from './board-model.ts';

// Why a column takes a card or not; '' where there is nothing to say.
export function verdictText(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'gate':
      return t('board.verdict.gate', { count: verdict.missing });
    case 'reason':
      return t('board.verdict.reason');
    case 'refused':
      return verdict.why === 'skip'
        ? t('board.verdict.skip', { stage: pick(verdict.next) })
        : t(`board.verdict.${verdict.why}`);
    default:
      return '';
  }
}
