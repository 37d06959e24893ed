// Keys of the whole page, read from the table of actions. A letter works only where nothing is typed and no dialog or menu
// is open; with ⌘/Ctrl it works over dialogs, and in fields where the row says so. An input method never triggers.
import { useEffect } from 'react';
import { type Action, actionsNow } from './registry.ts';

const sequence_ms = 1500;

// 'mod+k', 'shift+x', '?', 'enter': Shift is told of letters and named keys only; of other signs it is a part.
export function comboOf(event: KeyboardEvent): string {
  const isSign = event.key.length === 1 && event.key.toLowerCase() === event.key.toUpperCase() && event.key !== ' ';
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : '';
  const alt = event.altKey ? 'alt+' : '';
  const shift = event.shiftKey && !isSign ? 'shift+' : '';
  return `${mod}${alt}${shift}${key}`;
}

const isField = (target: Element): boolean =>
  (target instanceof HTMLElement && target.isContentEditable) ||
  /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
  (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|file)$/.test(target.type)) ||
  /^(textbox|combobox|searchbox|spinbutton)$/.test(target.getAttribute('role') ?? '');

// Where letters are already heard: in a list of choices they find, over a page they are the dialog's.
const isTaken = (action: Action, target: Element): boolean =>
  target.closest('[role=menu],[role=listbox]') !== null ||
  (!action.inDialogs && document.querySelector('[role=dialog],[role=alertdialog]') !== null);

// Enter and Space press what has the focus.
const isPressed = (target: Element, combo: string): boolean =>
  /^(shift\+)?(enter|space)$/.test(combo) &&
  target.closest('a,button,summary,[role=button],[role=link],input') !== null;

export function allows(action: Action, combo: string, target: Element | null): boolean {
  if (!target) return true;
  if (combo.startsWith('mod+')) return action.inFields === true || !isField(target);
  return !isField(target) && !isTaken(action, target) && !isPressed(target, combo);
}

// The action of a key, or whether one begins with it.
export function findByKeys(actions: Action[], typed: string): { action?: Action; isBegun: boolean } {
  return {
    action: actions.find((one) => one.keys === typed),
    isBegun: actions.some((one) => one.keys?.startsWith(`${typed} `)),
  };
}

export function useKeys() {
  useEffect(() => {
    let begun = { keys: '', at: 0 };
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
      if (/^(Shift|Control|Meta|Alt)$/.test(event.key)) return;
      const combo = comboOf(event);
      const before = event.timeStamp - begun.at < sequence_ms ? begun.keys : '';
      begun = { keys: '', at: 0 };
      const actions = actionsNow();
      const typed = before && findByKeys(actions, `${before} ${combo}`).action ? `${before} ${combo}` : combo;
      const { action, isBegun } = findByKeys(actions, typed);
      const target = event.target instanceof Element ? event.target : null;
      if (action && allows(action, combo, target)) {
        if (action.run() !== false) event.preventDefault();
      } else if (isBegun && allows({ id: '', label: '', group: 'go', run: () => {} }, combo, target))
        begun = { keys: typed, at: event.timeStamp };
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

const isMac = typeof navigator !== 'undefined' && /Mac|iP/.test(navigator.platform);
const names: { [key: string]: string } = {
  mod: isMac ? '⌘' : 'Ctrl',
  alt: isMac ? '⌥' : 'Alt',
  shift: isMac ? '⇧' : 'Shift',
  enter: isMac ? '⏎' : 'Enter',
  escape: 'Esc',
  space: 'Space',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
};

// The caps to draw: 'mod+k' → [['⌘', 'K']], 'g d' → [['G'], ['D']].
export function capsOf(keys: string): string[][] {
  return keys.split(' ').map((combo) => combo.split(/\+(?=.)/).map((key) => names[key] ?? key.toUpperCase()));
}

// As ARIA writes it; keys that follow one another have no such form.
export function ariaKeys(keys: string | undefined): string | undefined {
  if (!keys || keys.includes(' ')) return undefined;
  return keys
    .replace('mod', isMac ? 'Meta' : 'Control')
    .replace(/(^|\+)([a-z])$/, (_, plus, key) => plus + key.toUpperCase());
}
