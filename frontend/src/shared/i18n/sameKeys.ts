/** A catalogue in another language: the same keys, other words. */
export type SameKeys<Words> = { [Key in keyof Words]: Words[Key] extends string ? string : SameKeys<Words[Key]> };
