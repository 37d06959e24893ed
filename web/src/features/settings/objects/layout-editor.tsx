// How records of one object are laid out: sections and their fields, key fields, columns of the list – with the page beside it.
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Definition } from '../../../api/definitions.ts';
import type { ObjectDef } from '../../../api/types.ts';
import { t } from '../../../i18n/i18n.ts';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { ConditionInput } from '../condition-input.tsx';
import { useTakeOver } from '../use-base.ts';
import { useDefine } from '../use-define.ts';
import { errorsOf } from './field-model.ts';
import { FieldPicks } from './field-picks.tsx';
import {
  type LayoutDraft,
  layoutOf,
  layoutWire,
  loose,
  newSection,
  putField,
  type SectionDraft,
} from './layout-model.ts';
import { LayoutPreview } from './layout-preview.tsx';
import forms from '../forms.module.css';
import styles from '../settings.module.css';

// `onTake`: there is a newer definition than the one this began with.
type EditorProps = { object: ObjectDef; definition: Definition; onTake?: () => void };

export function LayoutEditor({ object, definition, onTake }: EditorProps) {
  const [start] = useState(() => layoutOf(object, definition.overlay?.layout));
  const [draft, setDraft] = useState<LayoutDraft>(start);
  const [saved, setSaved] = useState(false);
  const { save, refusal, busy, isStale } = useDefine(definition);
  const { at: errors, rest } = errorsOf(refusal);
  const changed = JSON.stringify(layoutWire(draft)) !== JSON.stringify(layoutWire(start));
  const send = async (layout: LayoutDraft, said: string) => {
    if (!(await save({ object: object.name, layout: layoutWire(layout) }))) return;
    setSaved(true);
    toast(said, 'good');
  };
  useTakeOver(!!onTake && (saved || !changed), () => onTake?.());
  const change = (id: string, part: Partial<SectionDraft>) =>
    setDraft({ ...draft, sections: draft.sections.map((one) => (one.id === id ? { ...one, ...part } : one)) });
  return (
    <div className={forms.beside}>
      <div className={forms.form}>
        {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
        {errors.shown_when ? <Notice tone="bad">{errors.shown_when}</Notice> : null}
        {isStale ? <Notice tone="warn">{t('settings.stale')}</Notice> : null}
        <FieldPicks
          object={object}
          label={t('settings.layout.list')}
          help={t('settings.layout.list_help')}
          names={draft.list}
          onChange={(list) => setDraft({ ...draft, list })}
        />
        <FieldPicks
          object={object}
          label={t('settings.layout.key')}
          help={t('settings.layout.key_help')}
          names={draft.key}
          onChange={(key) => setDraft({ ...draft, key })}
        />
        {draft.sections.map((section, at) => (
          <SectionForm
            key={section.id}
            object={object}
            section={section}
            at={at}
            onChange={(part) => change(section.id, part)}
            onTake={(field) => setDraft(putField(draft, field, section.id))}
            onRemove={() => setDraft({ ...draft, sections: draft.sections.filter((one) => one.id !== section.id) })}
          />
        ))}
        <div className={styles.actions}>
          <Button look="quiet" onPress={() => setDraft({ ...draft, sections: [...draft.sections, newSection()] })}>
            <Plus size={14} aria-hidden="true" />
            {t('settings.layout.section_add')}
          </Button>
        </div>
        <div className={styles.actions}>
          <Button
            look="primary"
            isDisabled={!changed || busy}
            onPress={() => void send(draft, t('settings.layout.saved'))}
          >
            {t('common.save')}
          </Button>
          {changed ? <Button onPress={() => setDraft(start)}>{t('settings.process.discard')}</Button> : null}
          {definition.overlay?.layout ? (
            <Button
              isDisabled={busy}
              onPress={() => void send({ list: [], key: [], sections: [] }, t('settings.layout.reset_done'))}
            >
              {t('settings.layout.reset')}
            </Button>
          ) : null}
        </div>
      </div>
      <LayoutPreview object={object} draft={draft} loose={loose(object, draft)} />
    </div>
  );
}

type SectionProps = {
  object: ObjectDef;
  section: SectionDraft;
  at: number;
  onChange: (part: Partial<SectionDraft>) => void;
  onTake: (field: string) => void;
  onRemove: () => void;
};

function SectionForm({ object, section, at, onChange, onTake, onRemove }: SectionProps) {
  const name = section.zh || section.en || String(at + 1);
  return (
    <section className={forms.box} aria-label={t('settings.layout.section', { name })}>
      <div className={forms.three}>
        <TextInput
          label={t('settings.layout.section_zh')}
          value={section.zh}
          onChange={(zh) => onChange({ zh })}
          isRequired
        />
        <TextInput label={t('settings.layout.section_en')} value={section.en} onChange={(en) => onChange({ en })} />
        <IconButton label={t('settings.layout.section_remove', { name })} onPress={onRemove}>
          <Trash2 size={14} aria-hidden="true" />
        </IconButton>
      </div>
      <FieldPicks
        object={object}
        label={t('settings.layout.section_fields', { name })}
        names={section.fields}
        onChange={(fields) => onChange({ fields })}
        onTake={onTake}
      />
      <ConditionInput
        object={object}
        label={t('settings.field.shown_when')}
        help={t('settings.layout.section_shown_help')}
        value={section.shownWhen}
        onChange={(shownWhen) => onChange({ shownWhen })}
      />
    </section>
  );
}
