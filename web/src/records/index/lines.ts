// What stands on which line of a list: the rows of its parts, one below the other, each part with a heading of its own where
// the list is grouped. Rows are read a page at a time, wherever the eye is: the lines in between cost nothing.
export const page_rows = 100;
// A page is asked for before its first line is in sight.
const ahead = 20;

export type Part = { key: string; heading: boolean; open: boolean; count: number };
export type Line = { part: number; row: number }; // row -1: the heading
export type PageNumber = { part: number; page: number };

export class Lines {
  readonly parts: Part[];
  readonly count: number;
  private readonly starts: number[];

  constructor(parts: Part[]) {
    this.parts = parts;
    this.starts = [];
    let sum = 0;
    for (const part of parts) {
      this.starts.push(sum);
      sum += (part.heading ? 1 : 0) + (part.open ? part.count : 0);
    }
    this.count = sum;
  }

  at(index: number): Line | undefined {
    if (index < 0 || index >= this.count) return undefined;
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= index) low = middle;
      else high = middle - 1;
    }
    const part = this.parts[low] as Part;
    return { part: low, row: index - (this.starts[low] as number) - (part.heading ? 1 : 0) };
  }

  indexOf({ part, row }: Line): number {
    return (this.starts[part] ?? 0) + row + (this.parts[part]?.heading ? 1 : 0);
  }

  // The pages that hold what is in sight, and what soon will be.
  pages(first: number, last: number): PageNumber[] {
    const found: PageNumber[] = [];
    for (let at = Math.max(0, first - ahead); at <= Math.min(this.count - 1, last + ahead); at += 1) {
      const line = this.at(at) as Line;
      if (line.row < 0) continue;
      const page = Math.floor(line.row / page_rows);
      const latest = found[found.length - 1];
      if (latest?.part !== line.part || latest.page !== page) found.push({ part: line.part, page });
    }
    return found;
  }
}
