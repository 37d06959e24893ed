// What a role may do with one object: a level for each action, and the way back to what holds for the others.
import { ChevronDown, ChevronRight, RotateCcw } from 'lucide-react';
import type { ObjectDef } from '../../../api/types.ts';
import { list } from '../../../i18n/format.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { NativeSelect } from '../../../ui/field/native-select.tsx';
import type { Option } from '../../../ui/field/select.tsx';
import {
  actions,
  everything,
  isNamed,
  type Level,
  levelIn,
  levelsFor,
  limitedFields,
  mayCreate,
  type ObjectRights,
  type Rights,
  setNamed,
  setRow,
} from './rights-model.ts';
import styles from '../settings.module.css';

// `object`: none in the row of all others.
export type MatrixRow = {
  name: string;
  label: string;
  object?: ObjectDef;
  rights: Rights;
  onChange: (rights: Rights) => void;
  isOpen: boolean;
  onToggle: () => void;
};

export type Cell = { key: string; head: string; value: string; options: Option[]; part: (key: string) => ObjectRights };

export function cellsOf({ name, object, rights }: MatrixRow): Cell[] {
  const create: Cell = {
    key: 'create',
    head: t('settings.rights.create'),
    value: mayCreate(rights, name) ? 'yes' : 'no',
    options: [
      { key: 'no', label: t('common.no') },
      { key: 'yes', label: t('common.yes') },
    ],
    part: (key) => ({ create: key === 'yes' }),
  };
  const levels = levelsFor(object).map((level) => ({ key: level, label: t(`settings.rights.level.${level}`) }));
  return [
    create,
    ...actions.map((action) => ({
      key: action,
      head: t(`settings.rights.${action}`),
      value: shown(levelIn(rights, name, action), object),
      options: levels,
      part: (key: string) => ({ [action]: key as Level }),
    })),
  ];
}

const shown = (level: Level, object: ObjectDef | undefined): Level =>
  object && !object.owned && level !== 'none' ? 'all' : level;

// A row of its own is plain, one that is like the others faint.
export const isFaint = ({ name, rights }: MatrixRow) => name !== everything && !isNamed(rights, name);

// "受限字段：金额、成本"; nothing where the role sees all fields.
export function limitsText({ object, rights }: MatrixRow): string {
  const limited = object ? limitedFields(rights, object) : [];
  if (limited.length === 0) return '';
  return t('settings.rights.limited', { fields: list(limited.map((field) => pick(field.label))) });
}

export function Toggle({ row: { label, isOpen, onToggle } }: { row: MatrixRow }) {
  const Sign = isOpen ? ChevronDown : ChevronRight;
  return (
    <button type="button" className={styles.toggle} aria-expanded={isOpen} onClick={onToggle}>
      <Sign size={14} aria-hidden="true" />
      {label}
    </button>
  );
}

export function CellInput({ row, cell }: { row: MatrixRow; cell: Cell }) {
  const { name, label, rights, onChange } = row;
  return (
    <NativeSelect
      label={t('settings.rights.cell', { object: label, action: cell.head })}
      faint={isFaint(row)}
      value={cell.value}
      onChange={(key) => onChange(setRow(rights, name, cell.part(key)))}
      options={cell.options}
    />
  );
}

export function LikeOthers({ row: { name, label, rights, onChange } }: { row: MatrixRow }) {
  if (!isNamed(rights, name)) return null;
  return (
    <IconButton
      label={t('settings.rights.like_others', { object: label })}
      onPress={() => onChange(setNamed(rights, name, false))}
    >
      <RotateCcw size={13} aria-hidden="true" />
    </IconButton>
  );
}
