// Step 2: which field each column fills, as a form or as the plan's text. The text is the truth; the form reads it and prints
// it anew.
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { list } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { Tabs } from '../../ui/tabs/tabs.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { Foot } from './foot.tsx';
import { draftPlan } from './import-api.ts';
import { addObject, missingFiles, newObject, type Plan, unmappedSheets } from './import-model.ts';
import styles from './import.module.css';
import { MapCard } from './map-card.tsx';
import type { PlanState } from './plan-state.ts';
import { FittingPlans, PlanMenu } from './saved-plans.tsx';
import { Step } from './step.tsx';
import type { Steps } from './use-step.ts';

export function MapStep({ state, steps }: { state: PlanState; steps: Steps }) {
  const [chosen, setChosen] = useState<'form' | 'text'>('form');
  const { plan, line } = state.read;
  const shown = plan ? chosen : 'text';
  return (
    <>
      <Step title={t('import.step.map')} tools={<PlanMenu state={state} />}>
        <FittingPlans state={state} />
        {state.text === '' ? (
          <Notice tone="warn">{t('import.no_draft')}</Notice>
        ) : (
          <Tabs
            label={t('import.plan')}
            value={shown}
            onChange={(key) => setChosen(key as 'form' | 'text')}
            tabs={[
              { key: 'form', label: t('import.as_form') },
              { key: 'text', label: t('import.as_text') },
            ]}
          >
            {plan && shown === 'form' ? (
              <MapForm state={state} plan={plan} />
            ) : (
              <>
                {plan ? null : <Notice tone="warn">{t('import.unread', { line: line ?? 1 })}</Notice>}
                <div className={styles.text}>
                  <TextInput
                    long
                    rows={20}
                    label={t('import.plan_text')}
                    help={t('import.plan_text_help')}
                    value={state.text}
                    onChange={(text) => state.change(() => ({ text }))}
                    spellCheck="false"
                  />
                </div>
              </>
            )}
          </Tabs>
        )}
      </Step>
      <Foot steps={steps} />
    </>
  );
}

function MapForm({ state, plan }: { state: PlanState; plan: Plan }) {
  const catalogue = useCatalogue();
  const first = catalogue.objects.find((object) => object.rights.create);
  return (
    <div className={styles.objects}>
      <MissingFiles state={state} plan={plan} />
      {plan.objects.map((object, at) => (
        <MapCard key={`${at} ${object.file} ${object.sheet}`} state={state} plan={plan} object={object} at={at} />
      ))}
      {unmappedSheets(plan, state.files).map(({ file, sheet }) => (
        <div key={`${file} ${sheet}`} className={styles.line}>
          <span className={styles.about}>{t('import.unmapped', { name: sheet ? `${file} · ${sheet}` : file })}</span>
          <Button
            compact
            isDisabled={!first}
            onPress={() => first && state.setPlan(addObject(plan, newObject(file, sheet, first.name)))}
          >
            <Plus size={14} aria-hidden="true" />
            {t('import.map_it')}
          </Button>
        </div>
      ))}
    </div>
  );
}

// A plan of last month names last month's files: the server finds out which of these they are.
function MissingFiles({ state, plan }: { state: PlanState; plan: Plan }) {
  const missing = missingFiles(plan, state.files);
  if (missing.length === 0) return null;
  const fit = () =>
    draftPlan(
      state.files.map((file) => file.file),
      state.text,
    ).then(
      (answer) => state.change(() => ({ text: answer.plan })),
      (error) => toast(sentence(error), 'bad'),
    );
  return (
    <Notice tone="warn">
      <span className={styles.line}>
        {t('import.missing_files', { names: list(missing) })}
        {state.files.length > 0 ? (
          <Button compact onPress={() => void fit()}>
            {t('import.fit_files')}
          </Button>
        ) : null}
      </span>
    </Notice>
  );
}
