// A text of several lines in which a sign opens a list to choose from, such as people after an @. The list is the caller's; the
// keys belong to the input method while it composes.
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Label } from 'react-aria-components/Label';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { classes } from '../classes.ts';
import floats from '../popover/popover.module.css';
import styles from './field.module.css';
import area from './suggest-area.module.css';
import { type FieldFrame, FieldTail, Star } from './text-input.tsx';

export type Suggestion = { key: string; label: string; detail?: string };

type Props = FieldFrame & {
  value: string;
  onChange: (text: string) => void;
  // What stands before the caret; the caller answers with suggestions.
  onCaret: (text: string, caret: number) => void;
  suggestions: Suggestion[] | null;
  // The suggestions are those of what was typed before.
  busy?: boolean;
  listLabel: string;
  emptyText: string;
  // Puts the suggestion into the text and says where the caret goes.
  onPick: (suggestion: Suggestion) => number;
  onDismiss: () => void;
  placeholder?: string;
  rows?: number;
  autoFocus?: boolean;
  isRequired?: boolean;
  'aria-label'?: string;
};

export function SuggestArea(props: Props) {
  const { label, help, error, value, suggestions, placeholder, rows, isRequired } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const [at, setAt] = useState(0);
  const open = suggestions !== null;
  const current = Math.min(at, (suggestions?.length ?? 1) - 1);
  const told = () => box.current && props.onCaret(box.current.value, box.current.selectionStart);
  const pick = (one: Suggestion | undefined) => {
    if (!one) return;
    let caret = 0;
    // The next key must find the caret where it belongs.
    flushSync(() => {
      caret = props.onPick(one);
      setAt(0);
    });
    box.current?.focus();
    box.current?.setSelectionRange(caret, caret);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!open || event.nativeEvent.isComposing || event.keyCode === 229) return;
    const count = suggestions.length;
    if (event.key === 'ArrowDown') setAt((current + 1) % Math.max(1, count));
    else if (event.key === 'ArrowUp') setAt((current + count - 1) % Math.max(1, count));
    // While it is still being looked for, the key chooses nobody rather than somebody else.
    else if ((event.key === 'Enter' || event.key === 'Tab') && count > 0)
      pick(props.busy ? undefined : suggestions[current]);
    else if (event.key === 'Escape') props.onDismiss();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <TextField
      value={value}
      onChange={props.onChange}
      isInvalid={!!error}
      isRequired={isRequired}
      autoFocus={props.autoFocus}
      aria-label={props['aria-label']}
      validationBehavior="aria"
      className={classes(styles.field, area.field)}
    >
      {label ? (
        <Label className={styles.label}>
          {label}
          {isRequired ? <Star /> : null}
        </Label>
      ) : null}
      <TextArea
        ref={box}
        className={styles.input}
        placeholder={placeholder}
        rows={rows}
        aria-autocomplete="list"
        aria-controls={open ? list : undefined}
        aria-activedescendant={open && suggestions.length > 0 ? `${list}-${current}` : undefined}
        onKeyDown={onKey}
        onKeyUp={(event) => {
          if (/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) told();
        }}
        onClick={told}
        onInput={(event) => props.onCaret(event.currentTarget.value, event.currentTarget.selectionStart)}
        onBlur={props.onDismiss}
      />
      {open ? (
        <div
          id={list}
          role="listbox"
          aria-label={props.listLabel}
          aria-busy={props.busy}
          className={classes(floats.popover, area.list)}
        >
          {suggestions.length === 0 ? (
            <div role="option" aria-selected={false} aria-disabled="true" className={floats.empty}>
              {props.emptyText}
            </div>
          ) : null}
          {suggestions.map((one, index) => (
            <div
              key={one.key}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              data-focused={index === current || undefined}
              className={floats.item}
              onPointerMove={() => setAt(index)}
              // The text keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(one)}
              onKeyDown={() => {}}
            >
              <span>{one.label}</span>
              {one.detail ? <small>{one.detail}</small> : null}
            </div>
          ))}
        </div>
      ) : null}
      <FieldTail help={help} error={error} />
    </TextField>
  );
}
