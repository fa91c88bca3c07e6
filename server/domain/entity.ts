// What every stored record has in common. Instants are ISO 8601 UTC strings (`2026-11-24T03:15:00.000Z`), days are
// `2026-11-24`, so a record is plain JSON on every store. An absent value is null, never undefined.

export type Id = string;
/** ISO 8601 instant, UTC, milliseconds: what `Date.toISOString` gives. */
export type Instant = string;
/** A calendar day, `YYYY-MM-DD`. Which instant it begins at depends on TIME_ZONE. */
export type Day = string;

export interface Entity {
  id: Id;
  /** 1 when created; each change adds one. */
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

/** Public text in both languages. If there is no English, the Vietnamese text is shown. */
export interface BilingualText {
  vi: string;
  en: string | null;
}
