import { Link } from '@tanstack/react-router';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { type Branch, type Member, reportingTree } from './people-api.ts';
import styles from '../settings.module.css';

// Everybody under whom he reports to: what a manager's "team" sees.
export function ReportingTree({ members }: { members: Member[] }) {
  return (
    <section aria-label={t('settings.member.as_tree')}>
      <p className={styles.help}>{t('settings.member.tree_help')}</p>
      <Branches branches={reportingTree(members.filter((member) => member.active !== false))} />
    </section>
  );
}

function Branches({ branches }: { branches: Branch[] }) {
  return (
    <ul className={styles.tree}>
      {branches.map(({ member, reports }) => (
        <li key={member.id}>
          <Link to={`/members/${member.id}`} className={styles.named}>
            {String(member.name)}
            {reports.length > 0 ? <small>{t('settings.member.reports', { count: count(size(reports)) })}</small> : null}
          </Link>
          {reports.length > 0 ? <Branches branches={reports} /> : null}
        </li>
      ))}
    </ul>
  );
}

const size = (branches: Branch[]): number => branches.reduce((sum, branch) => sum + 1 + size(branch.reports), 0);
