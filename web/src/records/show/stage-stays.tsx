// What happened in a stage: each stay, when it began and ended, how, and with whom.
import { useQuery } from '@tanstack/react-query';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { fewQuery } from '../../api/records.ts';
import type { ObjectDef, ProcessStage, RecordData } from '../../api/types.ts';
import { decimal } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { valueText } from '../fields/value-text.ts';
import styles from './stage-path.module.css';

const stays_max = 20;
const told = ['entered_at', 'how', 'left_at', 'left_by', 'member'];

type Props = { object: ObjectDef; id: string; stage: ProcessStage };

export function StageStays({ object, id, stage }: Props) {
  const passage = useCatalogue().object('passage');
  const filter = `${object.name} = "${id}" and stage = "${stage.key}"`;
  const { data, error } = useQuery({
    ...fewQuery(passage?.plural ?? '', filter, stays_max, 'entered_at'),
    enabled: !!passage?.rights.read,
  });
  if (!passage?.rights.read) return null;
  return (
    <div className={styles.stays}>
      <h3>{t('record.stays.title', { stage: pick(stage.label) })}</h3>
      {error ? <Notice tone="bad">{sentence(error)}</Notice> : null}
      {!data && !error ? <Skeleton lines={3} /> : null}
      {data?.data.map((stay) => (
        <Stay key={stay.id} passage={passage} stay={stay} />
      ))}
      {data && data.data.length === 0 ? <p className={styles.quiet}>{t('record.stays.none')}</p> : null}
    </div>
  );
}

function Stay({ passage, stay }: { passage: ObjectDef; stay: RecordData }) {
  const lines = told.flatMap((name) => {
    const field = fieldOf(passage, name);
    const text = field ? valueText(field, stay[name]) : '';
    return field && text ? [{ name, label: pick(field.label), text }] : [];
  });
  const days = stay.stage_days;
  return (
    <dl className={styles.stay}>
      {lines.map((line) => (
        <div key={line.name}>
          <dt>{line.label}</dt>
          <dd>{line.text}</dd>
        </div>
      ))}
      {days !== null && days !== undefined ? (
        <div>
          <dt>{t('record.stays.days')}</dt>
          <dd>{t('records.days', { days: decimal(days as number) })}</dd>
        </div>
      ) : null}
      {stay.created_by ? (
        <div>
          <dt>{t('record.stays.by')}</dt>
          <dd>{stay.created_by.name}</dd>
        </div>
      ) : null}
    </dl>
  );
}
