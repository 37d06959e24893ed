import { type ReactElement, type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { part } from '../../lib/part.ts';
import { Opener } from './opener.tsx';

const { Part: Float, fetch } = part(() => import('./popover-float.tsx').then((room) => room.PopoverFloat));
export const fetchPopover = fetch;

type Props = {
  label: string;
  trigger: ReactElement;
  children: ReactNode | ((close: () => void) => ReactNode);
  isOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
};

export function Popover({ label, trigger, children, isOpen, onOpenChange }: Props) {
  const id = useId();
  const triggerRef = useRef<HTMLButtonElement>(null);
  const [own, setOwn] = useState(false);
  const open = isOpen ?? own;
  const change = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  return (
    <>
      <Opener
        trigger={trigger}
        triggerRef={triggerRef}
        opens="dialog"
        isOpen={open}
        controls={id}
        onPress={() => change(!open)}
      />
      <Suspense fallback={null}>
        {open ? (
          <Float id={id} label={label} triggerRef={triggerRef} onClose={() => change(false)}>
            {children}
          </Float>
        ) : null}
      </Suspense>
    </>
  );
}
