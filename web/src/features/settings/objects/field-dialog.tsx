// Adding or changing one field of an object.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Definition } from '../../../api/definitions.ts';
import type { Field, ObjectDef } from '../../../api/types.ts';
import { list } from '../../../i18n/format.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { useDefine } from '../use-define.ts';
import { FieldForm } from './field-form.tsx';
import {
  builtInOverlay,
  customOverlay,
  draftOf,
  emptyDraft,
  errorsOf,
  type FieldDraft,
  keyFrom,
} from './field-model.ts';
import { FieldUses, usesQuery } from './field-uses.tsx';

const noField: Field = { name: '', type: 'text', label: { zh: '', en: '' } };

type Props = { object: ObjectDef; definition: Definition; field?: Field; onClose: () => void };

export function FieldDialog({ object, definition, field, onClose }: Props) {
  const before = definition.overlay?.fields?.find((one) => one.name === field?.name);
  const [draft, setDraft] = useState<FieldDraft>(() => (field ? draftOf(field, before) : emptyDraft));
  const { save, refusal, busy, isStale } = useDefine(definition);
  const { at: errors, rest } = errorsOf(refusal);
  const isCustom = !field || !!field.custom;
  const overlay = (retired: boolean) => ({
    ...(isCustom
      ? customOverlay({
          ...draft,
          name:
            draft.name ||
            keyFrom(
              draft.en,
              object.fields.map((one) => one.name),
              'x_',
            ),
        })
      : builtInOverlay(draft, field, before)),
    ...(retired ? { retired: true } : {}),
  });
  const send = async (retired: boolean, said: string) => {
    const good = await save({ object: object.name, fields: [overlay(retired)] });
    if (!good) return;
    toast(said, 'good');
    onClose();
  };
  const name = draft.zh || draft.en;
  // A gate that asks for a field nobody may fill in would hold for ever: asked once more.
  const gates = useQuery({ ...usesQuery(object, field ?? noField), enabled: !!field }).data?.gates ?? [];
  const [asked, setAsked] = useState(false);
  const retire = () => {
    if (gates.length > 0 && !isRetired && !asked) return setAsked(true);
    void send(!isRetired, t(isRetired ? 'settings.field.restored' : 'settings.field.retired', { name }));
  };
  const isRetired = field?.active === false;
  const submit = () => void send(isRetired, t(field ? 'settings.field.saved' : 'settings.field.added', { name }));
  return (
    <FormDialog
      title={
        field
          ? t('settings.field.title', { name: pick(field.label) })
          : t('settings.field.new', { object: pick(object.label) })
      }
      size="side"
      refusals={[...rest, ...(errors.retired ? [errors.retired] : [])]}
      isDisabled={busy}
      other={
        field && mayRetire(field, object) ? (
          <Button look={isRetired ? 'plain' : 'danger'} isDisabled={busy} onPress={retire}>
            {t(isRetired ? 'settings.restore' : 'settings.retire')}
          </Button>
        ) : null
      }
      onClose={onClose}
      onSubmit={submit}
    >
      {isStale ? <Notice tone="warn">{t('settings.stale')}</Notice> : null}
      {isRetired ? <Notice>{t('settings.field.is_retired')}</Notice> : null}
      {asked ? <Notice tone="warn">{t('settings.field.retire_asked', { gates: list(gates) })}</Notice> : null}
      <FieldForm
        object={object}
        field={field}
        draft={draft}
        errors={errors}
        onChange={(part) => setDraft((old) => ({ ...old, ...part }))}
      />
      {field ? <FieldUses object={object} field={field} /> : null}
    </FormDialog>
  );
}

// What names a record, and what the machinery writes, stays.
const mayRetire = (field: Field, object: ObjectDef): boolean =>
  field.name !== object.name_field &&
  (field.active === false || field.written_by !== 'system') &&
  (!field.required || !!field.custom);
