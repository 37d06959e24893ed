// The stages of a process as one row of arrows with the days spent; the current one is kept in sight on a phone.
import { useEffect, useRef } from 'react';
import type { ProcessStage, ProcessState } from '../../api/types.ts';
import { instant } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import styles from './stage-path.module.css';

export function StagePath({ process }: { process: ProcessState }) {
  const current = useRef<HTMLLIElement>(null);
  const at = process.stages.find((stage) => stage.state === 'current')?.key;
  useEffect(() => {
    const step = current.current;
    const row = step?.parentElement;
    if (!step || !row || !at) return;
    row.scrollLeft = step.offsetLeft - (row.clientWidth - step.clientWidth) / 2;
  }, [at]);
  const closed = process.outcome === 'won' || process.outcome === 'lost';
  return (
    <div className={styles.box}>
      <ol
        tabIndex={0}
        aria-label={t('records.path')}
        className={classes(
          styles.path,
          process.outcome === 'lost' && styles.lost,
          process.outcome === 'won' && styles.won,
        )}
      >
        {process.stages.map((stage) => (
          <li
            key={stage.key}
            ref={stage.state === 'current' ? current : undefined}
            aria-current={stage.state === 'current' ? 'step' : undefined}
            className={classes(styles.step, styles[stage.state])}
            title={told(stage)}
          >
            <span className={styles.name}>{pick(stage.label)}</span>
            {stage.days !== null && stage.days !== undefined && stage.state !== 'ahead' ? (
              <span className={styles.days}>{t('records.days', { days: Math.round(stage.days) })}</span>
            ) : null}
            {stage.state === 'done' ? <span className="visually-hidden">{t('records.stage.done')}</span> : null}
          </li>
        ))}
      </ol>
      {closed ? <span className="visually-hidden">{process.outcome}</span> : null}
    </div>
  );
}

function told(stage: ProcessStage): string {
  const name = pick(stage.label);
  if (!stage.entered_at) return name;
  return t('records.stage.entered', { stage: name, at: instant(stage.entered_at) });
}
