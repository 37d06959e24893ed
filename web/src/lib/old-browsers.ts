// What Chrome 87 and Safari 14 lack and our parts use; scripts/check-browsers.mjs reads the names quoted here and refuses others.
export function bring(owner: object, name: string, value: unknown) {
  if (!(name in owner)) Object.defineProperty(owner, name, { value, writable: true, configurable: true });
}

export function at<T>(this: ArrayLike<T>, place: number): T | undefined {
  const whole = Math.trunc(place) || 0;
  return this[whole < 0 ? whole + this.length : whole];
}

// 'AbortSignal.timeout'
export function timeout(after_ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), after_ms);
  return controller.signal;
}

bring(Array.prototype, 'at', at);
bring(String.prototype, 'at', at);
bring(AbortSignal, 'timeout', timeout);
