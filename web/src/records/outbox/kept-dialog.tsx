import { t } from '../../i18n/i18n.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { KeptList, useKept } from './kept-list.tsx';

export function KeptDialog({ onClose }: { onClose: () => void }) {
  const list = useKept();
  return (
    <Dialog title={t('outbox.title')} onClose={onClose}>
      {list.length === 0 ? <p>{t('outbox.none')}</p> : <KeptList list={list} />}
    </Dialog>
  );
}
