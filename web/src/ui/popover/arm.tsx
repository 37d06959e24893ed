import { useEffect, useRef } from 'react';

const arm_ms = 300;

// Inside a sheet, which comes up under the very press that opened it: the end of that press must not choose.
export function Arm() {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const arm = () => here.current?.parentElement?.setAttribute('data-armed', '');
    const after = () => setTimeout(arm);
    const timer = setTimeout(arm, arm_ms);
    window.addEventListener('pointerup', after, { capture: true, once: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointerup', after, { capture: true });
    };
  }, []);
  return <span ref={here} hidden />;
}
