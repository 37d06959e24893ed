import type { ProcessState } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { CheckMark } from './check-mark.tsx';
import styles from './gate.module.css';
import show from './show.module.css';

export function GatePanel({ process }: { process: ProcessState }) {
  const current = process.stages.find((stage) => stage.state === 'current');
  const { gate } = process;
  const to = gate?.to ? pick(gate.to.label) : '';
  return (
    <section className={show.panel}>
      <h2>{t('records.gate.title', { stage: pick(current?.label) })}</h2>
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
          <p className={styles.summary}>
            {to
              ? t('records.gate.progress_to', { met: gate.met, of: gate.of, stage: to })
              : t('records.gate.progress', { met: gate.met, of: gate.of })}
          </p>
        </>
      ) : (
        <p className={show.quiet}>{to ? t('records.gate.free', { stage: to }) : t('records.gate.none')}</p>
      )}
      {process.debt && process.debt.length > 0 ? (
        <div className={styles.debt}>
          <h2>{t('records.gate.debt')}</h2>
          <ul className={styles.list}>
            {process.debt.map((check) => (
              <li key={check.key} className={styles.item}>
                <CheckMark met={false} strength={check.strength} />
                <span className={styles.text}>{check.say}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}
