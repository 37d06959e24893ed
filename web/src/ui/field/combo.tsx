// Type-ahead over choices that a caller finds: the server (references) or a list at hand. On a phone it is a sheet.
import { ChevronDown } from 'lucide-react';
import type { Key } from 'react-aria-components';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { ListBox } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { usePhone } from '../../lib/media.ts';
import { classes } from '../classes.ts';
import floats from '../popover/popover.module.css';
import { useUiWords } from '../words/words.tsx';
import { comboOption, noOption } from './combo-option.tsx';
import type { ComboItem, ComboProps } from './combo-props.ts';
import { ComboSheet } from './combo-sheet.tsx';
import styles from './field.module.css';
import { FieldLabel, FieldTail } from './text-input.tsx';

export type { ComboItem };

export function Combo(props: ComboProps) {
  return usePhone() ? <ComboSheet {...props} /> : <ComboField {...props} />;
}

function ComboField(props: ComboProps) {
  const { label, help, error, items, value, text, onText, onChange, placeholder, busy, ...rest } = props;
  const words = useUiWords();
  // Also told when nothing new was chosen, by Escape or by leaving: then the text is that of the choice again. A text that
  // stayed would open the list anew.
  const choose = (key: Key | null) => {
    const item = items.find((one) => one.key === key);
    if (item && item.key !== value) onChange(item);
    else if (key === null && value !== null) {
      if (text === '') onChange(null);
    } else onText(item?.label ?? '');
  };
  return (
    <ComboBox
      {...rest}
      isInvalid={!!error}
      validationBehavior="aria"
      items={items}
      selectedKey={value}
      inputValue={text}
      onInputChange={(next) => {
        onText(next);
        if (next === '') onChange(null);
      }}
      onSelectionChange={choose}
      menuTrigger="focus"
      allowsEmptyCollection
      defaultFilter={() => true}
      className={styles.field}
    >
      <FieldLabel label={label} required={rest.isRequired} />
      <div className={styles.combo}>
        <Input className={styles.input} placeholder={placeholder} />
        <Button className={styles.comboButton}>
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      </div>
      <FieldTail help={help} error={error} />
      <Popover className={classes(floats.popover, floats.list)}>
        <ListBox className={floats.listbox} renderEmptyState={() => noOption(words, busy)}>
          {comboOption}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
