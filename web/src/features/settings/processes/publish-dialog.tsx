// Publishing: what changes, told in words; whom it touches; and whether what is open already goes along.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refreshDefinitions } from '../../../api/describe.ts';
import { isProblem, sentence } from '../../../api/problem.ts';
import { act, bulkRun } from '../../../api/records.ts';
import type { ObjectDef, ProblemItem, Reference } from '../../../api/types.ts';
import { count } from '../../../i18n/format.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import { Segments } from '../../../ui/field/segments.tsx';
import { Select } from '../../../ui/field/select.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { namedIn } from '../named.ts';
import { diffLines } from './diff.ts';
import type { DocumentWire } from './document.ts';
import { MoveDialog } from './move-dialog.tsx';
import { openQuery, type Process } from './process-api.ts';
import forms from '../forms.module.css';
import styles from '../settings.module.css';

type Props = {
  process: Process;
  object: ObjectDef;
  before: DocumentWire;
  after: DocumentWire;
  onClose: () => void;
  onPublished: () => void;
  onRefused: (items: ProblemItem[]) => void;
};

export function PublishDialog({ process, object, before, after, onClose, onPublished, onRefused }: Props) {
  const client = useQueryClient();
  const open = useQuery({ ...openQuery(object.plural, object.name, process.id), staleTime: 0 });
  const [who, setWho] = useState<'new' | 'open'>('new');
  const [map, setMap] = useState<{ [stage: string]: string }>({});
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  const lines = diffLines(before, after, object);
  const rows = open.data?.rows ?? [];
  const total = rows.reduce((sum, row) => sum + row.n, 0);
  // Stages that open records stand in and the new version does not have.
  const lost = [...new Set(rows.flatMap((row) => row.stage ?? []))].filter(
    (key) => !after.stages.some((stage) => stage.key === key),
  );
  const unmapped = who === 'open' && lost.some((key) => !map[key]);
  const words = { object: pick(object.plural_label), count: count(total) };
  const publish = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      const now = await act('processes', process.id, 'publish', { document: JSON.stringify(after) }, process.version);
      onPublished();
      const version = (now.active_version as Reference).id;
      if (who === 'open' && total > 0) {
        const filter = `process = "${process.id}" and outcome = "open" and process_version != "${version}"`;
        const mapped = lost.length > 0 ? { map: JSON.stringify(map) } : {};
        const verb = { name: 'adopt_version', arguments: { to_version: version, ...mapped } };
        setJob((await bulkRun(object.plural, { filter, verb })).job);
        return;
      }
      toast(t('settings.process.published', { name: namedIn(process) }), 'good');
      onClose();
      await refreshDefinitions(client);
    } catch (error) {
      setBusy(false);
      const items = isProblem(error) ? error.items.filter((item) => item.field?.startsWith('stages[')) : [];
      if (items.length > 0) onRefused(items);
      else setRefusal(error);
    }
  };
  if (job) {
    return (
      <MoveDialog
        job={job}
        object={object}
        onClose={() => {
          onClose();
          void refreshDefinitions(client);
        }}
      />
    );
  }
  return (
    <Dialog
      title={t('settings.process.publish_title', { name: namedIn(process) })}
      onClose={onClose}
      onSubmit={() => void publish()}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy || unmapped || !open.data}>
            {t('settings.process.publish_now')}
          </Button>
        </>
      }
    >
      {refusal ? (
        <Notice tone="bad">{isProblem(refusal, 412) ? t('settings.process.stale') : sentence(refusal)}</Notice>
      ) : null}
      <h3>{t('settings.diff.title')}</h3>
      <ul className={forms.lines}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {open.data ? (
        <>
          <p>{t(total > 0 ? 'settings.process.open_line' : 'settings.process.open_none', words)}</p>
          {total > 0 ? (
            <Segments
              label={t('settings.process.who')}
              value={who}
              onChange={(key) => setWho(key === 'open' ? 'open' : 'new')}
              options={[
                { key: 'new', label: t('settings.process.who_new') },
                { key: 'open', label: t('settings.process.who_open', words) },
              ]}
            />
          ) : null}
          {who === 'open' ? (
            <StageMap
              lost={lost}
              rows={rows}
              before={before}
              object={object}
              after={after}
              map={map}
              onChange={setMap}
            />
          ) : null}
        </>
      ) : (
        <Skeleton lines={3} />
      )}
    </Dialog>
  );
}

type MapProps = {
  lost: string[];
  rows: { stage: string | null; n: number }[];
  object: ObjectDef;
  before: DocumentWire;
  after: DocumentWire;
  map: { [stage: string]: string };
  onChange: (map: { [stage: string]: string }) => void;
};

function StageMap({ lost, rows, object, before, after, map, onChange }: MapProps) {
  const nameOf = (key: string) =>
    pick(before.stages.find((stage) => stage.key === key)?.name) ||
    pick(object.fields.find((field) => field.name === 'stage')?.choices?.find((choice) => choice.key === key)?.label) ||
    key;
  const standing = (key: string) => rows.reduce((sum, row) => sum + (row.stage === key ? row.n : 0), 0);
  return (
    <div className={forms.form}>
      <p className={styles.help}>{t('settings.process.move_help')}</p>
      {lost.map((key) => (
        <Select
          key={key}
          label={t('settings.process.map', { stage: nameOf(key), count: count(standing(key)) })}
          isRequired
          value={map[key] ?? null}
          onChange={(to) => onChange({ ...map, [key]: to ?? '' })}
          options={after.stages
            .filter((stage) => stage.kind !== 'deliver')
            .map((stage) => ({ key: stage.key, label: pick(stage.name) }))}
        />
      ))}
    </div>
  );
}
