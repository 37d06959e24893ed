// Step 2: the plan as a form or as its text. The text is the truth; the form reads it and prints it anew.
import { Download, Plus } from 'lucide-react';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { list } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { Tabs } from '../../ui/tabs/tabs.tsx';
import { addObject, missingFiles, newObject, type Plan, unmappedSheets } from './import-model.ts';
import styles from './import.module.css';
import { ObjectCard } from './object-card.tsx';
import { Step } from './step.tsx';
import type { PlanState } from './plan-room.tsx';

export function PlanStep({ state }: { state: PlanState }) {
  const [chosen, setChosen] = useState<'form' | 'text'>('form');
  const { plan, line } = state.read;
  const shown = plan ? chosen : 'text';
  return (
    <Step
      number={2}
      title={t('import.plan')}
      tools={
        state.text ? (
          <Button compact onPress={() => download(state)}>
            <Download size={14} aria-hidden="true" />
            {t('import.download_plan')}
          </Button>
        ) : null
      }
    >
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
            <PlanForm state={state} plan={plan} />
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
  );
}

function PlanForm({ state, plan }: { state: PlanState; plan: Plan }) {
  const catalogue = useCatalogue();
  const missing = missingFiles(plan, state.files);
  const first = catalogue.objects.find((object) => object.rights.create);
  return (
    <div className={styles.objects}>
      {missing.length > 0 ? <Notice tone="warn">{t('import.missing_files', { names: list(missing) })}</Notice> : null}
      {plan.objects.map((object, at) => (
        <ObjectCard key={`${at} ${object.file} ${object.sheet}`} state={state} plan={plan} object={object} at={at} />
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

function download(state: PlanState) {
  const link = document.createElement('a');
  const address = URL.createObjectURL(new Blob([state.text], { type: 'application/yaml' }));
  link.href = address;
  link.download = 'plan.yaml';
  link.click();
  URL.revokeObjectURL(address);
}
