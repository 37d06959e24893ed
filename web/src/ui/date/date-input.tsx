// A day, or a day and time. The picker is loaded when one is first shown.
import { lazy, Suspense } from 'react';
import styles from '../field/field.module.css';
import type { DateInputProps } from './date-props.ts';

const Picker = lazy(() => import('./date-picker.tsx').then((room) => ({ default: room.DatePicker })));

export function DateInput(props: DateInputProps) {
  return (
    <Suspense
      fallback={
        // As high as what comes, so that nothing below moves under somebody's pointer.
        <div className={styles.field}>
          {props.label ? <span className={styles.label}>{props.label}</span> : null}
          <div className={styles.input} />
        </div>
      }
    >
      <Picker {...props} />
    </Suspense>
  );
}
