// The way back and the way on, at the foot of every step.
import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import styles from './import.module.css';
import { before, nextOf } from './steps.ts';
import type { Steps } from './use-step.ts';

type Props = {
  steps: Steps;
  // Why one cannot go on yet; said beside the button.
  waits?: string;
  // In the place of the way on, where the step has a deed of its own.
  deed?: ReactNode;
  onDiscard?: () => void;
};

export function Foot({ steps, waits, deed, onDiscard }: Props) {
  const back = before(steps.step);
  const next = nextOf(steps.step);
  return (
    <footer className={styles.foot}>
      {back ? (
        <Button onPress={() => steps.go(back)}>
          <ArrowLeft size={14} aria-hidden="true" />
          {t('import.back')}
        </Button>
      ) : null}
      {onDiscard ? (
        <Button look="quiet" onPress={onDiscard}>
          {t('import.discard')}
        </Button>
      ) : null}
      <span className={styles.push} />
      {waits ? <span className={styles.about}>{waits}</span> : null}
      {deed}
      {next && !deed ? (
        <Button look="primary" isDisabled={!steps.reachable.includes(next)} onPress={() => steps.go(next)}>
          {t('import.next', { step: t(`import.step.${next}`) })}
          <ArrowRight size={14} aria-hidden="true" />
        </Button>
      ) : null}
    </footer>
  );
}
