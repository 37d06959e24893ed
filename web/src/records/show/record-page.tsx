// Everything about one record: path, fields, what happened, what is missing, what belongs to it.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft, Ellipsis, Trash2 } from 'lucide-react';
import { createElement, lazy, type ReactNode, Suspense, useState } from 'react';
import { useActions } from '../../actions/registry.ts';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { isProblem, sentence } from '../../api/problem.ts';
import { processQuery, recordQuery } from '../../api/records.ts';
import type { ObjectDef, ProcessState, RecordData, Value, Verb } from '../../api/types.ts';
import { pick, t, within } from '../../i18n/i18n.ts';
import { usePhone } from '../../lib/media.ts';
import { classes } from '../../ui/classes.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { Menu } from '../../ui/menu/menu.tsx';
import { Page } from '../../ui/page/page.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { FieldValue } from '../fields/field-value.tsx';
import { nameOf } from '../fields/record-name.ts';
import { NotFound } from '../not-found.tsx';
import { KeptHere } from '../outbox/kept-list.tsx';
import { verbDialog } from '../slots.ts';
import { FieldPanel } from './field-panel.tsx';
import { GatePanel } from './gate-panel.tsx';
import { Relations } from './relations.tsx';
import styles from './show.module.css';
import { StagePath, StagePathPlace } from './stage-path.tsx';
import { Timeline } from './timeline.tsx';
import { useAct } from './use-act.ts';
import { offers } from './verbs.ts';

const DeleteDialog = lazy(() => import('./delete-dialog.tsx').then((room) => ({ default: room.DeleteDialog })));
const VerbDialog = lazy(() => import('./verb-dialog.tsx').then((room) => ({ default: room.VerbDialog })));
const GateDialog = lazy(() => import('./gate-dialog.tsx').then((room) => ({ default: room.GateDialog })));
// What happened is read before more is written.
const Composer = lazy(() => import('./composer.tsx').then((room) => ({ default: room.Composer })));

export function RecordPage() {
  const { plural, id } = useParams({ strict: false }) as { plural: string; id: string };
  const object = useCatalogue().plural(plural);
  if (!object?.rights.read) return <NotFound />;
  return <Show key={`${plural}/${id}`} object={object} id={id} />;
}

function Show({ object, id }: { object: ObjectDef; id: string }) {
  const { data: record } = useSuspenseQuery(recordQuery(object.plural, id));
  const phone = usePhone();
  const asked = useQuery({ ...processQuery(object.plural, id), enabled: object.staged });
  const process = asked.data;
  const bare = !object.staged && object.relations.length === 0;
  const { buttons, menu, dialog } = useVerbs(object, record, process);
  return (
    <Page
      flush
      title={
        <span className={styles.title}>
          <Link to={`/${object.plural}`} aria-label={t('records.back_to', { objects: within(object.plural_label) })}>
            <ArrowLeft size={16} aria-hidden="true" />
          </Link>
          <span className={styles.name}>{nameOf(object, record) || t('records.no_name')}</span>
        </span>
      }
      beside={phone ? null : <Tags object={object} record={record} process={process} />}
      actions={
        <>
          {phone ? null : buttons}
          {menu}
        </>
      }
    >
      {process ? <StagePath process={process} /> : object.staged && asked.isPending ? <StagePathPlace /> : null}
      <div className={classes(styles.columns, bare && styles.two)} tabIndex={phone ? 0 : undefined}>
        <div className={styles.left} tabIndex={phone ? undefined : 0} role="region" aria-label={t('records.fields')}>
          <FieldPanel object={object} record={record} />
        </div>
        <div
          className={styles.center}
          tabIndex={phone ? undefined : 0}
          role="region"
          aria-label={t('records.timeline')}
        >
          <Suspense fallback={<div className={styles.composerPlace} />}>
            <Composer object={object} record={record} />
          </Suspense>
          <KeptHere object={object.name} id={id} />
          <Timeline object={object} id={id} />
        </div>
        {bare ? null : (
          <div
            className={styles.right}
            tabIndex={phone ? undefined : 0}
            role="region"
            aria-label={t('records.related')}
          >
            {process ? <GatePanel process={process} /> : null}
            <Relations object={object} record={record} />
          </div>
        )}
      </div>
      {phone && buttons ? <div className={styles.bottomBar}>{buttons}</div> : null}
      <Suspense fallback={null}>{dialog}</Suspense>
    </Page>
  );
}

function Tags({
  object,
  record,
  process,
}: {
  object: ObjectDef;
  record: RecordData;
  process: ProcessState | undefined;
}) {
  const outcome = fieldOf(object, 'outcome') ?? fieldOf(object, 'status');
  const parent = fieldOf(object, 'account');
  return (
    <span className={styles.tags}>
      {parent && record.account ? <FieldValue field={parent} value={record.account} /> : null}
      {outcome && object.staged ? <FieldValue field={outcome} value={record[outcome.name]} /> : null}
      {process?.stalled ? <Tag tone="bad">{t('records.stalled', { days: process.stalled.since_days })}</Tag> : null}
    </span>
  );
}

type Asking = { verb: Verb; refusal?: unknown } | 'delete' | null;

// The buttons of the verbs, their menu, and the dialog of the one that was pressed.
function useVerbs(object: ObjectDef, record: RecordData, process: ProcessState | undefined) {
  const act = useAct(object);
  const navigate = useNavigate();
  const [asking, setAsking] = useState<Asking>(null);
  const [busy, setBusy] = useState(false);
  const offer = offers(object, record, process);
  const close = () => setAsking(null);
  const press = async (verb: Verb) => {
    if (verb.name !== 'advance' && verb.arguments.length > 0) return setAsking({ verb });
    setBusy(true);
    try {
      await act(record, verb, {});
      close();
    } catch (error) {
      if (isProblem(error) && error.items.some((item) => item.code === 'gate_unmet'))
        setAsking({ verb, refusal: error });
      else toast(sentence(error), 'bad');
    } finally {
      setBusy(false);
    }
  };
  const label = (verb: Verb) =>
    verb.name === 'advance' && process?.gate?.to
      ? t('records.advance_to', { stage: pick(process.gate.to.label) })
      : pick(verb.label);
  const button = (verb: Verb, look: 'primary' | 'plain') => (
    <Button key={verb.name} look={look} isDisabled={busy} onPress={() => void press(verb)}>
      {label(verb)}
    </Button>
  );
  const buttons: ReactNode =
    offer.primary || offer.beside.length > 0 ? (
      <>
        {offer.beside.map((verb) => button(verb, 'plain'))}
        {offer.primary ? button(offer.primary, 'primary') : null}
      </>
    ) : null;
  const entries = offer.more.map((verb) => ({
    key: verb.name,
    label: pick(verb.label),
    tone: verb.tone === 'bad' ? ('bad' as const) : undefined,
    onAction: () => void press(verb),
  }));
  const remove = {
    key: 'delete',
    label: t('common.delete'),
    tone: 'bad' as const,
    icon: <Trash2 size={14} aria-hidden="true" />,
    onAction: () => setAsking('delete'),
  };
  const all = object.rights.delete ? [...entries, remove] : entries;
  const offered = [offer.primary, ...offer.beside, ...offer.more].filter((verb) => verb !== undefined);
  useActions([
    ...offered.map((verb) => ({
      id: `record.${verb.name}`,
      label: label(verb),
      group: 'record' as const,
      icon: 'verb',
      run: () => void press(verb),
    })),
    ...(object.rights.delete
      ? [{ id: 'record.delete', label: remove.label, group: 'record' as const, icon: 'delete', run: remove.onAction }]
      : []),
  ]);
  const menu =
    all.length > 0 ? (
      <Menu
        label={t('common.more')}
        trigger={
          <IconButton label={t('common.more')}>
            <Ellipsis size={16} aria-hidden="true" />
          </IconButton>
        }
        groups={[{ key: 'verbs', entries: all }]}
      />
    ) : null;
  let dialog: ReactNode = null;
  if (asking === 'delete') {
    dialog = (
      <DeleteDialog
        object={object}
        record={record}
        onClose={close}
        onDone={() => void navigate({ to: `/${object.plural}` })}
      />
    );
  } else if (asking && isProblem(asking.refusal)) {
    dialog = (
      <GateDialog
        object={object}
        record={record}
        verb={asking.verb}
        body={{}}
        refusal={asking.refusal}
        onClose={close}
        onDone={close}
      />
    );
  } else if (asking) {
    const preset = presetOf(asking.verb, record);
    const shared = {
      object,
      record,
      verb: asking.verb,
      onClose: close,
      onDone: close,
    };
    const special = verbDialog(object.name, asking.verb.name);
    dialog = special ? createElement(special, shared) : <VerbDialog {...shared} preset={preset} process={process} />;
  }
  return { buttons, menu, dialog };
}

// An argument that names a field of the record starts with its value.
function presetOf(verb: Verb, record: RecordData): { [name: string]: Value } {
  if (verb.tone === 'bad' || verb.name === 'hand_over') return {};
  return Object.fromEntries(
    verb.arguments.filter((field) => field.type === 'money').map((field) => [field.name, record[field.name] ?? null]),
  );
}
