// One file (or sheet) becomes records of one object: its columns, how a record is recognised again, what is set for all.
import { Trash2 } from 'lucide-react';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import type { ObjectDef } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { ReferenceInput } from '../../records/fields/reference-input.tsx';
import { IconButton } from '../../ui/button/button.tsx';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { Group } from '../../ui/field/group.tsx';
import { Select } from '../../ui/field/select.tsx';
import { ColumnRow } from './column-row.tsx';
import { Constants } from './constants.tsx';
import {
  changeObject,
  chooseObject,
  headings,
  isMapped,
  mappedFields,
  type Plan,
  type PlanObject,
  removeObject,
  setConstant,
  sheetOf,
  policies,
} from './import-model.ts';
import styles from './import.module.css';
import type { PlanState } from './plan-room.tsx';

type Props = { state: PlanState; plan: Plan; object: PlanObject; at: number };

export function ObjectCard({ state, plan, object, at }: Props) {
  const catalogue = useCatalogue();
  const def = catalogue.object(object.object);
  const sheet = sheetOf(state.files, object);
  const name = object.sheet ? `${object.file} · ${object.sheet}` : object.file;
  const all = headings(sheet, object);
  const kept = all.filter((heading) => object.columns.some((column) => column.heading === heading)).length;
  const offered = catalogue.objects.filter((one) => one.rights.create || one.name === object.object);
  return (
    <article className={styles.card} aria-label={`${name} → ${def ? pick(def.label) : object.object}`}>
      <header className={styles.cardHead}>
        <h3>{name}</h3>
        <span aria-hidden="true">→</span>
        <div className={styles.choose}>
          <Select
            aria-label={t('import.object_of', { name })}
            value={object.object}
            onChange={(key) => {
              const next = catalogue.object(key ?? undefined);
              if (next) state.setPlan(chooseObject(plan, at, next));
            }}
            options={offered.map((one) => ({ key: one.name, label: pick(one.label) }))}
          />
        </div>
        <span className={styles.about}>{t('import.columns_kept', { kept, of: all.length })}</span>
        <IconButton
          label={t('import.leave_out', { name })}
          compact
          onPress={() => state.setPlan(removeObject(plan, at))}
        >
          <Trash2 size={15} aria-hidden="true" />
        </IconButton>
      </header>
      {def ? (
        <>
          <Rules state={state} plan={plan} object={object} at={at} def={def} />
          <details className={styles.sheet} open={state.drafted.length > 0 || plan.objects.length < 4}>
            <summary>{t('import.columns')}</summary>
            <ul className={styles.columns} aria-label={t('import.columns_of', { name })}>
              {all.map((heading) => (
                <ColumnRow key={heading} state={state} plan={plan} at={at} def={def} sheet={sheet} heading={heading} />
              ))}
            </ul>
          </details>
        </>
      ) : null}
    </article>
  );
}

function Rules({ state, plan, object, at, def }: Props & { def: ObjectDef }) {
  const set = (change: Partial<PlanObject>) => state.setPlan(changeObject(plan, at, change));
  const owner = object.set.owner ?? '';
  const labelOf = (name: string) => pick(fieldOf(def, name)?.label) || name;
  return (
    <div className={styles.rules}>
      <Group label={t('import.key')} help={object.key.length === 0 ? t('import.key_none') : undefined}>
        {mappedFields(object).map((name) => (
          <Checkbox
            key={name}
            isSelected={object.key.includes(name)}
            onChange={(on) => set({ key: on ? [...object.key, name] : object.key.filter((one) => one !== name) })}
          >
            {labelOf(name)}
          </Checkbox>
        ))}
      </Group>
      <div className={styles.pair}>
        <Select
          label={t('import.on_duplicate')}
          value={object.onDuplicate}
          onChange={(key) => set({ onDuplicate: policies.find((one) => one === key) ?? 'skip' })}
          isDisabled={object.key.length === 0}
          options={policies.map((key) => ({ key, label: t(`import.on_duplicate.${key}`) }))}
        />
        {def.owned && !isMapped(object, 'owner') ? (
          <ReferenceInput
            label={t('import.owner')}
            placeholder={t('import.owner_self')}
            target="member"
            value={owner ? { id: owner, name: owner } : null}
            onChange={(member) => state.setPlan(setConstant(plan, at, 'owner', member?.name ?? null))}
          />
        ) : null}
      </div>
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
