import type { FieldFrame } from '../field/text-input.tsx';

export type DateInputProps = FieldFrame & {
  value: string | null;
  onChange: (value: string | null) => void;
  withTime?: boolean;
  timeZone?: string;
  isRequired?: boolean;
  autoFocus?: boolean;
  'aria-label'?: string;
};
