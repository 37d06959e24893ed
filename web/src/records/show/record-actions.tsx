// What can be done with a record, one table wherever it stands: the buttons and the ⋯ of its page and of its peek, the menu of its
// row in a list, the palette and the keys. The dialogs of what was chosen come with it.
import { lazy, Suspense, useState } from 'react';
import { type Action, useActions } from '../../actions/registry.ts';
import { useSession } from '../../api/session.ts';
import type { ObjectDef, ProcessState, RecordData } from '../../api/types.ts';
import { moreWords, t } from '../../i18n/i18n.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { useFollow } from './follow-star.tsx';
import { useVerbs } from './verb-bar.tsx';
import { print, prints } from '../../lib/print.ts';

const CompareDialog = lazy(() => import('./compare-dialog.tsx').then((room) => ({ default: room.CompareDialog })));
const ShareDialog = lazy(async () => {
  const [room] = await Promise.all([import('../share/share-dialog.tsx'), moreWords('share')]);
  return { default: room.ShareDialog };
});

const ExportPersonDialog = lazy(async () => {
  const [room] = await Promise.all([import('../person/export-dialog.tsx'), moreWords('person')]);
  return { default: room.ExportPersonDialog };
});
const EraseDialog = lazy(async () => {
  const [room] = await Promise.all([import('../person/erase-dialog.tsx'), moreWords('person')]);
  return { default: room.EraseDialog };
});

type Props = {
  object: ObjectDef;
  record: RecordData;
  process: ProcessState | undefined;
  place: 'page' | 'sheet' | 'row';
  onGone: () => void;
};

const row = (id: string, label: string, run: () => void): Action => ({
  id: `record.${id}`,
  label,
  group: 'record',
  icon: id,
  run,
});

const copyLink = (object: ObjectDef, record: RecordData) =>
  navigator.clipboard?.writeText(`${window.location.origin}/${object.plural}/${record.id}`).then(
    () => toast(t('record.copied'), 'good'),
    () => toast(t('record.not_copied'), 'bad'),
  );

export function useRecordActions({ object, record, process, place, onGone }: Props) {
  const follow = useFollow(object, record.id);
  const [isComparing, setComparing] = useState(false);
  const [isSharing, setSharing] = useState(false);
  const [request, setRequest] = useState<'export' | 'erase' | null>(null);
  const answered = () => setRequest(null);
  const { rights } = useSession();
  const verbs = useVerbs({ object, record, process, onGone });
  const others = [
    ...(place === 'row' ? [follow.action] : []),
    // What nobody owns is seen by everybody who may see its kind.
    ...(object.owned ? [row('share', t('record.share'), () => setSharing(true))] : []),
    row('compare', t('record.compare'), () => setComparing(true)),
    row('link', t('record.copy_link'), () => void copyLink(object, record)),
    // A sheet over a page is not printed.
    ...(place === 'page' && prints() ? [row('print', t('record.print'), print)] : []),
  ];
  // What a person may ask of whoever keeps records about him.
  const person = object.person && !record.erased_at;
  const taken =
    person && rights.person_export ? [row('take_out', t('record.person_export'), () => setRequest('export'))] : [];
  const erased = person && rights.erase ? [row('erase', t('record.erase'), () => setRequest('erase'))] : [];
  const menu = [...verbs.more, ...others, ...taken, ...verbs.removal, ...erased];
  // A row lends its menu, not the page.
  useActions(place === 'row' ? [] : [...verbs.first, ...menu, follow.action], place === 'sheet' ? 2 : 1);
  const dialog = (
    <Suspense fallback={null}>
      {verbs.dialog}
      {isSharing ? (
        <ShareDialog object={object} record={record} onClose={() => setSharing(false)} onGone={onGone} />
      ) : null}
      {isComparing ? <CompareDialog object={object} record={record} onClose={() => setComparing(false)} /> : null}
      {request === 'export' ? <ExportPersonDialog object={object} record={record} onClose={answered} /> : null}
      {request === 'erase' ? <EraseDialog object={object} record={record} onClose={answered} /> : null}
    </Suspense>
  );
  return { first: verbs.first, menu, dialog, star: follow.star, buttons: verbs.buttons, advance: verbs.advance };
}
