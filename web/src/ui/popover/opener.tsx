// The button that opens a float. The float itself is the greater part of the kit and is loaded when one is opened, or once there is time.
import type { ReactElement, RefObject } from 'react';
import { ButtonContext, type ButtonProps } from 'react-aria-components/Button';

type Props = {
  trigger: ReactElement;
  triggerRef: RefObject<HTMLButtonElement | null>;
  opens: 'menu' | 'dialog';
  isOpen: boolean;
  // The element that is open.
  controls: string;
} & Pick<ButtonProps, 'onPressStart' | 'onPress' | 'onKeyDown'>;

export function Opener({ trigger, triggerRef, opens, isOpen, controls, ...heard }: Props) {
  const value = {
    ...heard,
    ref: triggerRef,
    isPressed: isOpen,
    // Of a dialog screen readers would say that it is a menu.
    'aria-haspopup': opens === 'menu' ? true : undefined,
    'aria-expanded': isOpen,
    'aria-controls': isOpen ? controls : undefined,
  };
  return <ButtonContext.Provider value={value}>{trigger}</ButtonContext.Provider>;
}
