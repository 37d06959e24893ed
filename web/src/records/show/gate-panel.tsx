import { lazy, Suspense } from 'react';
import type { Gate, GateCheck, ProcessState } from '../../api/types.ts';
import { duration } from '../../i18n/format.ts';
import { moreWords, pick, t } from '../../i18n/i18n.ts';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { CheckMark } from './check-mark.tsx';
import styles from './gate.module.css';
import show from './show.module.css';
import { StageInsight } from './stage-insight.tsx';

const WaitingLine = lazy(async () => {
  const [room] = await Promise.all([import('../approval/waiting-line.tsx'), moreWords('approval')]);
  return { default: room.WaitingLine };
});

function summary(gate: Gate, to: string): string {
  if (!to) return t('records.gate.progress', { met: gate.met, of: gate.of });
  if (gate.met === gate.of) return t('records.gate.open', { stage: to });
  return t('records.gate.progress_to', { met: gate.met, of: gate.of, stage: to });
}

// Keeps the place of the panel until it is read.
export function GatePlace() {
  return (
    <section className={show.panel} aria-hidden="true">
      <Skeleton lines={6} />
    </section>
  );
}

export function GatePanel({ process }: { process: ProcessState }) {
  const current = process.stages.find((stage) => stage.state === 'current');
  const { gate } = process;
  const to = gate?.to ? pick(gate.to.label) : '';
  return (
    <section className={show.panel}>
      <h2>{t('records.gate.title', { stage: pick(current?.label) })}</h2>
      {pick(current?.goal) ? <p className={styles.goal}>{pick(current?.goal)}</p> : null}
      {gate && gate.checks.length > 0 ? (
        <>
          <ul className={styles.list}>
            {gate.checks.map((check) => (
              <li key={check.key} className={styles.item}>
                <CheckMark met={check.met} strength={check.strength} />
                <span className={styles.text}>{check.say}</span>
              </li>
            ))}
          </ul>
          <p className={styles.summary}>{summary(gate, to)}</p>
        </>
      ) : (
        <p className={show.quiet}>{to ? t('records.gate.free', { stage: to }) : t('records.gate.none')}</p>
      )}
      {process.exception?.asked ? (
        <Suspense fallback={null}>
          <WaitingLine waiting={process.exception.asked} />
        </Suspense>
      ) : null}
      {current?.playbook && current.playbook.length > 0 ? (
        <div className={styles.debt}>
          <h2>{t('records.gate.steps')}</h2>
          <ol className={styles.steps}>
            {current.playbook.map((step) => (
              <li key={step.task}>{step.task}</li>
            ))}
          </ol>
        </div>
      ) : null}
      {current?.limit ? (
        <p className={styles.summary}>{t('records.gate.limit', { limit: duration(current.limit) })}</p>
      ) : null}
      <StageInsight process={process} />
      <Debt checks={process.debt ?? []} />
    </section>
  );
}

// What the past left undone.
export function Debt({ checks }: { checks: GateCheck[] }) {
  const owed = checks.filter((check) => !check.met);
  if (owed.length === 0) return null;
  return (
    <div className={styles.debt}>
      <h2>{t('records.gate.debt')}</h2>
      <ul className={styles.list}>
        {owed.map((check) => (
          <li key={check.key} className={styles.item}>
            <CheckMark met={false} strength={check.strength} />
            <span className={styles.text}>{check.say}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
