// Objects by actions, a level in each cell; an object opens to its fields.
import { ChevronDown, ChevronRight, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useCatalogue } from '../../../api/describe.ts';
import type { ObjectDef } from '../../../api/types.ts';
import { list } from '../../../i18n/format.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { NativeSelect } from '../../../ui/field/native-select.tsx';
import { FieldRights } from './field-rights.tsx';
import {
  type Action,
  actions,
  everything,
  isNamed,
  type Level,
  levelIn,
  levelsFor,
  limitedFields,
  mayCreate,
  type Rights,
  setNamed,
  setRow,
} from './rights-model.ts';
import forms from '../forms.module.css';
import styles from '../settings.module.css';

type Props = { rights: Rights; onChange: (rights: Rights) => void };

export function Matrix({ rights, onChange }: Props) {
  const catalogue = useCatalogue();
  const [open, setOpen] = useState('');
  return (
    <section aria-label={t('settings.matrix')} className={forms.checks}>
      <p className={styles.help}>{t('settings.matrix_help')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div className={forms.scroll} role="region" aria-label={t('settings.matrix')} tabIndex={0}>
        <table className={forms.table}>
          <thead>
            <tr>
              <th scope="col">{t('settings.objects.name')}</th>
              <th scope="col">{t('settings.rights.create')}</th>
              {actions.map((action) => (
                <th key={action} scope="col">
                  {t(`settings.rights.${action}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row name={everything} label={t('settings.rights.others')} rights={rights} onChange={onChange} />
            {catalogue.objects.map((object) => (
              <ObjectRow
                key={object.name}
                object={object}
                rights={rights}
                onChange={onChange}
                isOpen={open === object.name}
                onToggle={() => setOpen(open === object.name ? '' : object.name)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type ObjectRowProps = Props & { object: ObjectDef; isOpen: boolean; onToggle: () => void };

function ObjectRow({ object, rights, onChange, isOpen, onToggle }: ObjectRowProps) {
  const limited = limitedFields(rights, object);
  return (
    <>
      <Row
        name={object.name}
        label={pick(object.label)}
        object={object}
        rights={rights}
        onChange={onChange}
        isOpen={isOpen}
        onToggle={onToggle}
      />
      {!isOpen && limited.length > 0 ? (
        <tr className={forms.limited}>
          <td colSpan={7}>
            {t('settings.rights.limited', { fields: list(limited.map((field) => pick(field.label))) })}
          </td>
        </tr>
      ) : null}
      {isOpen ? (
        <tr>
          <td colSpan={7}>
            <FieldRights object={object} rights={rights} onChange={onChange} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

type RowProps = Props & { name: string; label: string; object?: ObjectDef; isOpen?: boolean; onToggle?: () => void };

function Row({ name, label, object, rights, onChange, isOpen, onToggle }: RowProps) {
  const named = isNamed(rights, name);
  const faint = name !== everything && !named;
  const cell = (action: Action) => t('settings.rights.cell', { object: label, action: t(`settings.rights.${action}`) });
  return (
    <tr>
      <th scope="row">
        <span className={forms.object}>
          {onToggle ? (
            <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={onToggle}>
              {isOpen ? <ChevronDown size={14} aria-hidden="true" /> : <ChevronRight size={14} aria-hidden="true" />}
              {label}
            </button>
          ) : (
            <strong>{label}</strong>
          )}
          {named ? (
            <IconButton
              label={t('settings.rights.like_others', { object: label })}
              onPress={() => onChange(setNamed(rights, name, false))}
            >
              <RotateCcw size={13} aria-hidden="true" />
            </IconButton>
          ) : null}
        </span>
      </th>
      <td>
        <NativeSelect
          label={t('settings.rights.cell', { object: label, action: t('settings.rights.create') })}
          faint={faint}
          value={mayCreate(rights, name) ? 'yes' : 'no'}
          onChange={(key) => onChange(setRow(rights, name, { create: key === 'yes' }))}
          options={[
            { key: 'no', label: t('common.no') },
            { key: 'yes', label: t('common.yes') },
          ]}
        />
      </td>
      {actions.map((action) => (
        <td key={action}>
          <NativeSelect
            label={cell(action)}
            faint={faint}
            value={shown(levelIn(rights, name, action), object)}
            onChange={(key) => onChange(setRow(rights, name, { [action]: key as Level }))}
            options={levelsFor(object).map((level) => ({ key: level, label: t(`settings.rights.level.${level}`) }))}
          />
        </td>
      ))}
    </tr>
  );
}

const shown = (level: Level, object: ObjectDef | undefined): Level =>
  object && !object.owned && level !== 'none' ? 'all' : level;
