import { ChevronDown } from 'lucide-react';
import type { Key } from 'react-aria-components';
import { Button } from 'react-aria-components/Button';
import { Popover } from 'react-aria-components/Popover';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { classes } from '../classes.ts';
import { Arm } from '../popover/arm.tsx';
import floats from '../popover/popover.module.css';
import { useUiWords } from '../words/words.tsx';
import styles from './field.module.css';
import { type FieldFrame, FieldLabel, FieldTail } from './text-input.tsx';

export type Option = { key: string; label: string };

type Props = FieldFrame & {
  options: Option[];
  value: string | null;
  onChange: (key: string | null) => void;
  // Offers an empty choice.
  clearable?: boolean;
  isRequired?: boolean;
  isDisabled?: boolean;
  autoFocus?: boolean;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
  placeholder?: string;
  'aria-label'?: string;
};

const none = '\u0000none';

export function Select(props: Props) {
  const { label, help, error, options, value, onChange, clearable, placeholder, ...rest } = props;
  const words = useUiWords();
  const items = clearable && value ? [{ key: none, label: words.clear }, ...options] : options;
  return (
    <AriaSelect
      {...rest}
      isInvalid={!!error}
      validationBehavior="aria"
      placeholder={placeholder ?? words.choose}
      selectedKey={value}
      onSelectionChange={(key: Key | null) => onChange(key === null || key === none ? null : String(key))}
      className={styles.field}
    >
      <FieldLabel label={label} required={rest.isRequired} />
      <Button className={classes(styles.input, styles.select)}>
        <SelectValue />
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      <FieldTail help={help} error={error} />
      <Popover className={classes(floats.popover, floats.list, floats.sheet)}>
        <Arm />
        <ListBox items={items} className={floats.listbox}>
          {(item) => (
            <ListBoxItem id={item.key} textValue={item.label} className={floats.item}>
              {item.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
