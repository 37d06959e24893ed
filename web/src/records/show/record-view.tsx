// Everything about one record: path, fields, what happened, what is missing, what belongs to it. The frame around it is a page
// or the sheet of a peek; what stands inside is the same.
import { useQuery } from '@tanstack/react-query';
import { type ComponentType, lazy, type ReactNode, Suspense, useDeferredValue } from 'react';
import { ActionMenu } from '../../actions/action-menu.tsx';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { onlyRead } from '../../api/locks.ts';
import { processQuery } from '../../api/records.ts';
import type { ObjectDef, ProcessState, RecordData } from '../../api/types.ts';
import { useSession } from '../../api/session.ts';
import { instant } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { usePhone } from '../../lib/media.ts';
import { usePaper } from '../../lib/paper.ts';
import { classes } from '../../ui/classes.ts';
import { Notice } from '../../ui/empty/empty.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { FieldValue } from '../fields/field-value.tsx';
import { nameOf } from '../fields/record-name.ts';
import { KeptHere } from '../outbox/kept-list.tsx';
import { RecordSlot } from '../slots.ts';
import { Attachment } from './attachment.tsx';
import { EndPanel } from './end-panel.tsx';
import { FieldPanel } from './field-panel.tsx';
import { GatePanel, GatePlace } from './gate-panel.tsx';
import { KeyFacts } from './key-facts.tsx';
import { takesEntries } from './link-of.ts';
import { LockBanner, useLock } from './lock-banner.tsx';
import { NextStep } from './next-step.tsx';
import { type Parts, PhoneColumns } from './phone-columns.tsx';
import { useRecordActions } from './record-actions.tsx';
import { Relations } from './relations.tsx';
import styles from './show.module.css';
import { StagePath, StagePathPlace } from './stage-path.tsx';
import { Timeline } from './timeline.tsx';

// What happened is read before more is written.
const Composer = lazy(() => import('./composer.tsx').then((room) => ({ default: room.Composer })));

const few = 8;

export type FrameProps = {
  object: ObjectDef;
  id: string;
  name: string;
  tags: ReactNode;
  star: ReactNode;
  // The verbs: the main ones as buttons, the others as a menu.
  buttons: ReactNode;
  menu: ReactNode;
  children: ReactNode;
};

type Props = {
  object: ObjectDef;
  record: RecordData;
  frame: ComponentType<FrameProps>;
  // One column, one scroll.
  narrow?: boolean;
  onGone: () => void;
};

export function RecordView({ object: whole, record, frame: Frame, narrow, onGone }: Props) {
  const { id } = record;
  const lock = useLock(whole, id);
  const erased = typeof record.erased_at === 'string' ? record.erased_at : '';
  const object = lock?.lock || erased ? onlyRead(whole) : whole;
  const catalogue = useCatalogue();
  const phone = usePhone();
  const single = phone || narrow;
  const asked = useQuery({ ...processQuery(object.plural, id), enabled: object.staged });
  const process = asked.data;
  const bare = !object.staged && object.relations.length === 0;
  const actions = useRecordActions({ object, record, process, place: narrow ? 'sheet' : 'page', onGone });
  // What is read first is drawn first.
  const isRestDue = useDeferredValue(true, false);
  const column = { tabIndex: single ? undefined : 0, role: 'region' };
  const isWorkedOn = takesEntries(catalogue, object) && !erased;
  const gateOf = () => {
    if (!process) return object.staged && asked.isPending ? <GatePlace /> : null;
    if ((process.outcome ?? 'open') === 'open') return <GatePanel process={process} />;
    return <EndPanel object={object} record={record} process={process} />;
  };
  const parts: Parts = {
    facts: <KeyFacts object={object} record={record} />,
    fields: <FieldPanel object={object} record={record} />,
    next: erased ? null : <NextStep object={object} record={record} />,
    gate: gateOf(),
    writing: (
      <>
        {isWorkedOn ? (
          <Suspense fallback={<div className={styles.composerPlace} />}>
            <Composer object={object} record={record} depth={narrow ? 2 : 1} />
          </Suspense>
        ) : null}
        <KeptHere object={object.name} id={id} />
      </>
    ),
    timeline: isRestDue ? <Timeline object={object} id={id} few={single ? few : undefined} /> : null,
    related:
      bare || !isRestDue ? null : (
        <>
          <RecordSlot place="decision_chain" object={object} record={record} />
          <RecordSlot place="merge" object={object} record={record} />
          <Relations object={object} record={record} />
        </>
      ),
  };
  return (
    <Frame
      object={object}
      id={id}
      name={nameOf(object, record) || t('records.no_name')}
      tags={<Tags object={object} record={record} process={process} />}
      star={actions.star}
      buttons={actions.buttons}
      menu={<ActionMenu actions={actions.menu} />}
    >
      {erased ? <Notice tone="warn">{t('record.erased', { at: instant(erased) })}</Notice> : null}
      {process ? (
        <StagePath object={object} id={id} process={process} onAdvance={actions.advance} />
      ) : object.staged && asked.isPending ? (
        <StagePathPlace />
      ) : null}
      <LockBanner object={whole} record={record} state={lock} />
      {phone && isWorkedOn ? (
        <PhoneColumns {...parts} />
      ) : (
        <div
          className={classes(styles.columns, bare && styles.two, narrow && styles.narrow)}
          tabIndex={single ? 0 : undefined}
        >
          <div {...column} className={styles.left} aria-label={t('records.fields')}>
            {parts.fields}
          </div>
          <div {...column} className={styles.center} aria-label={t('records.timeline')}>
            {object.name === 'attachment' ? (
              <div className={styles.file}>
                <Attachment row={record} />
              </div>
            ) : null}
            {parts.writing}
            {parts.next}
            {parts.timeline}
          </div>
          {bare ? null : (
            <div
              {...column}
              data-due={isRestDue ? undefined : true}
              className={styles.right}
              aria-label={t('records.related')}
            >
              {parts.gate}
              {parts.related}
            </div>
          )}
        </div>
      )}
      <PrintedAt />
      {actions.dialog}
    </Frame>
  );
}

// Who printed this and when; the time is that of printing, not of reading.
function PrintedAt() {
  const session = useSession();
  const since = usePaper();
  if (!since) return null;
  return (
    <p className={styles.printed} aria-hidden="true">
      {t('record.printed', { name: session.member.name, at: instant(since) })}
    </p>
  );
}

type TagsProps = { object: ObjectDef; record: RecordData; process: ProcessState | undefined };

function Tags({ object, record, process }: TagsProps) {
  const outcome = fieldOf(object, 'outcome') ?? fieldOf(object, 'status');
  const parent = fieldOf(object, 'account');
  const owner = fieldOf(object, 'owner');
  return (
    <span className={styles.tags}>
      {parent && record.account ? <FieldValue field={parent} value={record.account} /> : null}
      {owner && record.owner ? (
        <span className={styles.owner}>
          <FieldValue field={owner} value={record.owner} links={false} />
        </span>
      ) : null}
      {outcome && object.staged ? <FieldValue field={outcome} value={record[outcome.name]} /> : null}
      {process?.stalled ? <Tag tone="bad">{t('records.stalled', { days: process.stalled.since_days })}</Tag> : null}
    </span>
  );
}
