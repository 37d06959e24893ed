// What a combo takes, as a field and as a sheet.
import type { FieldFrame } from './text-input.tsx';

export type ComboItem = { key: string; label: string; detail?: string };

export type ComboProps = FieldFrame & {
  items: ComboItem[];
  value: string | null;
  text: string;
  onText: (text: string) => void;
  onChange: (item: ComboItem | null) => void;
  isRequired?: boolean;
  isDisabled?: boolean;
  autoFocus?: boolean;
  placeholder?: string;
  busy?: boolean;
  'aria-label'?: string;
};
