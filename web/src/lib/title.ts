// The tab's title: how much is unread, the page, the product.
const product = typeof document === 'undefined' ? '' : document.title;
let page = '';
let badge = 0;

export const titleOf = (name: string, unread: number, of: string): string =>
  `${unread > 0 ? `(${unread > 99 ? '99+' : unread}) ` : ''}${name ? `${name} · ` : ''}${of}`;

function write() {
  document.title = titleOf(page, badge, product);
}
export function setPageTitle(name: string) {
  page = name;
  write();
}
export function setTitleBadge(unread: number) {
  badge = unread;
  write();
}
