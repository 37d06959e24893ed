import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { sentence } from '../../api/problem.ts';
import { count, instant, today } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { EmptyOffer } from '../../records/empty-offer.tsx';
import { IconButton } from '../../ui/button/button.tsx';
import { Empty, Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { Page } from '../../ui/page/page.tsx';
import { funnelOf } from './ahead.ts';
import { Figures } from './figures.tsx';
import { type FunnelAnswer, type FunnelSearch, isEmpty, periodOf, presetOf, sides } from './funnel-model.ts';
import styles from './funnel.module.css';
import { RowsLink } from './rows-link.tsx';
import { StageFunnel, StandingPanel } from './stages.tsx';

// The figures do not wait for what narrows them, nor for what stands below.
const Breakdown = lazy(() => import('./breakdown.tsx').then((room) => ({ default: room.Breakdown })));
const Filters = lazy(() => import('./filters.tsx').then((room) => ({ default: room.Filters })));

export function FunnelPage() {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as FunnelSearch;
  const span = periodOf(search, today());
  const funnel = useQuery({ ...funnelOf(search), placeholderData: (old) => old });
  const change = (next: FunnelSearch) => navigate({ to: '/funnel', search: { ...search, ...next }, replace: true });
  const answer = funnel.data;
  return (
    <Page
      title={t('funnel.title')}
      actions={
        <>
          <span className={styles.asOf}>{answer ? t('funnel.as_of', { at: instant(answer.as_of.at) }) : null}</span>
          <IconButton label={t('funnel.refresh')} onPress={() => funnel.refetch()} isDisabled={funnel.isFetching}>
            <RefreshCw size={15} aria-hidden="true" />
          </IconButton>
        </>
      }
    >
      <div className={styles.room}>
        <Suspense fallback={<div className={styles.filtersPlace} />}>
          <Filters search={search} span={span} onChange={change} />
        </Suspense>
        {funnel.isError ? <Notice tone="bad">{sentence(funnel.error)}</Notice> : null}
        {answer ? (
          <Report answer={answer} search={search} onChange={change} />
        ) : funnel.isPending ? (
          <Skeleton lines={9} />
        ) : null}
      </div>
    </Page>
  );
}

type ReportProps = { answer: FunnelAnswer; search: FunnelSearch; onChange: (next: FunnelSearch) => void };

function Report({ answer, search, onChange }: ReportProps) {
  const side = sides.find((one) => one === search.by) ?? 'owner';
  if (isEmpty(answer))
    return (
      <Empty
        title={t('funnel.empty')}
        action={
          <>
            <Link to="/deals">{t('funnel.to_deals')}</Link>
            <EmptyOffer />
          </>
        }
      >
        {t('funnel.empty_help')}
      </Empty>
    );
  return (
    <>
      <Figures answer={answer} />
      {presetOf(search) !== 'all' && answer.undated.n > 0 ? (
        <Notice>
          <RowsLink open={answer.undated.open}>{t('funnel.undated', { n: count(answer.undated.n) })}</RowsLink>
        </Notice>
      ) : null}
      <div className={styles.pair}>
        <StageFunnel stages={answer.stages} />
        <StandingPanel stages={answer.stages} />
      </div>
      <Suspense fallback={<Skeleton lines={9} />}>
        <Breakdown answer={answer} side={side} onSide={(by) => onChange({ by: by === 'owner' ? undefined : by })} />
      </Suspense>
    </>
  );
}
