// The choices of a field: names, colour, order; one that records may hold is retired, never taken away.
import { Plus, RotateCcw, X } from 'lucide-react';
import { useRef } from 'react';
import type { Tone } from '../../../api/types.ts';
import { t } from '../../../i18n/i18n.ts';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { Group } from '../../../ui/field/group.tsx';
import { Select } from '../../../ui/field/select.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { moved, OrderList } from '../../../ui/order/order-list.tsx';
import styles from '../forms.module.css';
import { type ChoiceDraft, tones } from './field-model.ts';

type Props = { choices: ChoiceDraft[]; error?: string; onChange: (choices: ChoiceDraft[]) => void };

export function ChoicesEditor({ choices, error, onChange }: Props) {
  const next = useRef(1);
  const change = (key: string, part: Partial<ChoiceDraft>) =>
    onChange(choices.map((choice) => (choice.key === key ? { ...choice, ...part } : choice)));
  const add = () => {
    onChange([...choices, { key: `new ${next.current++}`, zh: '', en: '', tone: 'plain', active: true, isNew: true }]);
  };
  return (
    <Group label={t('settings.field.choices')} help={t('settings.field.choices_help')} error={error} isRequired>
      <div className={styles.wide}>
        <OrderList
          label={t('settings.field.choices')}
          items={choices}
          keyOf={(choice) => choice.key}
          handle={(choice, at) =>
            t('settings.move', { name: choice.zh || choice.en || choice.key, at: at + 1, of: choices.length })
          }
          onMove={(from, to) => onChange(moved(choices, from, to))}
        >
          {(choice, at) => (
            <ChoiceRow
              choice={choice}
              at={at}
              change={change}
              remove={() => onChange(choices.filter((one) => one.key !== choice.key))}
            />
          )}
        </OrderList>
        <Button look="quiet" onPress={add}>
          <Plus size={14} aria-hidden="true" />
          {t('settings.field.choice_add')}
        </Button>
      </div>
    </Group>
  );
}

type RowProps = {
  choice: ChoiceDraft;
  at: number;
  change: (key: string, part: Partial<ChoiceDraft>) => void;
  remove: () => void;
};

function ChoiceRow({ choice, at, change, remove }: RowProps) {
  const name = choice.zh || choice.en || String(at + 1);
  const set = (part: Partial<ChoiceDraft>) => change(choice.key, part);
  return (
    <div className={styles.choice} data-retired={choice.active ? undefined : ''}>
      <TextInput
        aria-label={t('settings.field.choice_zh', { at: at + 1 })}
        placeholder={t('settings.zh')}
        value={choice.zh}
        onChange={(zh) => set({ zh })}
        autoFocus={choice.isNew && choice.zh === ''}
      />
      <TextInput
        aria-label={t('settings.field.choice_en', { at: at + 1 })}
        placeholder={t('settings.en')}
        value={choice.en}
        onChange={(en) => set({ en })}
      />
      <Select
        aria-label={t('settings.field.choice_tone', { name })}
        value={choice.tone}
        onChange={(tone) => set({ tone: (tone ?? 'plain') as Tone })}
        options={tones.map((tone) => ({ key: tone, label: t(`settings.tone.${tone}`) }))}
      />
      {choice.isNew ? (
        <IconButton label={t('settings.field.choice_remove', { name })} onPress={remove}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      ) : (
        <IconButton
          label={t(choice.active ? 'settings.field.choice_retire' : 'settings.field.choice_restore', { name })}
          onPress={() => set({ active: !choice.active })}
        >
          {choice.active ? <X size={14} aria-hidden="true" /> : <RotateCcw size={14} aria-hidden="true" />}
        </IconButton>
      )}
    </div>
  );
}
