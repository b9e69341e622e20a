/** A catalogue in another language: the same keys, other words. What Chinese says of any number, English says of one and of others. */
export type SameKeys<Words> = {
  [Key in keyof Words]: Words[Key] extends string ? string : SameKeys<Words[Key]>;
} & { [Key in keyof Words as Key extends `${infer Begins}_other` ? `${Begins}_one` : never]: string };
