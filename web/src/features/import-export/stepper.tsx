// Where one is: the five steps, those that are open as buttons.
import { Check } from 'lucide-react';
import { t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import styles from './stepper.module.css';
import { type StepName, steps } from './steps.ts';

type Props = { current: StepName; reachable: StepName[]; onGo?: (step: StepName) => void };

export function Stepper({ current, reachable, onGo }: Props) {
  const here = steps.indexOf(current);
  return (
    <nav aria-label={t('import.steps')}>
      <ol className={styles.steps}>
        {steps.map((step, at) => (
          <li key={step} className={classes(styles.step, at < here && styles.done, at === here && styles.here)}>
            <button
              type="button"
              className={styles.button}
              aria-current={step === current ? 'step' : undefined}
              disabled={!onGo || !reachable.includes(step)}
              onClick={() => onGo?.(step)}
            >
              <span className={styles.number} aria-hidden="true">
                {at < here ? <Check size={13} strokeWidth={3} /> : at + 1}
              </span>
              <span className={styles.label}>{t(`import.step.${step}`)}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
