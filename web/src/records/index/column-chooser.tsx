// Which fields a list shows, and in what order. The name always stands first.
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { useState } from 'react';
import { offeredFields, useCatalogue } from '../../api/describe.ts';
import type { ObjectDef } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { matchRank } from '../../lib/match.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { SearchInput } from '../../ui/field/search-input.tsx';
import { Popover } from '../../ui/popover/popover.tsx';
import styles from './column-chooser.module.css';

type Props = { object: ObjectDef; columns: string[]; onChange: (columns: string[]) => void };

export function ColumnChooser({ object, columns, onChange }: Props) {
  const catalogue = useCatalogue();
  const [typed, setTyped] = useState('');
  const label = (path: string) => pick(catalogue.path(object, path)?.label) || path;
  const shown = columns.filter((path) => path !== object.name_field);
  const others = offeredFields(object)
    .map((field) => field.name)
    .filter((name) => name !== object.name_field && !shown.includes(name));
  const found = (path: string) => typed === '' || matchRank(`${label(path)} ${path}`, typed) > 0;
  const set = (next: string[]) => onChange([object.name_field, ...next]);
  const move = (at: number, step: number) => {
    const next = [...shown];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + step, 0, one);
    set(next);
  };
  return (
    <Popover
      label={t('records.columns')}
      trigger={
        <Button>
          <Columns3 size={15} aria-hidden="true" />
          {t('records.columns')}
        </Button>
      }
    >
      <div className={styles.box}>
        <SearchInput label={t('filter.find_field')} value={typed} onChange={setTyped} />
        <ul className={styles.list}>
          {shown.map((path, at) =>
            found(path) ? (
              <li key={path} className={styles.line}>
                <Checkbox isSelected onChange={() => set(shown.filter((one) => one !== path))}>
                  {label(path)}
                </Checkbox>
                <span className={styles.moves}>
                  <IconButton
                    compact
                    label={t('records.move_up', { field: label(path) })}
                    isDisabled={at === 0}
                    onPress={() => move(at, -1)}
                  >
                    <ArrowUp size={13} aria-hidden="true" />
                  </IconButton>
                  <IconButton
                    compact
                    label={t('records.move_down', { field: label(path) })}
                    isDisabled={at === shown.length - 1}
                    onPress={() => move(at, 1)}
                  >
                    <ArrowDown size={13} aria-hidden="true" />
                  </IconButton>
                </span>
              </li>
            ) : null,
          )}
          {others.filter(found).map((path) => (
            <li key={path} className={styles.line}>
              <Checkbox isSelected={false} onChange={() => set([...shown, path])}>
                {label(path)}
              </Checkbox>
            </li>
          ))}
        </ul>
      </div>
    </Popover>
  );
}
