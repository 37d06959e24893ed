// The columns of a record one below the other, as a phone shows a record that is worked on: what comes next, what the stage asks for and
// what is written down, before all that is known of it. On paper nothing is folded.
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { usePaper } from '../../lib/paper.ts';
import styles from './phone-columns.module.css';
import show from './show.module.css';

export type Parts = {
  facts: ReactNode;
  fields: ReactNode;
  next: ReactNode;
  gate: ReactNode;
  writing: ReactNode;
  timeline: ReactNode;
  related: ReactNode;
};

export function PhoneColumns({ facts, fields, next, gate, writing, timeline, related }: Parts) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={show.columns} tabIndex={0}>
      {facts}
      <div className={styles.work}>
        {next}
        {gate ? <div className={styles.gate}>{gate}</div> : null}
        {writing}
      </div>
      <Folded>{fields}</Folded>
      <div role="region" className={show.center} aria-label={t('records.timeline')}>
        {timeline}
      </div>
      {related ? (
        <div role="region" className={show.right} aria-label={t('records.related')}>
          {related}
        </div>
      ) : null}
    </div>
  );
}

function Folded({ children }: { children: ReactNode }) {
  const id = useId();
  const [isUnfolded, setUnfolded] = useState(false);
  const paper = usePaper() !== '';
  const Mark = isUnfolded ? ChevronDown : ChevronRight;
  return (
    <div role="region" className={show.left} aria-label={t('records.fields')}>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={isUnfolded}
        aria-controls={id}
        onClick={() => setUnfolded(!isUnfolded)}
      >
        {t('record.all_fields')}
        <Mark size={16} aria-hidden="true" />
      </button>
      <div id={id}>{isUnfolded || paper ? children : null}</div>
    </div>
  );
}
