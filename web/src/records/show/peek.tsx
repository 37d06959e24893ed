// A record beside the list it stands in. J and K, or the arrows while nothing else wants them, step through that list.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronUp, Maximize2 } from 'lucide-react';
import { type KeyboardEvent, Suspense } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { isProblem, sentence } from '../../api/problem.ts';
import { recordQuery } from '../../api/records.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { buttonLook, IconButton } from '../../ui/button/button.tsx';
import { Sheet } from '../../ui/dialog/sheet.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { neighbour, parsePlace, usePeek, useTrail } from '../peek.ts';
import { type FrameProps, RecordView } from './record-view.tsx';
import styles from './show.module.css';

const typing = (target: EventTarget): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role=tab], [role=combobox]'));

export function Peek({ place }: { place: string }) {
  const catalogue = useCatalogue();
  const { close } = usePeek();
  const onKey = useSteps(place);
  const named = parsePlace(place);
  const object = named ? catalogue.plural(named.plural) : undefined;
  const found = useQuery({ ...recordQuery(named?.plural ?? '', named?.id ?? ''), enabled: !!object?.rights.read });
  if (object && named && found.data) {
    return (
      <Suspense fallback={null}>
        <RecordView key={place} object={object} record={found.data} frame={SheetFrame} narrow onGone={close} />
      </Suspense>
    );
  }
  const missing = !object?.rights.read || isProblem(found.error, 404);
  return (
    <Sheet title={t('record.peek.loading')} actions={<Steps place={place} />} onClose={close} onKey={onKey}>
      <div className={styles.sheetNote}>
        {missing || found.isError ? (
          <Notice tone="bad">{missing ? t('record.peek.missing') : sentence(found.error)}</Notice>
        ) : (
          <Skeleton lines={8} />
        )}
      </div>
    </Sheet>
  );
}

function useSteps(place: string): (event: KeyboardEvent) => void {
  const trail = useTrail();
  const { step } = usePeek();
  return (event) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const next = event.key === 'j' || event.key === 'ArrowDown';
    if (!next && event.key !== 'k' && event.key !== 'ArrowUp') return;
    const to = neighbour(trail, place, next ? 1 : -1);
    if (!to) return;
    event.preventDefault();
    step(to);
  };
}

function Steps({ place }: { place: string }) {
  const trail = useTrail();
  const { step } = usePeek();
  const at = trail.indexOf(place);
  if (at < 0 || trail.length < 2) return null;
  const button = (to: string | null, label: string, shape: typeof ChevronUp) => {
    const Shape = shape;
    return (
      <IconButton label={label} compact isDisabled={!to} onPress={() => to && step(to)}>
        <Shape size={16} aria-hidden="true" />
      </IconButton>
    );
  };
  return (
    <>
      <span className={styles.place}>{t('record.peek.place', { at: count(at + 1), of: count(trail.length) })}</span>
      {button(neighbour(trail, place, -1), t('record.peek.previous'), ChevronUp)}
      {button(neighbour(trail, place, 1), t('record.peek.next'), ChevronDown)}
    </>
  );
}

function SheetFrame({ object, id, name, tags, star, buttons, menu, children }: FrameProps) {
  const { close } = usePeek();
  const place = `${object.plural}/${id}`;
  const onKey = useSteps(place);
  return (
    <Sheet
      title={name}
      actions={
        <>
          <Steps place={place} />
          <Link
            to="/$plural/$id"
            params={{ plural: object.plural, id }}
            className={buttonLook({ icon: true })}
            aria-label={t('record.peek.open')}
            title={t('record.peek.open')}
          >
            <Maximize2 size={15} aria-hidden="true" />
          </Link>
          {star}
          {menu}
        </>
      }
      beside={tags}
      foot={buttons}
      onClose={close}
      onKey={onKey}
    >
      {children}
    </Sheet>
  );
}
