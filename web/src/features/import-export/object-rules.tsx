// The rules of one file, each said in words: a person must know what happens to a record that is there already.
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import type { ObjectDef } from '../../api/types.ts';
import { list } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { ReferenceInput } from '../../records/fields/reference-input.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { Group } from '../../ui/field/group.tsx';
import { Segments } from '../../ui/field/segments.tsx';
import { Constants } from './constants.tsx';
import { EmptyWords } from './empty-words.tsx';
import {
  changeObject,
  isMapped,
  mappedFields,
  nameOf,
  type Plan,
  type PlanObject,
  policies,
  setConstant,
} from './import-model.ts';
import styles from './import.module.css';
import type { PlanState } from './plan-state.ts';

type Props = { state: PlanState; plan: Plan; object: PlanObject; at: number };

export function ObjectRules({ state, plan, object, at }: Props) {
  const def = useCatalogue().object(object.object);
  const name = nameOf(object);
  if (!def) return <Notice tone="warn">{t('import.unknown_object', { name: object.object })}</Notice>;
  return (
    <article className={styles.card} aria-label={`${name} → ${pick(def.label)}`}>
      <header className={styles.cardHead}>
        <h3>
          {name} → {pick(def.label)}
        </h3>
      </header>
      <Rules state={state} plan={plan} object={object} at={at} def={def} />
    </article>
  );
}

function Rules({ state, plan, object, at, def }: Props & { def: ObjectDef }) {
  const set = (change: Partial<PlanObject>) => state.setPlan(changeObject(plan, at, change));
  const owner = object.set.owner ?? '';
  return (
    <div className={styles.rules}>
      <Keys object={object} def={def} onChange={(key) => set({ key })} />
      <Policy object={object} def={def} onChange={(onDuplicate) => set({ onDuplicate })} />
      {def.owned && !isMapped(object, 'owner') ? (
        <ReferenceInput
          label={t('import.owner')}
          placeholder={t('import.owner_self')}
          target="member"
          value={owner ? { id: owner, name: owner } : null}
          onChange={(member) => state.setPlan(setConstant(plan, at, 'owner', member?.name ?? null))}
        />
      ) : null}
      <EmptyWords object={object} onChange={(empty) => set({ empty })} />
      <div className={styles.wide}>
        <Group aria-label={t('import.more_rules')}>
          <Checkbox isSelected={object.history} onChange={(history) => set({ history })}>
            {t('import.history')}
          </Checkbox>
          <Checkbox isSelected={object.dayFirst} onChange={(dayFirst) => set({ dayFirst })}>
            {t('import.day_first')}
          </Checkbox>
        </Group>
      </div>
      <Constants def={def} plan={plan} object={object} at={at} onPlan={state.setPlan} />
    </div>
  );
}

type PartProps<T> = { object: PlanObject; def: ObjectDef; onChange: (to: T) => void };

function Keys({ object, def, onChange }: PartProps<string[]>) {
  const labelOf = (name: string) => pick(fieldOf(def, name)?.label) || name;
  return (
    <div className={styles.wide}>
      <Group
        row
        label={t('import.key')}
        help={
          object.key.length === 0
            ? t('import.key_none')
            : t('import.key_some', { fields: list(object.key.map(labelOf)), object: pick(def.label) })
        }
      >
        {mappedFields(object).map((name) => (
          <Checkbox
            key={name}
            isSelected={object.key.includes(name)}
            onChange={(on) => onChange(on ? [...object.key, name] : object.key.filter((one) => one !== name))}
          >
            {labelOf(name)}
          </Checkbox>
        ))}
      </Group>
    </div>
  );
}

function Policy({ object, def, onChange }: PartProps<PlanObject['onDuplicate']>) {
  if (object.key.length === 0) return null;
  return (
    <div className={styles.wide}>
      <Group
        label={t('import.on_duplicate')}
        help={t(`import.on_duplicate_help.${object.onDuplicate}`, { object: pick(def.label) })}
      >
        <Segments
          label={t('import.on_duplicate')}
          value={object.onDuplicate}
          onChange={(key) => onChange(policies.find((one) => one === key) ?? 'skip')}
          options={policies.map((key) => ({ key, label: t(`import.on_duplicate.${key}`) }))}
        />
      </Group>
    </div>
  );
}
