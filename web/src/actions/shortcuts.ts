// Keys for the whole page. Single letters work only when nothing editable has the focus; composing an IME never triggers.
import { useEffect, useRef } from 'react';

export type Shortcuts = { [combo: string]: (event: KeyboardEvent) => void };

function editable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
      target.getAttribute('role') === 'textbox')
  );
}

export function comboOf(event: KeyboardEvent): string {
  const mod = event.metaKey || event.ctrlKey ? 'mod+' : '';
  const alt = event.altKey ? 'alt+' : '';
  return `${mod}${alt}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
}

export function useShortcuts(shortcuts: Shortcuts) {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
      const combo = comboOf(event);
      const run = latest.current[combo];
      if (!run) return;
      const modal = document.querySelector('[role=dialog],[role=alertdialog]');
      if (!combo.startsWith('mod+') && (editable(event.target) || modal)) return;
      event.preventDefault();
      run(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
