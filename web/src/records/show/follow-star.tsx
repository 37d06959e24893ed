// 关注: the star beside a record's name, and the same in the table of actions.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Star } from 'lucide-react';
import type { Action } from '../../actions/registry.ts';
import { followsQuery, setFollow } from '../../api/follows.ts';
import { sentence } from '../../api/problem.ts';
import type { Id, ObjectDef } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './show.module.css';

export function useFollow(object: ObjectDef, id: Id) {
  const client = useQueryClient();
  const follows = useQuery(followsQuery).data;
  const on = follows?.some((one) => one.id === id) ?? false;
  const turn = () =>
    setFollow(client, object, id, !on).then(
      () => void toast(t(on ? 'record.unfollowed' : 'record.followed'), 'good'),
      (error: unknown) => void toast(sentence(error), 'bad'),
    );
  const action: Action = {
    id: 'record.follow',
    label: t(on ? 'record.unfollow' : 'record.follow'),
    group: 'record',
    icon: 'follow',
    run: () => void turn(),
  };
  const star = (
    <IconButton
      label={t('record.follow')}
      aria-pressed={on}
      isDisabled={!follows}
      className={on ? styles.followed : undefined}
      onPress={() => void turn()}
    >
      <Star size={16} fill={on ? 'currentColor' : 'none'} aria-hidden="true" />
    </IconButton>
  );
  return { action, star };
}
