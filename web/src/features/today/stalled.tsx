// Deals beyond the limit of their stage, with what the gate ahead still wants. What is missing is filled in right here.
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { ApiProblem, isProblem, sentence } from '../../api/problem.ts';
import { processQuery, recordQuery } from '../../api/records.ts';
import type { ObjectDef, ProcessState, RecordData, Verb } from '../../api/types.ts';
import { count, daysBetween, moneyShort } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { CheckMark } from '../../records/show/check-mark.tsx';
import { GateDialog } from '../../records/show/gate-part.ts';
import { useAct } from '../../records/show/use-act.ts';
import { PlainLink } from '../../records/plain-link.tsx';
import { RecordLink } from '../../records/record-link.tsx';
import { Button } from '../../ui/button/button.tsx';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { stalled_mine } from './formulas.ts';
import { Nothing, Panel } from './panel.tsx';
import type { DealFacts } from './today-model.ts';
import styles from './today.module.css';

const stalled_shown = 5;
type Open = { record: RecordData; verb: Verb; refusal: ApiProblem };

export function StalledPanel({ deals, today }: { deals: DealFacts[]; today: string }) {
  const object = useCatalogue().object('deal');
  const [open, setOpen] = useState<Open | null>(null);
  const shown = deals.slice(0, stalled_shown);
  const processes = useQueries({ queries: shown.map((deal) => processQuery('deals', deal.id.id)) });
  return (
    <Panel
      title={t('today.stalled')}
      count={count(deals.length)}
      rows={{ to: '/deals', filter: stalled_mine, sort: '-amount' }}
      help={<p>{t('today.stalled_help')}</p>}
    >
      {deals.length === 0 ? <Nothing>{t('today.stalled_none')}</Nothing> : null}
      <ul className={styles.cards}>
        {object
          ? shown.map((deal, at) => (
              <StalledCard
                key={deal.id.id}
                object={object}
                deal={deal}
                today={today}
                process={processes[at]?.data}
                onOpen={setOpen}
              />
            ))
          : null}
      </ul>
      {open && object ? (
        <Suspense fallback={null}>
          <GateDialog object={object} body={{}} {...open} onClose={() => setOpen(null)} onDone={() => setOpen(null)} />
        </Suspense>
      ) : null}
    </Panel>
  );
}

type CardProps = {
  object: ObjectDef;
  deal: DealFacts;
  today: string;
  process: ProcessState | undefined;
  onOpen: (open: Open) => void;
};

function StalledCard({ object, deal, today, process, onOpen }: CardProps) {
  const stage = fieldOf(object, 'stage')?.choices?.find((one) => one.key === deal.stage);
  const days = daysBetween(deal.stalled_since ?? today, today) + 1;
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <RecordLink plural="deals" id={deal.id.id} name={deal.id.name} className={styles.cardName} />
        <span className={styles.amount}>{moneyShort(deal.amount)}</span>
      </div>
      <p className={styles.cardLine}>
        {deal.account ? <PlainLink to={`/accounts/${deal.account.id}`}>{deal.account.name}</PlainLink> : null}
        <span className={styles.warn}>{t('today.stalled_for', { stage: pick(stage?.label), days })}</span>
      </p>
      {process ? <Missing object={object} deal={deal} process={process} onOpen={onOpen} /> : <Skeleton lines={1} />}
    </li>
  );
}

function Missing({ object, deal, process, onOpen }: Omit<CardProps, 'today' | 'process'> & { process: ProcessState }) {
  const client = useQueryClient();
  const act = useAct(object);
  const [busy, setBusy] = useState(false);
  const gate = process.gate;
  const missing = (gate?.checks ?? []).filter((check) => !check.met);
  const verb = object.verbs.find((one) => one.name === 'advance');
  const to = gate?.to ? pick(gate.to.label) : '';
  const what = missing.length > 0 ? t('today.gate_fill', { count: missing.length }) : t('today.gate_go', { stage: to });
  const go = async () => {
    if (!verb) return;
    setBusy(true);
    try {
      const record = await client.fetchQuery({ ...recordQuery('deals', deal.id.id), staleTime: 0 });
      if (missing.length > 0) onOpen({ record, verb, refusal: wanting(process) });
      else await act(record, verb, {});
    } catch (error) {
      const said = isProblem(error) && error.items.some((item) => item.code === 'gate_unmet');
      if (said) onOpen({ record: await client.fetchQuery(recordQuery('deals', deal.id.id)), verb, refusal: error });
      else toast(sentence(error), 'bad');
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.missing}>
      <ul className={styles.checks}>
        {missing.map((check) => (
          <li key={check.key}>
            <CheckMark met={false} strength={check.strength} />
            <span>{check.say}</span>
          </li>
        ))}
        {missing.length === 0 ? <li>{to ? t('today.gate_open', { stage: to }) : t('today.gate_none')}</li> : null}
      </ul>
      {to && verb ? (
        <Button
          compact
          isDisabled={busy}
          onPress={() => void go()}
          aria-label={t('today.gate_go_of', { what, name: deal.id.name })}
        >
          {what}
        </Button>
      ) : null}
    </div>
  );
}

// The gate's own answer before anybody knocks: the same items as a refused move would name.
function wanting(process: ProcessState): ApiProblem {
  const errors = (process.gate?.checks ?? [])
    .filter((check) => !check.met)
    .map(({ key, field, strength, say }) => ({ code: 'gate_unmet', field, say, args: { key, strength, say } }));
  return new ApiProblem({ title: '', status: 422, code: 'gate_unmet', errors });
}
