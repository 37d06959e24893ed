// The way back of a toast: it says how it went, for the dialog may be gone by then.
import { sentence } from '../../api/problem.ts';
import { t } from '../../i18n/i18n.ts';
import { toast } from '../../ui/toast/toast.tsx';

export const undoing = (work: () => Promise<void>) => () =>
  void work().then(
    () => toast(t('records.undo.done'), 'good'),
    (error: unknown) => toast(t('records.undo.refused', { say: sentence(error) }), 'bad'),
  );
