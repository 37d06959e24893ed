// The funnel itself, and where open deals stand today.
import { useNavigate } from '@tanstack/react-router';
import { count, money, share } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { usePhone } from '../../lib/media.ts';
import { Chart } from '../../ui/chart/chart.tsx';
import { Table, type TableColumn } from '../../ui/table/table.tsx';
import { enough, type FunnelStage, narrowest } from './funnel-model.ts';
import { conversionText, stagesOption } from './funnel-options.ts';
import styles from './funnel.module.css';
import { linked, RowsLink } from './rows-link.tsx';

type Props = { stages: FunnelStage[] };

function summary(stages: FunnelStage[]): string {
  const first = stages[0];
  const narrow = narrowest(stages);
  if (!first || !narrow) return t('funnel.stages_few');
  return t('funnel.stages_summary', {
    entered: count(first.entered),
    first: pick(first.label),
    stage: pick(narrow.label),
    share: share(narrow.conversion, 1),
  });
}

export function StageFunnel({ stages }: Props) {
  const navigate = useNavigate();
  const phone = usePhone();
  const open = (name: string) => {
    const stage = stages.find((one) => pick(one.label) === name);
    if (stage) void navigate({ to: '/deals', search: { f: stage.open } });
  };
  return (
    <section className={styles.panel}>
      <Chart
        title={t('funnel.stages')}
        summary={summary(stages)}
        tableLabel={t('funnel.as_table')}
        height={stages.length * 44 + 38}
        option={(palette) => stagesOption(stages, palette, phone)}
        onPress={open}
        table={<StageTable stages={stages} />}
      />
    </section>
  );
}

const name: TableColumn<FunnelStage> = {
  key: 'stage',
  head: null,
  names: true,
  cell: (stage) => pick(stage.label),
};

const conversionCell = (stage: FunnelStage) =>
  enough(stage.entered) ? <RowsLink open={stage.passed_open}>{conversionText(stage)}</RowsLink> : conversionText(stage);
const daysCell = (stage: FunnelStage) =>
  stage.median_days === null ? '–' : <RowsLink open={stage.open}>{stage.median_days.toFixed(1)}</RowsLink>;

function StageTable({ stages }: Props) {
  return (
    <Table
      onPhone="table"
      label={t('funnel.stages')}
      rows={stages}
      rowKey={(stage) => stage.key}
      columns={[
        { ...name, head: t('funnel.stage') },
        {
          key: 'entered',
          head: t('funnel.entered'),
          number: true,
          cell: linked(
            (stage) => stage.open,
            (stage) => count(stage.entered),
          ),
        },
        {
          key: 'passed',
          head: t('funnel.passed'),
          number: true,
          cell: linked(
            (stage) => stage.passed_open,
            (stage) => count(stage.passed),
          ),
        },
        { key: 'conversion', head: t('funnel.conversion'), number: true, cell: conversionCell },
      ]}
    />
  );
}

export function StandingPanel({ stages }: Props) {
  const amounts: TableColumn<FunnelStage> = {
    key: 'amount',
    head: t('funnel.amount_now'),
    number: true,
    cell: linked(
      (stage) => stage.now_open,
      (stage) => money(stage.amount_now, 0),
    ),
  };
  return (
    <section className={styles.panel}>
      <h2>{t('funnel.standing')}</h2>
      <p className={styles.about}>{t('funnel.standing_help')}</p>
      <Table
        onPhone="table"
        label={t('funnel.standing')}
        rows={stages}
        rowKey={(stage) => stage.key}
        columns={[
          { ...name, head: t('funnel.stage') },
          {
            key: 'open_now',
            head: t('funnel.open_now'),
            number: true,
            cell: linked(
              (stage) => stage.now_open,
              (stage) => count(stage.open_now),
            ),
          },
          ...(stages.some((stage) => stage.amount_now !== null) ? [amounts] : []),
          {
            key: 'days',
            head: t('funnel.median_days'),
            number: true,
            cell: daysCell,
          },
        ]}
      />
    </section>
  );
}
