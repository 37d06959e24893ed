// The fields of one object for one role, and its named rights.
import { useState } from 'react';
import type { Field, ObjectDef } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { Checkbox } from '../../../ui/field/checkbox.tsx';
import { NativeSelect } from '../../../ui/field/native-select.tsx';
import { SearchInput } from '../../../ui/field/search-input.tsx';
import { namedLike, ownFields } from '../objects/field-model.ts';
import { type FieldLevel, fieldLevel, fieldLevels, type Rights, rowOf, setField, setVerb } from './rights-model.ts';
import styles from '../forms.module.css';

const namedVerbs = (object: ObjectDef) => [
  ...(object.owned ? (['lock'] as const) : []),
  ...(object.staged ? (['reopen', 'adopt_version'] as const) : []),
];

type Props = { object: ObjectDef; rights: Rights; onChange: (rights: Rights) => void };

export function FieldRights({ object, rights, onChange }: Props) {
  const [find, setFind] = useState('');
  const fields = ownFields(object).filter(namedLike(find));
  return (
    <div className={styles.form}>
      <SearchInput
        label={t('settings.field.find')}
        placeholder={t('settings.field.find')}
        value={find}
        onChange={setFind}
      />
      <ul className={styles.fieldList} aria-label={t('settings.rights.fields', { object: pick(object.label) })}>
        {fields.map((field) => (
          <li key={field.name}>
            <span>{pick(field.label)}</span>
            <NativeSelect
              label={t('settings.rights.field_cell', { field: pick(field.label) })}
              value={fieldLevel(rights, object.name, field.name)}
              faint={fieldLevel(rights, object.name, field.name) === 'edit'}
              onChange={(key) => onChange(setField(rights, object.name, field.name, key as FieldLevel))}
              options={levelsOf(object, field).map((level) => ({ key: level, label: t(`settings.level.${level}`) }))}
            />
          </li>
        ))}
      </ul>
      {namedVerbs(object).map((verb) => (
        <Checkbox
          key={verb}
          isSelected={(rowOf(rights, object.name).verbs ?? []).includes(verb)}
          onChange={(on) => onChange(setVerb(rights, object.name, verb, on))}
        >
          {t(`settings.verb.${verb}`)}
        </Checkbox>
      ))}
    </div>
  );
}

// What names a record is seen by whoever sees the record.
const levelsOf = (object: ObjectDef, field: Field): readonly FieldLevel[] =>
  field.name === object.name_field ? (['read', 'edit'] as const) : fieldLevels;
