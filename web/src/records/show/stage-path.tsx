// The stages of a process as one row of arrows with the days spent; the current one is kept in sight on a phone. A stage that was
// stood in tells what happened there, the next one is entered by its gate.
import { useEffect, useRef } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { ObjectDef, ProcessStage, ProcessState } from '../../api/types.ts';
import { instant } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import { Popover } from '../../ui/popover/popover.tsx';
import styles from './stage-path.module.css';
import { StageStays } from './stage-stays.tsx';

// Keeps the place of the path until it is read: what stands below must not jump.
export function StagePathPlace() {
  return (
    <div className={styles.box} aria-hidden="true">
      <div className={styles.place} />
    </div>
  );
}

type Props = { object: ObjectDef; id: string; process: ProcessState; onAdvance?: () => void };

export function StagePath({ object, id, process, onAdvance }: Props) {
  const current = useRef<HTMLLIElement>(null);
  // After the end no stage is current: the last one reached is shown.
  const at = (
    process.stages.find((stage) => stage.state === 'current') ??
    [...process.stages].reverse().find((stage) => stage.state === 'done')
  )?.key;
  useEffect(() => {
    const step = current.current;
    const row = step?.parentElement;
    if (!step || !row || !at) return;
    const centre = () => {
      row.scrollLeft = step.offsetLeft - (row.clientWidth - step.clientWidth) / 2;
    };
    centre();
    // Its letters may be wider once their font has come.
    void document.fonts.ready.then(centre);
  }, [at]);
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
            ref={stage.key === at ? current : undefined}
            aria-current={stage.state === 'current' ? 'step' : undefined}
            className={classes(styles.step, styles[stage.state])}
            title={told(stage)}
          >
            <Step
              object={object}
              id={id}
              stage={stage}
              onAdvance={stage.key === process.gate?.to?.key ? onAdvance : undefined}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

type StepProps = { object: ObjectDef; id: string; stage: ProcessStage; onAdvance?: () => void };

function Step({ object, id, stage, onAdvance }: StepProps) {
  const name = pick(stage.label);
  const words = (
    <>
      <span className={styles.name}>{name}</span>
      {stage.days !== null && stage.days !== undefined && stage.state !== 'ahead' ? (
        <span className={styles.days}>{t('records.days', { days: Math.max(0, Math.round(stage.days)) })}</span>
      ) : null}
      {stage.state === 'done' ? <span className="visually-hidden">{t('records.stage.done')}</span> : null}
    </>
  );
  if (stage.state === 'ahead' && !onAdvance) return <span className={styles.inside}>{words}</span>;
  if (stage.state === 'ahead')
    return (
      <AriaButton
        data-printed
        className={styles.inside}
        aria-label={t('record.path.enter', { stage: name })}
        onPress={() => onAdvance?.()}
      >
        {words}
      </AriaButton>
    );
  return (
    <Popover
      label={t('record.stays.title', { stage: name })}
      trigger={
        <AriaButton data-printed className={styles.inside}>
          {words}
        </AriaButton>
      }
    >
      <StageStays object={object} id={id} stage={stage} />
    </Popover>
  );
}

function told(stage: ProcessStage): string {
  const name = pick(stage.label);
  if (!stage.entered_at) return name;
  return t('records.stage.entered', { stage: name, at: instant(stage.entered_at) });
}
