import { type ReactElement, Suspense, useId, useMemo, useRef, useState } from 'react';
import type { PressEvent } from 'react-aria-components/Button';
import { part } from '../../lib/part.ts';
import { Opener } from '../popover/opener.tsx';
import type { MenuEntry, MenuGroup } from './menu-entries.ts';

const { Part: Float, fetch } = part(() => import('./menu-float.tsx').then((room) => room.MenuFloat));
export const fetchMenu = fetch;

export type { MenuEntry, MenuGroup };

type Props = { label: string; trigger: ReactElement; groups: MenuGroup[]; selected?: string[]; onOpen?: () => void };

// A mouse or a key opens at its press, a finger at its end: until then it may mean to scroll.
export function Menu({ trigger, onOpen, ...menu }: Props) {
  const id = useId();
  const triggerRef = useRef<HTMLButtonElement>(null);
  // Which entry has the focus first; `true` is the menu itself.
  const [focus, setFocus] = useState<'first' | 'last' | true | null>(null);
  const show = (first: 'first' | 'last' | true) => {
    onOpen?.();
    setFocus(first);
  };
  const open = ({ target }: PressEvent, first: 'first' | true) => {
    // Safari gives no button the focus, and it is what the focus comes back to.
    (target as HTMLElement).focus({ preventScroll: true });
    show(first);
  };
  return (
    <>
      <Opener
        trigger={trigger}
        triggerRef={triggerRef}
        opens="menu"
        isOpen={focus !== null}
        controls={id}
        onPressStart={(press) => {
          if (press.pointerType !== 'touch') open(press, press.pointerType === 'mouse' ? true : 'first');
        }}
        onPress={(press) => {
          if (press.pointerType === 'touch') open(press, true);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') show('first');
          else if (event.key === 'ArrowUp') show('last');
          else return event.continuePropagation();
          event.preventDefault();
        }}
      />
      <Suspense fallback={null}>
        {focus === null ? null : (
          <Float {...menu} id={id} triggerRef={triggerRef} focus={focus} onClose={() => setFocus(null)} />
        )}
      </Suspense>
    </>
  );
}

type AtProps = { label: string; anchor: HTMLElement; groups: MenuGroup[]; onClose: () => void };

// A menu that is there while it is rendered, beside any element: one for many buttons.
export function MenuAt({ anchor, ...menu }: AtProps) {
  const triggerRef = useMemo(() => ({ current: anchor }), [anchor]);
  return (
    <Suspense fallback={null}>
      <Float {...menu} triggerRef={triggerRef} focus="first" />
    </Suspense>
  );
}
