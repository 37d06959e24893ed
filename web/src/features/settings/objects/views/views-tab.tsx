// The views of a list: their order, which of them are there and for whom, which one opens first, and what members share.
import { Eye, EyeOff, Pencil, Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DefinedView, Definition, ViewsOverlay } from '../../../../api/definitions.ts';
import type { ObjectDef, RecordData } from '../../../../api/types.ts';
import { list } from '../../../../i18n/format.ts';
import { pick, t } from '../../../../i18n/i18n.ts';
import { AskDialog } from '../../../../records/form/ask-dialog.tsx';
import { Button, IconButton } from '../../../../ui/button/button.tsx';
import { Notice } from '../../../../ui/empty/empty.tsx';
import { moved, OrderList } from '../../../../ui/order/order-list.tsx';
import { Tag } from '../../../../ui/tag/tag.tsx';
import { toast } from '../../../../ui/toast/toast.tsx';
import styles from '../../settings.module.css';
import { useDefine } from '../../use-define.ts';
import { errorsOf } from '../field-model.ts';
import forms from '../../forms.module.css';
import { Openings } from './openings.tsx';
import { SharedViews } from './shared-views.tsx';
import { useRoles } from './use-roles.ts';
import { ViewEditor } from './view-editor.tsx';
import { openingOf, orderViews, removeView, showView } from './views-model.ts';

type Editing = { view?: DefinedView; shared?: RecordData };

export function ViewsTab({ object, definition }: { object: ObjectDef; definition: Definition }) {
  const [editing, setEditing] = useState<Editing | null>(null);
  return editing ? (
    <ViewEditor object={object} definition={definition} {...editing} onClose={() => setEditing(null)} />
  ) : (
    <ViewList object={object} definition={definition} onEdit={setEditing} />
  );
}

type ListProps = { object: ObjectDef; definition: Definition; onEdit: (editing: Editing) => void };

function ViewList({ object, definition, onEdit }: ListProps) {
  const { save, refusal, busy, isStale } = useDefine(definition);
  const [removing, setRemoving] = useState<DefinedView | null>(null);
  // As somebody has just put them, until it is kept; what is put meanwhile is kept next.
  const [order, setOrder] = useState<DefinedView[] | null>(null);
  const wanted = useRef<DefinedView[] | null>(null);
  const views = order ?? definition.views;
  // What is done here is done to the definition as it stands: whatever comes in meanwhile is shown at once.
  const send = async (next: ViewsOverlay, said: string, version = definition.version): Promise<boolean> => {
    const good = await save({ object: object.name, views: next }, version);
    if (good) toast(said, 'good');
    return good;
  };
  const put = async (next: DefinedView[]) => {
    setOrder(next);
    const isBusy = wanted.current !== null;
    wanted.current = next;
    if (isBusy) return;
    for (let version = definition.version; wanted.current; version += 1) {
      const now: DefinedView[] = wanted.current;
      const good = await send(orderViews(definition, now), t('settings.views.moved'), version);
      if (!good || wanted.current === now) wanted.current = null;
    }
    setOrder(null);
  };
  return (
    <div className={`${forms.form} ${forms.narrow}`}>
      <div className={styles.tools}>
        <p className={styles.help}>{t('settings.views.help')}</p>
        <Button look="primary" onPress={() => onEdit({})}>
          <Plus size={14} aria-hidden="true" />
          {t('settings.views.add')}
        </Button>
      </div>
      {refusal ? <Notice tone="bad">{Object.values(errorsOf(refusal)).flat().join(' ')}</Notice> : null}
      {isStale ? <Notice tone="warn">{t('settings.stale')}</Notice> : null}
      <OrderList
        label={t('settings.object.views')}
        items={views}
        keyOf={(view) => view.key}
        handle={(view, at) => t('settings.move', { name: pick(view.label), at: at + 1, of: views.length })}
        onMove={(from, to) => void put(moved(views, from, to))}
      >
        {(view) => (
          <ViewLine
            view={view}
            isOpening={openingOf(definition, '') === view.key}
            onEdit={() => onEdit({ view })}
            onShow={(active) =>
              void send(
                showView(definition, view.key, active),
                t(active ? 'settings.views.shown' : 'settings.views.hidden', { name: pick(view.label) }),
              )
            }
            onRemove={() => setRemoving(view)}
          />
        )}
      </OrderList>
      <Openings object={object} definition={definition} busy={busy} onSend={send} />
      <SharedViews object={object} onTake={(shared) => onEdit({ shared })} />
      {removing ? (
        <AskDialog
          title={t('settings.views.delete_title', { name: pick(removing.label) })}
          deed={t('common.delete')}
          look="danger"
          onClose={() => setRemoving(null)}
          onSend={async () => {
            const said = t('settings.views.deleted', { name: pick(removing.label) });
            await send(removeView(definition, removing.key), said);
          }}
        >
          <p>{t('settings.views.delete_help')}</p>
        </AskDialog>
      ) : null}
    </div>
  );
}

type LineProps = {
  view: DefinedView;
  isOpening: boolean;
  onEdit: () => void;
  onShow: (active: boolean) => void;
  onRemove: () => void;
};

function ViewLine({ view, isOpening, onEdit, onShow, onRemove }: LineProps) {
  const roles = useRoles();
  const name = pick(view.label);
  const whose = roles.filter((role) => view.roles.includes(role.key)).map((role) => role.label);
  return (
    <div className={forms.pick}>
      <button type="button" className={styles.open} onClick={onEdit}>
        <span className={view.active ? undefined : styles.faded}>{name}</span>
        <Pencil size={12} aria-hidden="true" />
      </button>
      <span className={styles.marks}>
        {view.active ? null : <Tag tone="warn">{t('settings.views.is_hidden')}</Tag>}
        {isOpening ? <Tag tone="info">{t('settings.views.opens_first')}</Tag> : null}
        {whose.length > 0 ? <Tag>{t('settings.views.for_roles', { roles: list(whose) })}</Tag> : null}
        {view.built_in ? <Tag>{t('settings.built_in')}</Tag> : <Tag tone="info">{t('settings.custom')}</Tag>}
        <IconButton
          label={t(view.active ? 'settings.views.hide' : 'settings.views.show', { name })}
          onPress={() => onShow(!view.active)}
        >
          {view.active ? <Eye size={14} aria-hidden="true" /> : <EyeOff size={14} aria-hidden="true" />}
        </IconButton>
        {view.built_in ? null : (
          <IconButton label={t('settings.views.delete', { name })} onPress={onRemove}>
            <Trash2 size={14} aria-hidden="true" />
          </IconButton>
        )}
      </span>
    </div>
  );
}
