// A record as a page of its own.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useCatalogue } from '../../api/describe.ts';
import { recordQuery } from '../../api/records.ts';
import { t, within } from '../../i18n/i18n.ts';
import { usePhone } from '../../lib/media.ts';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { Page } from '../../ui/page/page.tsx';
import { NotFound } from '../not-found.tsx';
import { type FrameProps, RecordView } from './record-view.tsx';
import styles from './show.module.css';

export function RecordPage() {
  const { plural, id } = useParams({ strict: false }) as { plural: string; id: string };
  const navigate = useNavigate();
  const object = useCatalogue().plural(plural);
  // Not by suspense: React holds back what follows a placeholder for 300 ms.
  const { data: record } = useQuery({
    ...recordQuery(plural, id),
    enabled: !!object?.rights.read,
    throwOnError: (_, query) => query.state.data === undefined,
  });
  if (!object?.rights.read) return <NotFound />;
  if (!record) return <Skeleton lines={8} />;
  return (
    <RecordView
      key={`${plural}/${id}`}
      object={object}
      record={record}
      frame={PageFrame}
      onGone={() => void navigate({ to: `/${object.plural}` })}
    />
  );
}

function PageFrame({ object, name, tags, star, buttons, menu, children }: FrameProps) {
  const phone = usePhone();
  return (
    <Page
      flush
      title={
        <span className={styles.title}>
          <Link to={`/${object.plural}`} aria-label={t('records.back_to', { objects: within(object.plural_label) })}>
            <ArrowLeft size={16} aria-hidden="true" />
          </Link>
          <span className={styles.name}>{name}</span>
        </span>
      }
      beside={phone ? null : tags}
      actions={
        <>
          {star}
          {phone ? null : buttons}
          {menu}
        </>
      }
    >
      {phone ? <div className={styles.phoneTags}>{tags}</div> : null}
      {children}
      {phone && buttons ? <div className={styles.bottomBar}>{buttons}</div> : null}
    </Page>
  );
}
