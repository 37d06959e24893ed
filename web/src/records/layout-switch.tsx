// The same records as a list or as a board: two links that keep filter, search and order.
import { Link } from '@tanstack/react-router';
import { Columns3, List } from 'lucide-react';
import type { ObjectDef } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { classes } from '../ui/classes.ts';
import styles from './layout-switch.module.css';
import type { ViewSearch } from './index/view-state.ts';

type Props = { object: ObjectDef; search: ViewSearch; layout: 'list' | 'board' };

export function LayoutSwitch({ object, search, layout }: Props) {
  const kept = { ...search, new: undefined, peek: undefined };
  const one = (key: Props['layout'], to: string, Shape: typeof List) => (
    <Link
      to={to}
      search={kept}
      aria-current={layout === key ? 'page' : undefined}
      aria-label={t(`records.layout.${key}`)}
      title={t(`records.layout.${key}`)}
      className={classes(styles.one, layout === key && styles.here)}
    >
      <Shape size={16} strokeWidth={1.75} aria-hidden="true" />
    </Link>
  );
  return (
    <nav aria-label={t('records.layout')} className={styles.switch}>
      {one('list', `/${object.plural}`, List)}
      {one('board', `/${object.plural}/board`, Columns3)}
    </nav>
  );
}
