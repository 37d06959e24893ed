// 上手清单: what a member has done of what makes the product useful, by the data; put away for good with one press.
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, Circle } from 'lucide-react';
import { useCatalogue } from '../../api/describe.ts';
import { preferencesQuery, setPreferences } from '../../api/preferences.ts';
import { sentence } from '../../api/problem.ts';
import { askQuery } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { stepsOf } from './first-steps-model.ts';
import { Panel } from './panel.tsx';
import styles from './first-steps.module.css';

export function StepsPanel() {
  const { data: wish } = useQuery(preferencesQuery);
  return wish?.first_steps === 'shown' ? <Steps /> : null;
}

function Steps() {
  const client = useQueryClient();
  const session = useSession();
  const steps = stepsOf(useCatalogue(), session);
  const asked = useQueries({
    // Whether there are so many, not how many there are.
    queries: steps.map(({ ask, more_than, object }) =>
      askQuery({ ...ask, select: ['id'], limit: more_than + 1 }, [object]),
    ),
  });
  if (steps.length === 0 || asked.some((one) => one.isPending)) return null;
  const done = steps.map((step, at) => (asked[at]?.data?.rows.length ?? 0) > step.more_than);
  const count = done.filter(Boolean).length;
  const hide = () =>
    void setPreferences(client, { first_steps: 'hidden' }).then(
      () =>
        toast(t('steps.hidden'), 'good', {
          label: t('common.undo'),
          run: () => void setPreferences(client, { first_steps: 'shown' }),
        }),
      (error: unknown) => toast(sentence(error), 'bad'),
    );
  return (
    <Panel title={t('steps.title')} count={t('steps.count', { done: count, of: steps.length })}>
      <ul className={styles.steps}>
        {steps.map((step, at) => {
          const { to, search } = step.to(session);
          return (
            <li key={step.key} className={styles.step}>
              {done[at] ? (
                <CircleCheck size={16} aria-hidden="true" className={styles.done} />
              ) : (
                <Circle size={16} aria-hidden="true" className={styles.open} />
              )}
              {done[at] ? (
                <span className={styles.over}>
                  {t(`steps.${step.key}`)}
                  <span className="visually-hidden">{t('steps.done')}</span>
                </span>
              ) : (
                <Link to={to} search={search ?? {}} className={styles.link}>
                  {t(`steps.${step.key}`)}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      <div className={styles.foot}>
        <span>{count === steps.length ? t('steps.all_done') : t('steps.help')}</span>
        <Button compact look="quiet" onPress={hide}>
          {t('steps.hide')}
        </Button>
      </div>
    </Panel>
  );
}
