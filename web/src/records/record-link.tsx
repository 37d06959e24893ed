// A link to a record that can also be looked at beside the list: by its button, or by Space while the link has the focus.
import { Ellipsis, PanelRight } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { t } from '../i18n/i18n.ts';
import { usePhone } from '../lib/media.ts';
import { classes } from '../ui/classes.ts';
import { placeOf, usePeek } from './peek.ts';
import { PlainLink } from './plain-link.tsx';
import styles from './record-link.module.css';

type Props = {
  plural: string;
  id: string;
  name: string;
  className?: string;
  children?: ReactNode;
  // A menu beside the link.
  onMenu?: (anchor: HTMLElement) => void;
};

export function RecordLink({ plural, id, name, className, children, onMenu }: Props) {
  const link = useRef<HTMLAnchorElement>(null);
  const phone = usePhone();
  return (
    <span className={styles.box}>
      <PlainLink ref={link} to={`/${plural}/${id}`} className={classes(styles.link, className)}>
        {children ?? name}
      </PlainLink>
      {phone ? null : <PeekButton name={name} onPeek={() => link.current} place={placeOf(plural, id)} />}
      {onMenu ? <MenuButton name={name} onMenu={onMenu} /> : null}
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

function MenuButton({ name, onMenu }: { name: string; onMenu: (anchor: HTMLElement) => void }) {
  return (
    <button
      type="button"
      // The keys have M on the row.
      tabIndex={-1}
      aria-haspopup="menu"
      className={classes(styles.peek, styles.more)}
      aria-label={t('records.menu_of', { name })}
      title={t('records.menu_of', { name })}
      onClick={(event) => {
        event.stopPropagation();
        // The button goes with the pointer; what it stands in stays.
        onMenu(event.currentTarget.parentElement ?? event.currentTarget);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Ellipsis size={14} aria-hidden="true" />
    </button>
  );
}
