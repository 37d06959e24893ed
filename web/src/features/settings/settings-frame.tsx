// /settings: the sections this member may open on the left, the chosen one beside it. A phone shows one or the other.
import { Link, useParams } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Suspense } from 'react';
import { useSession } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { usePhone } from '../../lib/media.ts';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { Page } from '../../ui/page/page.tsx';
import { type SettingsSection, settingsGroups } from './sections.ts';
import './forms.module.css';
import styles from './settings.module.css';

export function SettingsFrame({ sections }: { sections: SettingsSection[] }) {
  const session = useSession();
  const phone = usePhone();
  const { section: key, at } = useParams({ strict: false }) as { section?: string; at?: string };
  const open = sections.filter((section) => !section.allowed || section.allowed(session));
  const chosen = open.find((section) => section.key === key) ?? (key || phone ? undefined : open[0]);
  return (
    <Page title={t('settings.title')} flush beside={phone && key ? <Back /> : null}>
      <div className={styles.frame}>
        {phone && key ? null : <SectionList sections={open} chosen={chosen?.key} />}
        {phone && !key ? null : (
          <div className={styles.room}>
            <Suspense fallback={<Skeleton lines={6} />}>
              {chosen ? <chosen.Room key={`${chosen.key}/${at}`} at={at} /> : <p>{t('settings.not_allowed')}</p>}
            </Suspense>
          </div>
        )}
      </div>
    </Page>
  );
}

function Back() {
  return (
    <Link to="/settings" className={styles.back}>
      <ChevronLeft size={16} aria-hidden="true" />
      {t('settings.back')}
    </Link>
  );
}

function SectionList({ sections, chosen }: { sections: SettingsSection[]; chosen: string | undefined }) {
  return (
    <nav aria-label={t('settings.sections')} className={styles.sections}>
      {settingsGroups.map((group) => {
        const members = sections.filter((section) => section.group === group);
        if (members.length === 0) return null;
        return (
          <div key={group}>
            <h2 className={styles.group}>{t(`settings.group.${group}`)}</h2>
            <ul>
              {members.map((section) => (
                <li key={section.key}>
                  <Link
                    to={`/settings/${section.key}`}
                    className={styles.section}
                    aria-current={section.key === chosen ? 'page' : undefined}
                  >
                    {t(section.label)}
                    <ChevronRight size={14} aria-hidden="true" />
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
