// Editors made of several inputs.
import type { Address, Field } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { Group } from '../../ui/field/group.tsx';
import { Select } from '../../ui/field/select.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';

type Frame = {
  label?: string;
  help?: string;
  error?: string;
  autoFocus?: boolean;
  isRequired?: boolean;
  'aria-label'?: string;
};

export function ChoicesInput(props: {
  field: Field;
  frame: Frame;
  value: string[];
  onChange: (value: string[]) => void;
}) {
  const { field, frame, value, onChange } = props;
  const shown = (field.choices ?? []).filter((choice) => choice.active || value.includes(choice.key));
  return (
    <Group {...frame}>
      {shown.map((choice, at) => (
        <Checkbox
          key={choice.key}
          autoFocus={frame.autoFocus && at === 0}
          isSelected={value.includes(choice.key)}
          onChange={(on) => onChange(on ? [...value, choice.key].sort() : value.filter((key) => key !== choice.key))}
        >
          {pick(choice.label)}
        </Checkbox>
      ))}
    </Group>
  );
}

export function DurationInput({
  frame,
  value,
  onChange,
}: {
  frame: Frame;
  value: string;
  onChange: (value: string | null) => void;
}) {
  const match = /^(-?[\d.]*)(wd|d|h|m|w)?$/.exec(value);
  const number = match?.[1] ?? '';
  const unit = match?.[2] ?? 'd';
  const label = frame.label ?? frame['aria-label'] ?? '';
  return (
    <Group {...frame} row>
      <TextInput
        aria-label={label}
        autoFocus={frame.autoFocus}
        inputMode="decimal"
        number
        value={number}
        onChange={(next) => onChange(next.trim() === '' ? null : `${next.trim()}${unit}`)}
      />
      <Select
        aria-label={t('records.unit')}
        value={unit}
        onChange={(key) => onChange(number === '' ? null : `${number}${key}`)}
        options={(['d', 'wd', 'h', 'm'] as const).map((key) => ({ key, label: t(`records.unit.${key}`) }))}
      />
    </Group>
  );
}

export function AddressInput(props: {
  frame: Frame;
  value: Address | null;
  onChange: (value: Address | null) => void;
}) {
  const { frame, value, onChange } = props;
  const set = (part: keyof Address) => (text: string) => {
    const next = { ...value, [part]: text || null };
    onChange(next.country || next.region || next.detail ? next : null);
  };
  return (
    <Group {...frame}>
      <TextInput
        aria-label={t('records.address.region')}
        placeholder={t('records.address.region')}
        autoFocus={frame.autoFocus}
        value={value?.region ?? ''}
        onChange={set('region')}
      />
      <TextInput
        aria-label={t('records.address.detail')}
        placeholder={t('records.address.detail')}
        value={value?.detail ?? ''}
        onChange={set('detail')}
      />
    </Group>
  );
}
