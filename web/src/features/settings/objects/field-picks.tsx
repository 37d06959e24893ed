// A list of an object's fields in an order: moved by handle or keys, added from the rest.
import { X } from 'lucide-react';
import type { ObjectDef } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { Group } from '../../../ui/field/group.tsx';
import { NativeSelect } from '../../../ui/field/native-select.tsx';
import { moved, OrderList } from '../../../ui/order/order-list.tsx';
import { layable } from './layout-model.ts';
import styles from '../forms.module.css';

type Props = {
  object: ObjectDef;
  label: string;
  help?: string;
  names: string[];
  onChange: (names: string[]) => void;
  // Taking a field from where it stands; without it, it is only added here.
  onTake?: (name: string) => void;
};

export function FieldPicks({ object, label, help, names, onChange, onTake }: Props) {
  const labelOf = (name: string) => pick(object.fields.find((field) => field.name === name)?.label) || name;
  const others = layable(object).filter((field) => !names.includes(field.name));
  return (
    <Group label={label} help={help}>
      <div className={styles.wide}>
        <OrderList
          label={label}
          items={names}
          keyOf={(name) => name}
          handle={(name, at) => t('settings.move', { name: labelOf(name), at: at + 1, of: names.length })}
          onMove={(from, to) => onChange(moved(names, from, to))}
        >
          {(name) => (
            <div className={styles.pick}>
              <span>{labelOf(name)}</span>
              <IconButton
                label={t('settings.layout.take_out', { name: labelOf(name) })}
                onPress={() => onChange(names.filter((one) => one !== name))}
              >
                <X size={13} aria-hidden="true" />
              </IconButton>
            </div>
          )}
        </OrderList>
        {others.length > 0 ? (
          <NativeSelect
            label={t('settings.layout.put_in', { list: label })}
            value=""
            onChange={(name) => name && (onTake ? onTake(name) : onChange([...names, name]))}
            options={[
              { key: '', label: t('settings.layout.add_field') },
              ...others.map((field) => ({ key: field.name, label: pick(field.label) })),
            ]}
          />
        ) : null}
      </div>
    </Group>
  );
}
