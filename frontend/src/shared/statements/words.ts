/** The sentences of a language, with what their values are worded by. */
export type Words = {
  readonly separator: string;
  readonly span: { readonly years: string; readonly months: string };
  readonly money: { readonly wan: string; readonly yuan: string };
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly statements: Readonly<Record<string, string>>;
};
