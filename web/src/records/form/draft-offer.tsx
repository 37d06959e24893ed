// What was typed here before and not saved, offered above the form.
import type { Draft } from '../../lib/drafts.ts';
import { when } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import styles from './form.module.css';

export function DraftOffer<T extends object>({ draft }: { draft: Draft<T> }) {
  if (!draft.offered) return null;
  return (
    <Notice>
      <div className={styles.offer}>
        <span>{t('records.draft.found', { at: when(new Date(draft.offered.at).toISOString()) })}</span>
        <Button compact onPress={draft.restore}>
          {t('records.draft.restore')}
        </Button>
        <Button compact look="quiet" onPress={draft.discard}>
          {t('records.draft.discard')}
        </Button>
      </div>
    </Notice>
  );
}
