// What every row writes, whatever stands in the file: a field and its value, or a pattern of other fields.
import { fieldOf } from '../../api/describe.ts';
import type { ObjectDef } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Select } from '../../ui/field/select.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { FieldChoice, RemoveButton } from './field-target.tsx';
import { type Plan, type PlanObject, setConstant } from './import-model.ts';
import styles from './import.module.css';
import { choiceNamed } from './word-model.ts';

type Props = { def: ObjectDef; plan: Plan; object: PlanObject; at: number; onPlan: (plan: Plan) => void };

export function Constants({ def, plan, object, at, onPlan }: Props) {
  const rows = Object.entries(object.set).filter(([name]) => name !== 'owner');
  return (
    <div className={styles.wide}>
      <p className={styles.about}>{t('import.constants')}</p>
      <ul aria-label={t('import.constants')}>
        {rows.map(([name, text]) => {
          const field = fieldOf(def, name);
          const label = pick(field?.label) || name;
          const known = field ? choiceNamed(field, text) : null;
          const put = (to: string | null) => onPlan(setConstant(plan, at, name, to));
          return (
            <li key={name} className={styles.value}>
              <span className={styles.from}>{label}</span>
              <span aria-hidden="true">=</span>
              {field?.type === 'choice' && (known || text === '') ? (
                <Select
                  aria-label={label}
                  value={known}
                  onChange={(key) => put(key ?? '')}
                  options={(field.choices ?? []).map((one) => ({ key: one.key, label: pick(one.label) }))}
                />
              ) : (
                <TextInput aria-label={label} value={text} onChange={put} />
              )}
              <RemoveButton label={t('import.constant_remove', { field: label })} onPress={() => put(null)} />
            </li>
          );
        })}
      </ul>
      <div className={styles.addConstant}>
        <FieldChoice
          // Anew after each: the box is for the next one.
          key={rows.length}
          def={def}
          label={t('import.constant_add')}
          placeholder={t('import.constant_add')}
          value={null}
          onChange={(field) => {
            if (field) onPlan(setConstant(plan, at, field, ''));
          }}
        />
      </div>
    </div>
  );
}
