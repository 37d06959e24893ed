// /settings/members: who is here, who may sign in, and who reports to whom; /settings/members/<id>: how one of them gets in.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useCatalogue } from '../../../api/describe.ts';
import { sentence } from '../../../api/problem.ts';
import type { Choice } from '../../../api/types.ts';
import { count } from '../../../i18n/format.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { useRested } from '../../../lib/debounce.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Empty, Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import { SearchInput } from '../../../ui/field/search-input.tsx';
import { Segments } from '../../../ui/field/segments.tsx';
import { Table, type TableColumn } from '../../../ui/table/table.tsx';
import { Tag } from '../../../ui/tag/tag.tsx';
import { Head } from '../head.tsx';
import styles from '../settings.module.css';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberAccess } from './member-access.tsx';
import { MemberMenu } from './member-menu.tsx';
import { type Member, memberPagesQuery, membersQuery } from './people-api.ts';
import { ReportingTree } from './reporting-tree.tsx';

export const MembersSection = ({ at }: { at?: string }) => (at ? <MemberAccess id={at} /> : <Members />);

function Members() {
  const roles =
    useCatalogue()
      .object('member')
      ?.fields.find((field) => field.name === 'roles')?.choices ?? [];
  const [adding, setAdding] = useState(false);
  const [find, setFind] = useState('');
  const [view, setView] = useState('list');
  const total = useInfiniteQuery(memberPagesQuery('')).data?.pages[0]?.count;
  return (
    <>
      <Head
        title={t('settings.members')}
        help={total === undefined ? undefined : t('settings.members_help', { count: total, shown: count(total) })}
        actions={
          <Button look="primary" onPress={() => setAdding(true)}>
            <UserPlus size={14} aria-hidden="true" />
            {t('settings.member.invite')}
          </Button>
        }
      />
      <div className={styles.tools}>
        <SearchInput
          label={t('settings.member.find')}
          placeholder={t('settings.member.find')}
          value={find}
          onChange={setFind}
        />
        <Segments
          label={t('settings.member.view')}
          value={view}
          onChange={setView}
          options={[
            { key: 'list', label: t('settings.member.as_list') },
            { key: 'tree', label: t('settings.member.as_tree') },
          ]}
        />
      </div>
      {view === 'tree' ? <Tree find={find} /> : <List find={find} roles={roles} />}
      {adding ? <InviteDialog roles={roles} onClose={() => setAdding(false)} /> : null}
    </>
  );
}
function List({ find, roles }: { find: string; roles: Choice[] }) {
  const query = useInfiniteQuery(memberPagesQuery(useRested(find.trim())));
  if (query.error) return <Notice tone="bad">{sentence(query.error)}</Notice>;
  if (!query.data) return <Skeleton lines={8} />;
  const rows = query.data.pages.flatMap((page) => page.data);
  const found = query.data.pages[0]?.count ?? rows.length;
  const rolesText = (row: Member) =>
    (Array.isArray(row.roles) ? row.roles : []).map(
      (key) => pick(roles.find((role) => role.key === key)?.label) || key,
    );
  const columns: TableColumn<Member>[] = [
    { key: 'name', head: t('settings.name'), names: true, cell: nameCell },
    { key: 'email', head: t('settings.email'), onLine: 'bare', cell: (row) => String(row.email ?? '–') },
    { key: 'roles', head: t('settings.roles'), onLine: 'bare', cell: (row) => tags(rolesText(row)) },
    { key: 'manager', head: t('settings.member.manager'), cell: (row) => row.manager?.name ?? '–' },
    { key: 'state', head: t('settings.process.state'), onLine: 'beside', cell: stateCell },
    {
      key: 'menu',
      head: <span className="visually-hidden">{t('settings.member.actions')}</span>,
      onLine: 'beside',
      cell: menuCell,
    },
  ];
  if (rows.length === 0) return <Empty title={t('settings.member.none_found')} />;
  return (
    <>
      <Table label={t('settings.members')} rows={rows} rowKey={(row) => row.id} columns={columns} rowClass={faded} />
      {query.hasNextPage ? (
        <p className={styles.further}>
          {t('settings.members_shown', { shown: count(rows.length), count: count(found) })}
          <Button look="quiet" isDisabled={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
            {t('settings.members_further')}
          </Button>
        </p>
      ) : null}
    </>
  );
}

// Everybody at once: a tree has no pages.
function Tree({ find }: { find: string }) {
  const { data, error } = useQuery(membersQuery);
  if (error) return <Notice tone="bad">{sentence(error)}</Notice>;
  if (!data) return <Skeleton lines={8} />;
  const word = find.trim().toLowerCase();
  return (
    <ReportingTree
      members={data.filter((member) => `${member.name} ${member.email ?? ''}`.toLowerCase().includes(word))}
    />
  );
}

const faded = (row: Member) => (row.active === false ? styles.faded : undefined);
const nameCell = (row: Member) => (
  <Link to={`/members/${row.id}`} className={styles.named}>
    {String(row.name)}
  </Link>
);
const tags = (words: string[]) => (
  <span className={styles.marks}>
    {words.map((word) => (
      <Tag key={word}>{word}</Tag>
    ))}
  </span>
);
const stateCell = (row: Member) =>
  row.active === false ? (
    <Tag tone="warn">{t('settings.retired')}</Tag>
  ) : row.email ? (
    <Tag tone="good">{t('settings.member.active')}</Tag>
  ) : (
    <Tag>{t('settings.member.no_email')}</Tag>
  );
const menuCell = (row: Member) => <MemberMenu member={row} />;
