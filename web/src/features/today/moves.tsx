// What moved since the working day before: from passages, each deal once in each figure.
import { ArrowDownLeft, ArrowUpRight, CircleCheck, CircleX } from 'lucide-react';
import { fieldOf } from '../../api/describe.ts';
import type { Money, ObjectDef } from '../../api/types.ts';
import { count, moneyShort } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { RecordLink } from '../../records/record-link.tsx';
import { classes } from '../../ui/classes.ts';
import { dated } from './days.ts';
import { Nothing, Panel, RowsLink } from './panel.tsx';
import { amountOf, kindOf, type MovedFacts, type MoveKind, moveKinds, type MoveTotals, movedBy } from './team-model.ts';
import type { Days } from './today-model.ts';
import team from './team.module.css';
import styles from './today.module.css';

const moved_shown = 8;
const shapes = { forward: ArrowUpRight, won: CircleCheck, back: ArrowDownLeft, lost: CircleX } as const;
const tones = { forward: team.forward, won: team.won, back: team.back, lost: team.lost } as const;

function Shape({ kind }: { kind: MoveKind }) {
  const One = shapes[kind];
  return <One size={15} aria-hidden="true" className={tones[kind]} />;
}

export function MoveFigures({ totals, days }: { totals: MoveTotals | undefined; days: Days }) {
  return (
    <section aria-label={t('today.moves', { day: dated(days.last) })}>
      <h2 className={team.movesTitle}>{t('today.moves', { day: dated(days.last) })}</h2>
      <dl className={team.figures}>
        {moveKinds.map((kind) => {
          const value = totals?.[`${kind}_value`] as Money | null | undefined;
          return (
            <div key={kind} className={team.figure}>
              <dt>
                <Shape kind={kind} />
                {t(`today.move.${kind}`)}
              </dt>
              <dd>
                {totals ? (
                  <RowsLink rows={{ to: '/deals', filter: movedBy(kind), sort: '-amount' }} className={team.figureLink}>
                    {count(Number(totals[kind] ?? 0))}
                  </RowsLink>
                ) : (
                  <span className={team.figureWait}>…</span>
                )}
                <span className={team.figureValue}>{value ? moneyShort(value) : ''}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

export function MovedPanel({ deal, moved, days }: { deal: ObjectDef; moved: MovedFacts[]; days: Days }) {
  const stages = fieldOf(deal, 'stage')?.choices ?? [];
  const biggest = [...moved].sort((a, b) => amountOf(b.amount) - amountOf(a.amount)).slice(0, moved_shown);
  const labelOf = (key: string) => pick(stages.find((one) => one.key === key)?.label);
  return (
    <Panel title={t('today.moved')} help={<p>{t('today.moved_help', { day: dated(days.last) })}</p>}>
      {moved.length === 0 ? <Nothing>{t('today.moved_none')}</Nothing> : null}
      <ul>
        {biggest.map((one) => {
          const kind = kindOf(one);
          const end = kind === 'won' || kind === 'lost';
          return (
            <li key={one.id.id} className={team.movedLine}>
              <Shape kind={kind} />
              <span className={team.movedText}>
                <RecordLink plural="deals" id={one.id.id} name={one.id.name} />
                <span className={classes(team.movedWhat, tones[kind])}>
                  {end ? t(`today.move.${kind}`) : t(`today.moved.${kind}`, { stage: labelOf(one.stage) })}
                </span>
                <span className={team.quiet}>{one.owner?.name}</span>
              </span>
              <span className={styles.amount}>{moneyShort(one.amount)}</span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
