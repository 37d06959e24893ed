// Where the pipeline is thin: stages with nothing in them, and deals nobody has planned anything for.
import { fieldOf } from '../../api/describe.ts';
import type { ObjectDef } from '../../api/types.ts';
import { count, moneyShort } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Tag } from '../../ui/tag/tag.tsx';
import { Panel, RowsLink } from './panel.tsx';
import { amountOf, no_step_team, open_team, type OwnerFacts, type StageFacts, stageLines } from './team-model.ts';
import team from './team.module.css';

export function GapsPanel({ deal, stages, owners }: { deal: ObjectDef; stages: StageFacts[]; owners: OwnerFacts[] }) {
  const choices = (fieldOf(deal, 'stage')?.choices ?? [])
    .filter((one) => one.active || stages.some((stage) => stage.stage === one.key))
    .map((one) => ({ key: one.key, label: pick(one.label) }));
  const lines = stageLines(choices, stages);
  const most = Math.max(1, ...lines.map((one) => one.n));
  const planless = owners.reduce((total, one) => total + one.no_step, 0);
  const planless_value = owners.reduce((total, one) => total + amountOf(one.no_step_value), 0);
  const open = owners.reduce((total, one) => total + one.n, 0);
  return (
    <Panel title={t('today.gaps')} count={count(open)} rows={{ to: '/deals', filter: open_team, sort: '-amount' }}>
      <ul className={team.stages}>
        {lines.map((line) => (
          <li key={line.key} className={team.stage}>
            <span className={team.stageName}>{line.label}</span>
            <span className={team.track} aria-hidden="true">
              <span className={team.bar} style={{ width: `${(line.n / most) * 100}%` }} />
            </span>
            {line.n > 0 ? (
              <RowsLink
                rows={{ to: '/deals', filter: line.filter, sort: '-amount' }}
                className={team.stageNumber}
                label={t('today.stage_rows', { stage: line.label, n: line.n })}
              >
                {count(line.n)}
              </RowsLink>
            ) : (
              <Tag tone="warn">{t('today.stage_empty')}</Tag>
            )}
            <span className={team.stageValue}>{line.value > 0 ? moneyShort(line.value) : ''}</span>
          </li>
        ))}
      </ul>
      <p className={team.planless}>
        <RowsLink rows={{ to: '/deals', filter: no_step_team, sort: '-amount' }}>
          {t('today.planless', { n: planless, open })}
        </RowsLink>
        {planless_value > 0 ? <span className={team.quiet}>{moneyShort(planless_value)}</span> : null}
      </p>
    </Panel>
  );
}
