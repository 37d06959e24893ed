// The ⋯ menu of a place: rows of the table of actions, so that a menu, the palette and the keys offer the same.
import { Ellipsis } from 'lucide-react';
import { t } from '../i18n/i18n.ts';
import { ActionIcon } from '../ui/action-icon.tsx';
import { IconButton } from '../ui/button/button.tsx';
import { Keys } from '../ui/keys/keys.tsx';
import { Menu, type MenuEntry } from '../ui/menu/menu.tsx';
import { capsOf } from './keys.ts';
import type { Action } from './registry.ts';

export const entryOf = (action: Action): MenuEntry => ({
  key: action.id,
  label: action.label,
  icon: <ActionIcon name={action.icon} size={14} />,
  tail: action.keys ? <Keys caps={capsOf(action.keys)} /> : null,
  tone: action.tone,
  onAction: () => void action.run(),
});

export function ActionMenu({ actions }: { actions: Action[] }) {
  if (actions.length === 0) return null;
  return (
    <Menu
      label={t('common.more')}
      trigger={
        <IconButton label={t('common.more')}>
          <Ellipsis size={16} aria-hidden="true" />
        </IconButton>
      }
      groups={[{ key: 'actions', entries: actions.map(entryOf) }]}
    />
  );
}
