// One check of a gate: a field that is filled, activities that were done, or a condition; how strict it is, and what it says.
import { Trash2 } from 'lucide-react';
import { offeredFields } from '../../../api/describe.ts';
import type { ObjectDef } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { Checkbox } from '../../../ui/field/checkbox.tsx';
import { Group } from '../../../ui/field/group.tsx';
import { Select } from '../../../ui/field/select.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { ConditionInput } from '../condition-input.tsx';
import { activityKinds, type CheckDraft, strengths } from './document.ts';
import styles from '../forms.module.css';

type Props = {
  object: ObjectDef;
  check: CheckDraft;
  at: number;
  error?: string;
  onChange: (part: Partial<CheckDraft>) => void;
  onRemove: () => void;
};

export function CheckRow({ object, check, at, error, onChange, onRemove }: Props) {
  return (
    <div role="group" aria-label={t('settings.check.title', { at: at + 1 })} className={styles.box}>
      <div className={styles.three}>
        <Select
          label={t('settings.check.kind')}
          value={check.kind}
          onChange={(kind) => onChange({ kind: (kind ?? 'field') as CheckDraft['kind'], key: undefined })}
          options={(['field', 'done', 'check'] as const).map((key) => ({
            key,
            label: t(`settings.check.kind.${key}`),
          }))}
        />
        <Select
          label={t('settings.check.strength')}
          value={check.strength}
          onChange={(strength) => onChange({ strength: strengths.find((one) => one === strength) ?? 'block' })}
          options={strengths.map((key) => ({ key, label: t(`settings.strength.${key}`) }))}
        />
        <IconButton label={t('settings.check.remove', { at: at + 1 })} onPress={onRemove}>
          <Trash2 size={14} aria-hidden="true" />
        </IconButton>
      </div>
      <What object={object} check={check} error={error} onChange={onChange} />
      <div className={styles.pair}>
        <TextInput
          label={t('settings.check.say_zh')}
          placeholder={t('settings.check.say_default')}
          value={check.zh}
          onChange={(zh) => onChange({ zh })}
        />
        <TextInput
          label={t('settings.check.say_en')}
          placeholder={t('settings.check.say_default')}
          value={check.en}
          onChange={(en) => onChange({ en })}
        />
      </div>
    </div>
  );
}

function What({ object, check, error, onChange }: Pick<Props, 'object' | 'check' | 'error' | 'onChange'>) {
  if (check.kind === 'field') {
    return (
      <Select
        label={t('settings.check.field')}
        isRequired
        error={error}
        value={check.field || null}
        onChange={(field) => onChange({ field: field ?? '', key: undefined })}
        options={offeredFields(object).map((field) => ({ key: field.name, label: pick(field.label) }))}
      />
    );
  }
  if (check.kind === 'check') {
    return (
      <ConditionInput
        object={object}
        label={t('settings.check.formula')}
        help={t('settings.check.formula_help')}
        value={check.check}
        error={error}
        isRequired
        onChange={(text) => onChange({ check: text })}
      />
    );
  }
  return (
    <div className={styles.two}>
      <Group label={t('settings.check.done')} error={error} isRequired>
        {activityKinds.map((kind) => (
          <Checkbox
            key={kind}
            isSelected={check.done.includes(kind)}
            onChange={(on) =>
              onChange({
                done: activityKinds.filter((one) => (one === kind ? on : check.done.includes(one))),
                key: undefined,
              })
            }
          >
            {t(`settings.activity.${kind}`)}
          </Checkbox>
        ))}
      </Group>
      <TextInput
        label={t('settings.check.at_least')}
        inputMode="numeric"
        number
        value={check.atLeast}
        onChange={(atLeast) => onChange({ atLeast })}
      />
    </div>
  );
}
