// A link inside the app without the router's watch over it – whether it leads to where one is –, for what stands in every row.
import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent, Ref } from 'react';

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & {
  to: string;
  search?: { [name: string]: string };
  ref?: Ref<HTMLAnchorElement>;
};

// Another tab or window is the browser's.
const isPlain = (event: MouseEvent) =>
  !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

export function PlainLink({ to, search = {}, ...rest }: Props) {
  const router = useRouter();
  return (
    <a
      {...rest}
      href={to + router.options.stringifySearch(search)}
      onClick={(event) => {
        if (!isPlain(event)) return;
        event.preventDefault();
        void router.navigate({ to, search });
      }}
    />
  );
}
