// How a list is drawn: what it is grouped by, and how high its rows are.
import { Rows3 } from 'lucide-react';
import type { ObjectDef } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Segments } from '../../ui/field/segments.tsx';
import { Select } from '../../ui/field/select.tsx';
import { Popover } from '../../ui/popover/popover.tsx';
import { offeredFields } from '../../api/describe.ts';
import { canGroup } from './groups.ts';
import styles from './list.module.css';
import { densities, type Density, type ViewState } from './view-state.ts';

type GroupProps = { object: ObjectDef; group: string; onChange: (group: string) => void };

export function GroupSelect({ object, group, onChange }: GroupProps) {
  const options = offeredFields(object)
    .filter(canGroup)
    .map((field) => ({ key: field.name, label: pick(field.label) }));
  return (
    <Select
      label={t('list.group_by')}
      placeholder={t('list.group.off')}
      clearable
      value={group || null}
      onChange={(key) => onChange(key ?? '')}
      options={options}
    />
  );
}

type Props = { object: ObjectDef; state: ViewState; onChange: (next: Partial<ViewState>) => void };

export function ListSettings({ object, state, onChange }: Props) {
  return (
    <Popover
      label={t('list.settings')}
      trigger={
        <Button>
          <Rows3 size={15} aria-hidden="true" />
          {t('list.settings')}
        </Button>
      }
    >
      <div className={styles.settings}>
        <GroupSelect object={object} group={state.group} onChange={(group) => onChange({ group })} />
        <Segments
          label={t('list.density')}
          value={state.density}
          onChange={(density) => onChange({ density: density as Density })}
          options={Object.keys(densities).map((key) => ({ key, label: t(`list.density.${key as Density}`) }))}
        />
      </div>
    </Popover>
  );
}
