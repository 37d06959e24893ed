// One stage: what it is for, how long it may take, and what must be so before it is left.
import { Plus, Trash2 } from 'lucide-react';
import type { ObjectDef } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { classes } from '../../../ui/classes.ts';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { Group } from '../../../ui/field/group.tsx';
import { Select } from '../../../ui/field/select.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { CheckRow } from './check-row.tsx';
import { type CheckDraft, emptyCheck, newId, type Place, type StageDraft } from './document.ts';
import forms from '../forms.module.css';
import styles from '../settings.module.css';

export type Errors = { place: Place | null; say: string }[];
type Props = {
  object: ObjectDef;
  stage: StageDraft;
  errors: Errors;
  onChange: (part: Partial<StageDraft>) => void;
  onRemove?: () => void;
};

export function StageForm({ object, stage, errors, onChange, onRemove }: Props) {
  const own = errors.find((one) => !one.place?.list)?.say;
  return (
    <section
      className={classes(forms.form, forms.narrow)}
      aria-label={pick({ zh: stage.zh, en: stage.en }) || t('settings.stage.unnamed')}
    >
      <div className={forms.pair}>
        <TextInput
          label={t('settings.label_zh')}
          value={stage.zh}
          onChange={(zh) => onChange({ zh })}
          isRequired
          error={own}
          autoFocus={stage.key === '' && stage.zh === ''}
        />
        <TextInput label={t('settings.label_en')} value={stage.en} onChange={(en) => onChange({ en })} />
        <TextInput
          label={t('settings.stage.goal_zh')}
          value={stage.goalZh}
          onChange={(goalZh) => onChange({ goalZh })}
        />
        <TextInput
          label={t('settings.stage.goal_en')}
          value={stage.goalEn}
          onChange={(goalEn) => onChange({ goalEn })}
        />
      </div>
      <div className={forms.pair}>
        <Group label={t('settings.stage.limit')} row>
          <TextInput
            aria-label={t('settings.stage.limit')}
            inputMode="numeric"
            number
            value={stage.limit}
            onChange={(limit) => onChange({ limit })}
          />
          <Select
            aria-label={t('settings.stage.limit_unit')}
            value={stage.unit}
            onChange={(unit) => onChange({ unit: unit === 'd' ? 'd' : 'wd' })}
            options={(['wd', 'd'] as const).map((key) => ({ key, label: t(`settings.stage.unit.${key}`) }))}
          />
        </Group>
        <TextInput
          label={t('settings.stage.share_percent')}
          inputMode="decimal"
          number
          value={stage.share}
          onChange={(share) => onChange({ share })}
        />
        <Select
          label={t('settings.stage.kind')}
          value={stage.kind}
          onChange={(kind) => onChange({ kind: kind === 'deliver' ? 'deliver' : 'sell' })}
          options={(['sell', 'deliver'] as const).map((key) => ({ key, label: t(`settings.stage.kind.${key}`) }))}
        />
      </div>
      {(['exit', 'entry'] as const).map((gate) => (
        <Checks
          key={gate}
          object={object}
          gate={gate}
          checks={stage[gate]}
          errors={errors.filter((one) => one.place?.list === gate)}
          onChange={(checks) => onChange({ [gate]: checks })}
        />
      ))}
      <Playbook stage={stage} onChange={onChange} />
      {onRemove ? (
        <div>
          <Button look="danger" onPress={onRemove}>
            <Trash2 size={14} aria-hidden="true" />
            {t('settings.stage.remove')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

type ChecksProps = {
  object: ObjectDef;
  gate: 'exit' | 'entry';
  checks: CheckDraft[];
  errors: Errors;
  onChange: (checks: CheckDraft[]) => void;
};

function Checks({ object, gate, checks, errors, onChange }: ChecksProps) {
  return (
    <section className={forms.checks} aria-label={t(`settings.stage.${gate}`)}>
      <h3>{t(`settings.stage.${gate}`)}</h3>
      <p className={styles.help}>{t(`settings.stage.${gate}_help`)}</p>
      {checks.map((check, at) => (
        <CheckRow
          key={check.id}
          object={object}
          check={check}
          at={at}
          error={errors.find((one) => one.place?.check === at)?.say}
          onChange={(part) => onChange(checks.map((one) => (one.id === check.id ? { ...one, ...part } : one)))}
          onRemove={() => onChange(checks.filter((one) => one.id !== check.id))}
        />
      ))}
      <div>
        <Button look="quiet" onPress={() => onChange([...checks, emptyCheck()])}>
          <Plus size={14} aria-hidden="true" />
          {t(`settings.stage.${gate}_add`)}
        </Button>
      </div>
    </section>
  );
}

function Playbook({ stage, onChange }: { stage: StageDraft; onChange: (part: Partial<StageDraft>) => void }) {
  const set = (playbook: StageDraft['playbook']) => onChange({ playbook });
  return (
    <section className={forms.checks} aria-label={t('settings.stage.playbook')}>
      <h3>{t('settings.stage.playbook')}</h3>
      {stage.playbook.map((item, at) => (
        <div key={item.id} className={forms.two}>
          <TextInput
            aria-label={t('settings.stage.task', { at: at + 1 })}
            value={item.task}
            onChange={(task) => set(stage.playbook.map((one) => (one.id === item.id ? { ...one, task } : one)))}
          />
          <IconButton
            label={t('settings.stage.task_remove', { at: at + 1 })}
            onPress={() => set(stage.playbook.filter((one) => one.id !== item.id))}
          >
            <Trash2 size={14} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <div>
        <Button look="quiet" onPress={() => set([...stage.playbook, { id: newId(), task: '' }])}>
          <Plus size={14} aria-hidden="true" />
          {t('settings.stage.task_add')}
        </Button>
      </div>
    </section>
  );
}
