import { useCatalogue } from '../../../api/describe.ts';
import type { Field, FieldKind, FieldType, ObjectDef } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { Checkbox } from '../../../ui/field/checkbox.tsx';
import { Group } from '../../../ui/field/group.tsx';
import { Select } from '../../../ui/field/select.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { NamePair } from '../name-pair.tsx';
import { ConditionInput } from '../condition-input.tsx';
import { ChoicesEditor } from './choices-editor.tsx';
import { type FieldDraft, fieldTypes, hasChoices, keyFrom, textKinds } from './field-model.ts';
import styles from '../forms.module.css';

type Props = {
  object: ObjectDef;
  field?: Field;
  draft: FieldDraft;
  errors: { [input: string]: string };
  onChange: (part: Partial<FieldDraft>) => void;
};

export function FieldForm({ object, field, draft, errors, onChange }: Props) {
  const isCustom = !field || !!field.custom;
  const machine = field?.written_by === 'system' && field.active !== false;
  return (
    <>
      <NamePair
        zh={draft.zh}
        en={draft.en}
        onZh={(zh) => onChange({ zh })}
        onEn={(en) => onChange({ en })}
        errors={{ zh: errors.label }}
      />
      {field ? null : (
        <TextInput
          label={t('settings.field.key')}
          help={t('settings.field.key_help')}
          placeholder={keyFrom(
            draft.en,
            object.fields.map((one) => one.name),
            'x_',
          )}
          value={draft.name}
          onChange={(name) => onChange({ name: name.trim() })}
          error={errors.name}
        />
      )}
      <TypeInputs field={field} draft={draft} errors={errors} onChange={onChange} isCustom={isCustom} />
      {hasChoices(draft.type) && !machine && field?.name !== 'stage' ? (
        <ChoicesEditor choices={draft.choices} error={errors.choices} onChange={(choices) => onChange({ choices })} />
      ) : null}
      <div className={styles.pair}>
        <TextInput
          label={t('settings.help_zh')}
          value={draft.helpZh}
          onChange={(helpZh) => onChange({ helpZh })}
          error={errors.help}
        />
        <TextInput label={t('settings.help_en')} value={draft.helpEn} onChange={(helpEn) => onChange({ helpEn })} />
      </div>
      {machine ? null : (
        <Rules field={field} draft={draft} errors={errors} onChange={onChange} object={object} isCustom={isCustom} />
      )}
    </>
  );
}

function TypeInputs({ field, draft, errors, onChange, isCustom }: Omit<Props, 'object'> & { isCustom: boolean }) {
  const catalogue = useCatalogue();
  if (!isCustom) return null;
  const type = draft.type;
  return (
    <div className={styles.pair}>
      <Select
        label={t('settings.field.type')}
        help={field ? t('settings.field.type_fixed') : undefined}
        isDisabled={!!field}
        isRequired
        error={errors.type}
        value={type}
        onChange={(key) => onChange({ type: (key ?? 'text') as FieldType })}
        options={fieldTypes.map((key) => ({ key, label: t(`settings.type.${key}`) }))}
      />
      {type === 'text' ? (
        <Select
          label={t('settings.field.kind')}
          value={draft.kind}
          onChange={(key) => onChange({ kind: (key ?? 'plain') as FieldKind })}
          options={textKinds.map((key) => ({ key, label: t(`settings.kind.${key}`) }))}
        />
      ) : null}
      {type === 'number' ? (
        <Select
          label={t('settings.field.scale')}
          isDisabled={!!field}
          error={errors.scale}
          value={draft.scale}
          onChange={(key) => onChange({ scale: key ?? '0' })}
          options={['0', '1', '2', '3', '4', '5', '6'].map((key) => ({ key, label: key }))}
        />
      ) : null}
      {type === 'reference' ? (
        <Select
          label={t('settings.field.target')}
          isDisabled={!!field}
          isRequired
          error={errors.target}
          value={draft.target || null}
          onChange={(key) => onChange({ target: key ?? '' })}
          options={catalogue.objects.map((one) => ({ key: one.name, label: pick(one.label) }))}
        />
      ) : null}
    </div>
  );
}

function Rules({ field, draft, errors, onChange, object, isCustom }: Props & { isCustom: boolean }) {
  // What is built in may be tightened, never loosened.
  const fixed = !isCustom && !!field?.required && !draft.required;
  return (
    <>
      <Group label={t('settings.field.rules')} error={errors.required ?? errors.unique}>
        <Checkbox isSelected={draft.required} isDisabled={fixed} onChange={(required) => onChange({ required })}>
          {t('settings.field.required')}
        </Checkbox>
        {isCustom && (draft.type === 'text' || draft.type === 'number') ? (
          <Checkbox isSelected={draft.unique} onChange={(unique) => onChange({ unique })}>
            {t('settings.field.unique')}
          </Checkbox>
        ) : null}
        {isCustom && draft.type === 'text' ? (
          <Checkbox isSelected={draft.searched} onChange={(searched) => onChange({ searched })}>
            {t('settings.field.searched')}
          </Checkbox>
        ) : null}
        {isCustom && !['choices', 'address', 'boolean'].includes(draft.type) ? (
          <Checkbox isSelected={draft.ordered} onChange={(ordered) => onChange({ ordered })}>
            {t('settings.field.ordered')}
          </Checkbox>
        ) : null}
      </Group>
      <ConditionInput
        object={object}
        label={t('settings.field.required_when')}
        help={t('settings.field.required_when_help')}
        value={draft.requiredWhen}
        error={errors.required_when}
        onChange={(requiredWhen) => onChange({ requiredWhen })}
      />
      <ConditionInput
        object={object}
        label={t('settings.field.shown_when')}
        help={t('settings.field.shown_when_help')}
        value={draft.shownWhen}
        error={errors.shown_when}
        onChange={(shownWhen) => onChange({ shownWhen })}
      />
    </>
  );
}
