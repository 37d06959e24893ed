// A link to a record that can also be looked at beside the list: by its button, or by Space while the link has the focus.
import { Link } from '@tanstack/react-router';
import { PanelRight } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { t } from '../i18n/i18n.ts';
import { usePhone } from '../lib/media.ts';
import { classes } from '../ui/classes.ts';
import { placeOf, usePeek } from './peek.ts';
import styles from './record-link.module.css';

type Props = { plural: string; id: string; name: string; className?: string; children?: ReactNode };

export function RecordLink({ plural, id, name, className, children }: Props) {
  const link = useRef<HTMLAnchorElement>(null);
  const phone = usePhone();
  return (
    <span className={styles.box}>
      <Link ref={link} to="/$plural/$id" params={{ plural, id }} className={classes(styles.link, className)}>
        {children ?? name}
      </Link>
      {phone ? null : <PeekButton name={name} onPeek={() => link.current} place={placeOf(plural, id)} />}
    </span>
  );
}

function PeekButton({ name, place, onPeek }: { name: string; place: string; onPeek: () => Element | null }) {
  const peek = usePeek();
  return (
    <button
      type="button"
      // The keys have Space on the link itself.
      tabIndex={-1}
      className={styles.peek}
      aria-label={t('record.peek', { name })}
      title={t('record.peek', { name })}
      onClick={(event) => {
        event.stopPropagation();
        const link = onPeek();
        if (link instanceof HTMLElement) link.focus({ preventScroll: true });
        peek.open(place, link);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <PanelRight size={14} aria-hidden="true" />
    </button>
  );
}
