// What a menu offers.
import type { ReactNode } from 'react';

export type MenuEntry = {
  key: string;
  label: string;
  icon?: ReactNode;
  // At the far end: the keys that do the same.
  tail?: ReactNode;
  tone?: 'plain' | 'bad';
  isDisabled?: boolean;
  onAction: () => void;
};
// `selected`: the entries of this group are one choice.
export type MenuGroup = { key: string; label?: string; entries: MenuEntry[]; selected?: string[] };
