// Writing what happened, where the timeline begins: a call, an e-mail, a meeting, a visit, a task, a note or a file. Which
// fields each asks for comes from the definitions of those objects, so a relabelled or custom choice shows up by itself. Files may
// also be dropped or pasted anywhere here.
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';
import { useActions } from '../../actions/registry.ts';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import { Drop } from '../../ui/drop/drop.tsx';
import { Tabs } from '../../ui/tabs/tabs.tsx';
import styles from './composer.module.css';
import { EntryForm } from './entry-form.tsx';
import { linkOf } from './link-of.ts';
import { Sending, useAttach } from './use-attach.tsx';

// What comes first is asked at once, the rest with the first key.
const asked: { [kind: string]: string[] } = {
  call: ['body', 'outcome', 'next_step', 'next_step_on'],
  email: ['body', 'subject', 'next_step', 'next_step_on'],
  meeting: ['body', 'subject', 'starts_at', 'place', 'outcome', 'next_step', 'next_step_on'],
  visit: ['body', 'subject', 'starts_at', 'place', 'outcome', 'next_step', 'next_step_on'],
  task: ['subject', 'due_on', 'priority', 'body'],
};

// `depth` of the actions: a page is 1, a sheet over it 2.
type Props = { object: ObjectDef; record: RecordData; depth?: number };

export function Composer({ object, record, depth }: Props) {
  const catalogue = useCatalogue();
  const activity = catalogue.object('activity');
  const note = catalogue.object('note');
  const attachment = catalogue.object('attachment');
  const takesFiles = !!attachment && !!linkOf(attachment, object) && attachment.rights.create;
  const kinds = activity?.rights.create && linkOf(activity, object) ? (fieldOf(activity, 'kind')?.choices ?? []) : [];
  const tabs = [
    ...kinds
      .filter((kind) => kind.active && asked[kind.key])
      .map((kind) => ({ key: kind.key, label: pick(kind.label) })),
    ...(note && linkOf(note, object) && note.rights.create ? [{ key: 'note', label: pick(note.label) }] : []),
    ...(takesFiles ? [{ key: 'file', label: t('records.file') }] : []),
  ];
  const [tab, setTab] = useState(tabs[0]?.key ?? '');
  const section = useRef<HTMLElement>(null);
  useActions(
    tabs.length > 0
      ? [
          {
            id: 'create',
            label: t('records.composer'),
            group: 'here',
            icon: 'note',
            keys: 'c',
            run: () => section.current?.querySelector<HTMLElement>('form input, form textarea, form button')?.focus(),
          },
        ]
      : [],
    depth,
  );
  const files = useAttach(object, record);
  const [over, setOver] = useState(false);
  if (tabs.length === 0) return null;
  const take = (event: DragEvent | ClipboardEvent, data: DataTransfer) => {
    const found = [...data.files];
    if (!takesFiles || found.length === 0 || event.defaultPrevented) return;
    event.preventDefault();
    void files.send(found);
  };
  const drop = takesFiles
    ? {
        onDragOver: (event: DragEvent) => {
          if (!event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          setOver(true);
        },
        onDragLeave: () => setOver(false),
        onDrop: (event: DragEvent) => {
          setOver(false);
          take(event, event.dataTransfer);
        },
        onPaste: (event: ClipboardEvent) => take(event, event.clipboardData),
      }
    : {};
  return (
    <section
      ref={section}
      className={classes(styles.composer, over && styles.over)}
      aria-label={t('records.composer')}
      data-chrome
      {...drop}
    >
      <Tabs label={t('records.composer')} tabs={tabs} value={tab} onChange={setTab}>
        {tab === 'file' ? (
          <Drop
            label={files.busy ? t('records.sending') : t('records.choose_file')}
            help={t('record.composer.drop')}
            isDisabled={files.busy}
            onFiles={(found) => void files.send(found)}
          />
        ) : tab === 'note' && note ? (
          <EntryForm key="note" child={note} parent={object} record={record} names={['body']} preset={{}} />
        ) : activity ? (
          <EntryForm
            key={tab}
            child={activity}
            parent={object}
            record={record}
            names={asked[tab] ?? []}
            preset={{ kind: tab }}
          />
        ) : null}
      </Tabs>
      <Sending files={files} />
    </section>
  );
}
