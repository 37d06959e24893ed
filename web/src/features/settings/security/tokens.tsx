// The tokens with which programs come in one's name.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { revokeToken, type Token, tokensQuery } from '../../../api/access.ts';
import { type Catalogue, useCatalogue } from '../../../api/describe.ts';
import { sentence } from '../../../api/problem.ts';
import { dayOf, list } from '../../../i18n/format.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { AskDialog } from '../../../records/form/ask-dialog.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import { Table, type TableColumn } from '../../../ui/table/table.tsx';
import { Tag } from '../../../ui/tag/tag.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { Part } from './part.tsx';
import styles from './security.module.css';
import { TokenDialog } from './token-dialog.tsx';
import { reachOf, toneOfExpiry } from './tokens-model.ts';

export function TokensPart() {
  const catalogue = useCatalogue();
  const { data, error } = useQuery(tokensQuery);
  const [isAdding, setAdding] = useState(false);
  const columns: TableColumn<Token>[] = [
    { key: 'name', head: t('settings.tokens.name'), names: true, cell: (token) => token.name },
    {
      key: 'scopes',
      head: t('settings.tokens.may'),
      onLine: 'bare',
      cell: (token) => reachText(token.scopes, catalogue),
    },
    { key: 'since', head: t('settings.tokens.since'), cell: (token) => dayOf(token.since) },
    { key: 'expires', head: t('settings.tokens.expires'), cell: expiryCell },
    {
      key: 'revoke',
      head: <span className="visually-hidden">{t('settings.member.actions')}</span>,
      onLine: 'beside',
      cell: revokeCell,
    },
  ];
  return (
    <Part
      title={t('settings.tokens')}
      help={t('settings.tokens_help')}
      deed={
        <Button onPress={() => setAdding(true)}>
          <Plus size={14} aria-hidden="true" />
          {t('settings.tokens.add')}
        </Button>
      }
    >
      {error ? <Notice tone="bad">{sentence(error)}</Notice> : null}
      {data || error ? null : <Skeleton lines={2} />}
      {data?.length === 0 ? <p className={styles.quiet}>{t('settings.tokens.none')}</p> : null}
      {data?.length ? (
        <Table label={t('settings.tokens')} rows={data} rowKey={(token) => token.id} columns={columns} />
      ) : null}
      {isAdding ? <TokenDialog onClose={() => setAdding(false)} /> : null}
    </Part>
  );
}

function Revoke({ token }: { token: Token }) {
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <Button
        compact
        aria-label={t('settings.tokens.revoke_named', { name: token.name })}
        onPress={() => setAsked(true)}
      >
        {t('settings.tokens.revoke')}
      </Button>
      {isAsked ? <RevokeDialog token={token} onClose={() => setAsked(false)} /> : null}
    </>
  );
}

const revokeCell = (token: Token) => <Revoke token={token} />;

function RevokeDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const client = useQueryClient();
  const revoke = async () => {
    await revokeToken(client, token.id);
    toast(t('settings.tokens.revoked', { name: token.name }), 'good');
  };
  return (
    <AskDialog
      title={t('settings.tokens.revoke_title', { name: token.name })}
      deed={t('settings.tokens.revoke')}
      look="danger"
      onClose={onClose}
      onSend={revoke}
    >
      <p>{t('settings.tokens.revoke_help')}</p>
    </AskDialog>
  );
}

function expiryCell({ expires_at }: Token) {
  const tone = toneOfExpiry(expires_at);
  const day = dayOf(expires_at);
  if (tone === 'plain') return day;
  return <Tag tone={tone}>{tone === 'bad' ? t('settings.tokens.over', { day }) : day}</Tag>;
}

function reachText(scopes: string[], catalogue: Catalogue): string {
  const { level, imports, objects } = reachOf(scopes);
  const names = objects.map((name) => pick(catalogue.object(name)?.plural_label) || name);
  const words = [
    level ? t(`settings.tokens.level.${level}`) : '',
    imports ? t('settings.tokens.imports') : '',
    names.length > 0 ? t('settings.tokens.only', { objects: list(names) }) : '',
  ];
  return words.filter(Boolean).join(' · ');
}
