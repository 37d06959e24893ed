// The second tap: kind and customer are filled in, an outcome saves. A next step and notes may be said before it.
import { useState } from 'react';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { useDraft } from '../../lib/drafts.ts';
import { ReferenceInput } from '../../records/fields/reference-input.tsx';
import { DraftOffer } from '../../records/form/draft-offer.tsx';
import { Button } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { DateInput } from '../../ui/date/date-input.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { MentionInput } from '../../records/fields/mention-input.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Segments } from '../../ui/field/segments.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { dated, dayChoices } from './days.ts';
import styles from './log.module.css';
import type { Days, TaskFacts } from './today-model.ts';
import { type About, type LogEntry, useLog } from './use-log.ts';

export type Asking = { about?: About; kind: string; task?: TaskFacts };
export type Ask = (asking: Asking) => void;
// `offered`: what it may be about, at one press.
type Props = Asking & { offered?: About[]; days: Days; onClose: () => void };

export function LogDialog({ about: given, kind: first, task, offered = [], days, onClose }: Props) {
  const activity = useCatalogue().object('activity');
  const { log, finish, labelOf } = useLog();
  const [chosen, setChosen] = useState<About | null>(null);
  const draft = useDraft<LogEntry>(`log.${given?.object ?? ''}.${given?.id.id ?? ''}`, {
    kind: first,
    outcome: null,
    next_step: '',
    next_step_on: null,
    body: '',
  });
  const { value: entry, set: setEntry } = draft;
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  if (!activity) return null;
  const about = given ?? chosen ?? undefined;
  const put = (part: Partial<LogEntry>) => setEntry((old) => ({ ...old, ...part }));
  const choices = (name: string) => (fieldOf(activity, name)?.choices ?? []).filter((one) => one.active);
  const kinds = choices('kind').filter((one) => one.key !== 'task');
  const save = async (outcome: string | null) => {
    if (!task && !about) return;
    setBusy(true);
    setRefusal(null);
    try {
      if (task) await finish(task, outcome ?? undefined);
      else if (about) await log(about, { ...entry, outcome });
      if (!task) draft.clear();
      onClose();
    } catch (error) {
      setRefusal(error);
      setBusy(false);
    }
  };
  const name = task?.id.name ?? about?.id.name ?? '';
  const title = name ? t('today.log.title', { kind: labelOf(entry.kind), name }) : t('today.log.title_new');
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles.form}>
        {refusal ? <Notice tone="bad">{sentence(refusal)}</Notice> : null}
        {task ? null : <DraftOffer draft={draft} />}
        {given || task ? null : (
          <>
            <Offered offered={offered} chosen={chosen} onChoose={setChosen} />
            <ReferenceInput
              target="account"
              label={t('today.log.account')}
              value={chosen?.object === 'account' ? chosen.id : null}
              onChange={(id) => setChosen(id ? { object: 'account', id } : null)}
              isRequired={chosen === null}
              autoFocus={offered.length === 0}
            />
          </>
        )}
        {task ? null : (
          <>
            <Segments
              label={pick(fieldOf(activity, 'kind')?.label)}
              options={kinds.map((one) => ({ key: one.key, label: pick(one.label) }))}
              value={entry.kind}
              onChange={(kind) => put({ kind })}
            />
            <NextStep entry={entry} days={days} put={put} />
            <MentionInput label={t('today.log.body')} value={entry.body} onChange={(body) => put({ body })} rows={2} />
          </>
        )}
        <Outcomes
          choices={choices('outcome')}
          isDisabled={busy || (!task && !about) || (entry.next_step_on !== null && entry.next_step === '')}
          onChoose={save}
        />
      </div>
    </Dialog>
  );
}

type Offers = { offered: About[]; chosen: About | null; onChoose: (about: About) => void };

function Offered({ offered, chosen, onChoose }: Offers) {
  const catalogue = useCatalogue();
  if (offered.length === 0) return null;
  return (
    <div role="group" aria-label={t('today.log.recent')} className={styles.offered}>
      {offered.map((one) => (
        <Button
          key={`${one.object}${one.id.id}`}
          aria-pressed={one.id.id === chosen?.id.id}
          className={classes(styles.offer, one.id.id === chosen?.id.id && styles.chosen)}
          onPress={() => onChoose(one)}
        >
          <span className={styles.offerName}>{one.id.name}</span>
          <small>{pick(catalogue.object(one.object)?.label)}</small>
        </Button>
      ))}
    </div>
  );
}

function NextStep({ entry, days, put }: { entry: LogEntry; days: Days; put: (part: Partial<LogEntry>) => void }) {
  const chosen = entry.next_step_on;
  return (
    <div className={styles.step}>
      <TextInput
        label={t('today.log.next_step')}
        value={entry.next_step}
        onChange={(next_step) => put({ next_step, next_step_on: next_step && !chosen ? days.next : chosen })}
        error={chosen && !entry.next_step ? t('today.log.step_missing') : undefined}
      />
      <div className={styles.days} role="group" aria-label={t('today.log.next_step_on')}>
        {dayChoices(days).map((one) => (
          <Button
            key={one.key}
            compact
            aria-pressed={chosen === one.day}
            className={classes(styles.day, chosen === one.day && styles.chosen)}
            onPress={() => put({ next_step_on: chosen === one.day ? null : one.day })}
          >
            {one.label}
            <small>{dated(one.day)}</small>
          </Button>
        ))}
        <DateInput
          aria-label={t('today.log.next_step_on')}
          value={chosen}
          onChange={(day) => put({ next_step_on: day })}
        />
      </div>
    </div>
  );
}

type Choices = { key: string; label: { zh: string; en: string }; tone?: string | null }[];

function Outcomes(props: { choices: Choices; isDisabled: boolean; onChoose: (key: string | null) => void }) {
  if (props.choices.length === 0)
    return (
      <Button look="primary" isDisabled={props.isDisabled} onPress={() => props.onChoose(null)}>
        {t('common.save')}
      </Button>
    );
  return (
    <div role="group" aria-label={t('today.log.outcome')} className={styles.outcomes}>
      <p className={styles.label}>{t('today.log.outcome')}</p>
      <div className={styles.grid}>
        {props.choices.map((one) => (
          <Button
            key={one.key}
            isDisabled={props.isDisabled}
            onPress={() => props.onChoose(one.key)}
            className={classes(styles.outcome, styles[one.tone ?? 'plain'] ?? styles.plain)}
          >
            {pick(one.label)}
          </Button>
        ))}
      </div>
    </div>
  );
}
