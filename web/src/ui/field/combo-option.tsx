// What a combo lists, in its popover and in its sheet.
import { ListBoxItem } from 'react-aria-components/ListBox';
import floats from '../popover/popover.module.css';
import type { UiWords } from '../words/words.tsx';
import type { ComboItem } from './combo-props.ts';

export const comboOption = (item: ComboItem) => (
  <ListBoxItem id={item.key} textValue={item.label} className={floats.item}>
    <span>{item.label}</span>
    {item.detail ? <small>{item.detail}</small> : null}
  </ListBoxItem>
);

export const noOption = (words: UiWords, busy?: boolean) => (
  <div className={floats.empty}>{busy ? words.loading : words.nothing}</div>
);
