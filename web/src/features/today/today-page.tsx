// 工作台: the page a day begins on. A rep sees the own day; who has people sees theirs first and the own beside it.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import type { Reference } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Segments } from '../../ui/field/segments.tsx';
import { Page } from '../../ui/page/page.tsx';
import { guessTeam, peopleQuery, rememberedTeam } from './ahead.ts';
import { longDay } from './days.ts';
import type { Asking } from './log-dialog.tsx';
import { MyDay } from './my-day.tsx';
import { Refused } from './panel.tsx';
import { TeamDay } from './team-day.tsx';
import styles from './today.module.css';
import { useDays } from './use-days.ts';
import { WaitingPanel } from './waiting.tsx';

function usePeople(): { reports: Reference[]; hasTeam: boolean } {
  const { member } = useSession();
  const asked = useQuery(peopleQuery);
  const reports = asked.data?.rows.map((one) => one.id) ?? [];
  const now = reports.length > 0 ? 'yes' : 'no';
  const remembered = rememberedTeam(member.id);
  if (asked.data && now !== localStorage.getItem(remembered)) localStorage.setItem(remembered, now);
  return { reports, hasTeam: asked.data ? reports.length > 0 : guessTeam(member) };
}

export function TodayPage() {
  const navigate = useNavigate();
  const { view } = useSearch({ strict: false }) as { view?: string };
  const { days, failed } = useDays();
  const { reports, hasTeam } = usePeople();
  const [asking, setAsking] = useState<Asking | null>(null);
  const activity = useCatalogue().object('activity');
  const shown = hasTeam && view !== 'me' ? 'team' : 'me';
  return (
    <Page
      title={t('today.title')}
      beside={<span className={styles.date}>{longDay(days.today)}</span>}
      actions={
        shown === 'me' && activity?.rights.create ? (
          <Button look="primary" onPress={() => setAsking({ kind: 'call' })}>
            <Plus size={15} aria-hidden="true" />
            {t('today.log.new')}
          </Button>
        ) : null
      }
    >
      <div className={styles.room}>
        {failed ? <Refused say={sentence(failed)} /> : null}
        <WaitingPanel />
        {hasTeam ? (
          <Segments
            label={t('today.view')}
            options={[
              { key: 'team', label: t('today.view.team') },
              { key: 'me', label: t('today.view.me') },
            ]}
            value={shown}
            onChange={(key) =>
              void navigate({ to: '/today', search: key === 'me' ? { view: 'me' } : {}, replace: true })
            }
          />
        ) : null}
        {shown === 'team' ? (
          <TeamDay days={days} reports={reports} />
        ) : (
          <MyDay days={days} asking={asking} setAsking={setAsking} />
        )}
      </div>
    </Page>
  );
}
