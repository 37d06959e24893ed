// The combo on a phone: a button that says what is chosen, and a sheet in which it is searched for above what is found.
import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import type { Key } from 'react-aria-components';
import { Button } from 'react-aria-components/Button';
import { ListBox } from 'react-aria-components/ListBox';
import { classes } from '../classes.ts';
import { Dialog } from '../dialog/dialog.tsx';
import floats from '../popover/popover.module.css';
import { useUiWords } from '../words/words.tsx';
import type { ComboItem, ComboProps } from './combo-props.ts';
import { comboOption, noOption } from './combo-option.tsx';
import styles from './field.module.css';
import { SearchInput } from './search-input.tsx';
import { Star } from './text-input.tsx';

const none = '\u0000none';

export function ComboSheet(props: ComboProps) {
  const { label, help, error, items, value, text, onText, onChange, isRequired, placeholder, busy } = props;
  const words = useUiWords();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const name = label ?? props['aria-label'] ?? words.choose;
  const chosen = items.find((item) => item.key === value);
  const shown = chosen?.label ?? placeholder ?? words.choose;
  const open = () => {
    onText('');
    setOpen(true);
  };
  // What was typed and not chosen is no value.
  const close = (item = chosen) => {
    setOpen(false);
    onText(item?.label ?? '');
  };
  const choose = (key: Key) => {
    const item = items.find((one) => one.key === key);
    close(item);
    onChange(item ?? null);
  };
  const clear: ComboItem[] = value && !isRequired && text === '' ? [{ key: none, label: words.clear }] : [];
  return (
    <div className={styles.field}>
      {label ? (
        <span id={`${id}-label`} className={styles.label}>
          {label}
          {isRequired ? <Star /> : null}
        </span>
      ) : null}
      <Button
        id={id}
        aria-label={label ? undefined : `${name} ${shown}`}
        aria-labelledby={label ? `${id}-label ${id}` : undefined}
        aria-describedby={help || error ? `${id}-tail` : undefined}
        aria-haspopup="dialog"
        autoFocus={props.autoFocus}
        isDisabled={props.isDisabled}
        className={classes(styles.input, styles.select)}
        onPress={open}
      >
        <span data-placeholder={chosen ? undefined : true}>{shown}</span>
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      {help || error ? (
        <span id={`${id}-tail`} className={error ? styles.error : styles.help}>
          {error ?? help}
        </span>
      ) : null}
      {isOpen ? (
        <Dialog title={name} onClose={() => close()}>
          <SearchInput label={name} value={text} onChange={onText} />
          <ListBox
            aria-label={name}
            items={[...clear, ...items]}
            selectionMode="single"
            selectedKeys={value ? [value] : []}
            onAction={choose}
            className={floats.listbox}
            renderEmptyState={() => noOption(words, busy)}
          >
            {comboOption}
          </ListBox>
        </Dialog>
      ) : null}
    </div>
  );
}
