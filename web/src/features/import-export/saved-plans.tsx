// Plans kept under a name: offered where the headings match, taken from the list, kept, renamed, given up. What is shared with
// the team is used by the team; only its owner changes it.
import { BookMarked } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { share } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { downloadText } from '../../lib/download.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Menu, type MenuEntry } from '../../ui/menu/menu.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { draftPlan } from './import-api.ts';
import type { SavedFit } from './import-model.ts';
import styles from './import.module.css';
import { plans, take } from './take-plan.ts';
import type { ImportState } from './use-import.ts';

const SavePlan = lazy(() => import('./save-plan.tsx').then((room) => ({ default: room.SavePlan })));
const PlanList = lazy(() => import('./plan-list.tsx').then((room) => ({ default: room.PlanList })));

// The best of those that fit, unless one was taken.
export function FittingPlans({ state }: { state: ImportState }) {
  const best = state.fits[0];
  if (state.saved || !best || state.files.length === 0) return null;
  const whole = state.fits.filter((one) => one.share === 1);
  const shown: SavedFit[] = whole.length > 0 ? whole.slice(0, 3) : [best];
  return (
    <Notice>
      <span className={styles.line}>
        {whole.length > 0 ? t('import.plan_fits') : t('import.plan_fits_partly', { share: share(best.share, 0) })}
        {shown.map((one) => (
          <Button key={one.id} compact onPress={() => void take(state, one)}>
            {t('import.plan_take', { name: one.name })}
          </Button>
        ))}
      </span>
    </Notice>
  );
}

export function PlanMenu({ state }: { state: ImportState }) {
  const rights = useCatalogue().plural(plans)?.rights;
  const [open, setOpen] = useState<'save' | 'list' | null>(null);
  const close = () => setOpen(null);
  const entries: MenuEntry[] = [];
  if (rights?.create && state.text !== '')
    entries.push({ key: 'save', label: t('import.plan_save'), onAction: () => setOpen('save') });
  if (rights?.read) entries.push({ key: 'list', label: t('import.plan_choose'), onAction: () => setOpen('list') });
  if (state.files.length > 0)
    entries.push({ key: 'draft', label: t('import.draft_again'), onAction: () => void draftAgain(state) });
  if (state.text !== '')
    entries.push({
      key: 'download',
      label: t('import.download_plan'),
      onAction: () => downloadText('plan.yaml', state.text, 'application/yaml'),
    });
  return (
    <>
      {state.saved ? <Tag tone="info">{state.saved.name}</Tag> : null}
      <Menu
        label={t('import.plan')}
        trigger={
          <Button compact>
            <BookMarked size={14} aria-hidden="true" />
            {t('import.plan')}
          </Button>
        }
        groups={[{ key: 'plan', entries }]}
      />
      <Suspense fallback={null}>
        {open === 'save' ? <SavePlan state={state} onClose={close} /> : null}
        {open === 'list' ? <PlanList state={state} onClose={close} /> : null}
      </Suspense>
    </>
  );
}

async function draftAgain(state: ImportState) {
  try {
    const { plan, files, plans: fits } = await draftPlan(state.files.map((file) => file.file));
    state.change(() => ({ text: plan, draftedText: plan, drafted: files, fits, saved: null }));
  } catch (error) {
    toast(sentence(error), 'bad');
  }
}
