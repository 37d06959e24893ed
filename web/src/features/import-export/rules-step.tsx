// Step 3: how a record is recognised again and what becomes of it, who owns the rows, what is past, what stands for nothing.
import { t } from '../../i18n/i18n.ts';
import { Notice } from '../../ui/empty/empty.tsx';
import { Foot } from './foot.tsx';
import styles from './import.module.css';
import { ObjectRules } from './object-rules.tsx';
import type { PlanState } from './plan-state.ts';
import { Step } from './step.tsx';
import type { Steps } from './use-step.ts';

export function RulesStep({ state, steps }: { state: PlanState; steps: Steps }) {
  const { plan } = state.read;
  return (
    <>
      <Step title={t('import.step.rules')}>
        <p className={styles.about}>{t('import.rules_help')}</p>
        {plan ? (
          <div className={styles.objects}>
            {plan.objects.map((object, at) => (
              <ObjectRules key={`${at} ${object.file}`} state={state} plan={plan} object={object} at={at} />
            ))}
          </div>
        ) : (
          <Notice tone="warn">{t('import.rules_as_text')}</Notice>
        )}
      </Step>
      <Foot steps={steps} />
    </>
  );
}
