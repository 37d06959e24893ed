export type Token = string | [name: string, type?: string, more?: string | { [choice: string]: Token[] }];
export const pseudoText: (text: string) => string;
export const pseudoMessage: (tokens: Token[]) => Token[];
