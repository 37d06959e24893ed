// What gives the reader this record: each cause in the server's words, with what it allows.
import { useQuery } from '@tanstack/react-query';
import { whyQuery } from '../../api/shares.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Tag } from '../../ui/tag/tag.tsx';
import styles from './share.module.css';

export function WhyYouSee({ object, record }: { object: ObjectDef; record: RecordData }) {
  const { data } = useQuery(whyQuery(object.plural, record.id));
  if (!data || data.reasons.length === 0) return null;
  return (
    <section className={styles.part} aria-label={t('share.why')}>
      <h3>{t('share.why')}</h3>
      {data.reasons.length > 1 ? (
        <p className={styles.quiet}>{t('share.why_level', { level: t(`share.level.${data.level}`) })}</p>
      ) : null}
      <ul className={styles.reasons}>
        {data.reasons.map((reason, at) => (
          <li key={`${reason.code} ${at}`}>
            <span>{reason.say}</span>
            <Tag tone={reason.level === 'read' ? 'plain' : 'info'}>{t(`share.level.${reason.level}`)}</Tag>
          </li>
        ))}
      </ul>
    </section>
  );
}
