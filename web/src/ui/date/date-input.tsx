// A day, or a day and time. The picker is loaded when one is first shown.
import { lazy, Suspense } from 'react';
import type { FieldFrame } from '../field/text-input.tsx';
import styles from '../field/field.module.css';

const Picker = lazy(() => import('./date-picker.tsx').then((room) => ({ default: room.DatePicker })));

export type DateInputProps = FieldFrame & {
  value: string | null;
  onChange: (value: string | null) => void;
  withTime?: boolean;
  timeZone?: string;
  isRequired?: boolean;
  autoFocus?: boolean;
  'aria-label'?: string;
};

export function DateInput(props: DateInputProps) {
  return (
    <Suspense fallback={<div className={styles.input} />}>
      <Picker {...props} />
    </Suspense>
  );
}
