// A saved plan in the place of the one that stands there.
import { sentence } from '../../api/problem.ts';
import type { Id } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { draftPlan } from './import-api.ts';
import type { ImportState } from './use-import.ts';

export const plans = 'import_plans';

// Fitted to the files of today.
export async function take(state: ImportState, saved: { id: Id; name: string }) {
  try {
    const answer = await draftPlan(
      state.files.map((file) => file.file),
      saved.id,
    );
    state.change(() => ({ text: answer.plan, draftedText: '', drafted: [], saved }));
    toast(t('import.plan_taken', { name: saved.name }), 'good');
  } catch (error) {
    toast(sentence(error), 'bad');
  }
}
