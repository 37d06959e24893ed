// One process: its stages in order, the chosen one beside them, and the way to publish what changed.
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useCatalogue } from '../../../api/describe.ts';
import type { ObjectDef, RecordData } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { classes } from '../../../ui/classes.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import { Select } from '../../../ui/field/select.tsx';
import { moved, OrderList } from '../../../ui/order/order-list.tsx';
import { Head } from '../head.tsx';
import { namedIn } from '../named.ts';
import {
  type DocumentWire,
  documentOf,
  draftOf,
  emptyStage,
  inOrder,
  type ProcessDraft,
  placeOf,
  type StageDraft,
} from './document.ts';
import { objectOf, type Process, processesQuery, versionsQuery } from './process-api.ts';
import { useTakeOver } from '../use-base.ts';
import { ProcessDialog } from './process-dialog.tsx';
import styles from '../forms.module.css';
import { PublishDialog } from './publish-dialog.tsx';
import { type Errors, StageForm } from './stage-form.tsx';

export function ProcessPage({ process }: { process: Process }) {
  const object = useCatalogue().object(objectOf(process));
  const { data: versions } = useQuery(versionsQuery(process.id));
  // The version that is edited stays under the hand, whatever is published meanwhile.
  const active = versions?.find((version) => version.id === process.active_version?.id);
  const [held, setHeld] = useState('');
  if (held === '' && active) setHeld(active.id);
  const version = versions?.find((one) => one.id === held);
  if (!versions || !object || !version) return <Skeleton lines={8} />;
  return (
    <Editor
      key={version.id}
      process={process}
      object={object}
      versions={versions}
      current={version}
      onTake={active && active.id !== version.id ? () => setHeld(active.id) : undefined}
    />
  );
}

const parsed = (version: RecordData): DocumentWire => JSON.parse(String(version.document)) as DocumentWire;

// `onTake`: a newer version was published.
type Props = {
  process: Process;
  object: ObjectDef;
  versions: RecordData[];
  current: RecordData;
  onTake?: () => void;
};

function Editor({ process, object, versions, current, onTake }: Props) {
  const { data: processes = [] } = useQuery(processesQuery);
  const [start] = useState(() => draftOf(parsed(current)));
  const [draft, setDraft] = useState<ProcessDraft>(start);
  const [chosen, setChosen] = useState(start.stages[0]?.id ?? '');
  const [publishing, setPublishing] = useState(false);
  const [published, setPublished] = useState(false);
  const [naming, setNaming] = useState(false);
  const [errors, setErrors] = useState<Errors>([]);
  const former = versions.flatMap((version) => parsed(version).stages.map((stage) => stage.key));
  // What is there, as the form would write it: only what a person changed is a change.
  const before = documentOf(start);
  const after = documentOf(draft, former);
  const changed = JSON.stringify(before) !== JSON.stringify(after);
  const stage = draft.stages.find((one) => one.id === chosen) ?? draft.stages[0];
  const isBehind = !!onTake && changed && !published;
  useTakeOver(!!onTake && !isBehind && !publishing, () => onTake?.());
  const setStages = (stages: StageDraft[]) => setDraft((old) => ({ ...old, stages: inOrder(stages) }));
  const add = () => {
    const added = emptyStage();
    setStages([...draft.stages, added]);
    setChosen(added.id);
  };
  return (
    <>
      <Head
        title={namedIn(process)}
        back={{ to: '/settings/processes', label: t('settings.processes') }}
        help={t('settings.process.version_line', { version: process.active_version?.name ?? '–' })}
        actions={
          <>
            <Button onPress={() => setNaming(true)}>{t('settings.process.edit')}</Button>
            {changed ? (
              <Button
                onPress={() => {
                  setDraft(start);
                  setErrors([]);
                }}
              >
                {t('settings.process.discard')}
              </Button>
            ) : null}
            <Button look="primary" isDisabled={!changed || isBehind} onPress={() => setPublishing(true)}>
              {t('settings.process.publish')}
            </Button>
          </>
        }
      />
      {isBehind && !publishing ? <Notice tone="warn">{t('settings.process.stale')}</Notice> : null}
      {errors.length > 0 ? <Notice tone="bad">{errors.map((one) => describe(one, draft)).join(' ')}</Notice> : null}
      <div className={classes(styles.beside, styles.stages)}>
        <StageList
          draft={draft}
          chosen={stage?.id}
          errors={errors}
          onChoose={setChosen}
          onOrder={setStages}
          onAdd={add}
        />
        {stage ? (
          <StageForm
            key={stage.id}
            object={object}
            stage={stage}
            errors={errors.filter((one) => one.place?.stage === draft.stages.indexOf(stage))}
            onChange={(part) => setStages(draft.stages.map((one) => (one.id === stage.id ? { ...one, ...part } : one)))}
            onRemove={
              draft.stages.length > 1 ? () => setStages(draft.stages.filter((one) => one.id !== stage.id)) : undefined
            }
          />
        ) : null}
      </div>
      <Moves draft={draft} onChange={(part) => setDraft((old) => ({ ...old, ...part }))} />
      {publishing ? (
        <PublishDialog
          process={process}
          object={object}
          before={before}
          after={after}
          onClose={() => setPublishing(false)}
          onPublished={() => setPublished(true)}
          onRefused={(items) => {
            setPublishing(false);
            setErrors(items.map((item) => ({ place: placeOf(item.field ?? ''), say: item.say ?? item.code })));
          }}
        />
      ) : null}
      {naming ? <ProcessDialog process={process} processes={processes} onClose={() => setNaming(false)} /> : null}
    </>
  );
}

const describe = (error: Errors[number], draft: ProcessDraft): string => {
  const stage = error.place && draft.stages[error.place.stage];
  const say = error.say.replace(/^stages\[[^：:]*(：|: )/, '');
  return stage ? t('settings.stage.problem', { stage: nameOf(stage), say }) : say;
};

type ListProps = {
  draft: ProcessDraft;
  chosen: string | undefined;
  errors: Errors;
  onChoose: (id: string) => void;
  onOrder: (stages: StageDraft[]) => void;
  onAdd: () => void;
};

const nameOf = (stage: StageDraft): string => pick({ zh: stage.zh, en: stage.en }) || t('settings.stage.unnamed');

function StageList({ draft, chosen, errors, onChoose, onOrder, onAdd }: ListProps) {
  return (
    <section className={styles.preview} aria-label={t('settings.stages')}>
      <OrderList
        label={t('settings.stages')}
        items={draft.stages}
        keyOf={(stage) => stage.id}
        handle={(stage, at) => t('settings.move', { name: nameOf(stage), at: at + 1, of: draft.stages.length })}
        onMove={(from, to) => onOrder(moved(draft.stages, from, to))}
      >
        {(stage, at) => (
          <button
            type="button"
            className={styles.stage}
            aria-pressed={stage.id === chosen}
            data-wrong={errors.some((one) => one.place?.stage === at) ? '' : undefined}
            onClick={() => onChoose(stage.id)}
          >
            <span>
              {at + 1}. {nameOf(stage)}
            </span>
            <small>
              {stage.kind === 'deliver' ? `${t('settings.stage.kind.deliver')} ` : ''}
              {stage.exit.length + stage.entry.length > 0
                ? t('settings.stage.checks_count', { count: stage.exit.length + stage.entry.length })
                : ''}
            </small>
          </button>
        )}
      </OrderList>
      <Button look="quiet" onPress={onAdd}>
        <Plus size={14} aria-hidden="true" />
        {t('settings.stage.add')}
      </Button>
    </section>
  );
}

function Moves({ draft, onChange }: { draft: ProcessDraft; onChange: (part: Partial<ProcessDraft>) => void }) {
  return (
    <section className={classes(styles.pair, styles.narrow)} aria-label={t('settings.moves')}>
      <Select
        label={t('settings.moves.skip')}
        value={draft.skip}
        onChange={(key) => onChange({ skip: (key ?? 'forbid') as ProcessDraft['skip'] })}
        options={(['forbid', 'allow'] as const).map((key) => ({ key, label: t(`settings.moves.skip.${key}`) }))}
      />
      <Select
        label={t('settings.moves.back')}
        value={draft.back}
        onChange={(key) => onChange({ back: (key ?? 'with_reason') as ProcessDraft['back'] })}
        options={(['with_reason', 'free', 'forbid'] as const).map((key) => ({
          key,
          label: t(`settings.moves.back.${key}`),
        }))}
      />
      <Select
        label={t('settings.moves.exceptions')}
        value={draft.exceptions}
        onChange={(key) => onChange({ exceptions: (key ?? 'by_leaders') as ProcessDraft['exceptions'] })}
        options={(['by_leaders', 'forbid'] as const).map((key) => ({
          key,
          label: t(`settings.moves.exceptions.${key}`),
        }))}
      />
    </section>
  );
}
