// How long others stay in this stage, beside how long this one has: one question, asked once the page stands.
import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../../api/describe.ts';
import { askQuery } from '../../api/query.ts';
import type { ProcessState } from '../../api/types.ts';
import { decimal, today } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { plusDays } from './days.ts';
import styles from './gate.module.css';

type Row = { n: number; middle: number | null };

// Fewer stays say nothing.
const stays_min = 8;
const minutes_kept = 10;

export function StageInsight({ process }: { process: ProcessState }) {
  const passage = useCatalogue().object('passage');
  const current = process.stages.find((stage) => stage.state === 'current');
  const since = plusDays(today(), -365);
  const where = `process = "${process.process.id}" and stage = "${current?.key}" and stage_days != null and left_at >= date("${since}")`;
  const { data } = useQuery({
    ...askQuery<Row>(
      { from: passage?.plural ?? '', where, measures: { n: 'count()', middle: 'median(stage_days)' } },
      [],
    ),
    enabled: !!passage?.rights.read && !!current,
    staleTime: minutes_kept * 60_000,
    retry: false,
  });
  const found = data?.rows[0];
  if (!current || typeof current.days !== 'number' || !found || found.n < stays_min || found.middle === null)
    return null;
  return (
    <p className={styles.summary} title={t('record.insight.help', { count: found.n })}>
      {t('record.insight', {
        middle: decimal(found.middle, 0),
        count: Math.round(current.days),
        days: decimal(current.days, 0),
      })}
    </p>
  );
}
