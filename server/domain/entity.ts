// What every stored record has in common. Instants are ISO 8601 UTC strings (`2026-11-24T03:15:00.000Z`), days are
// `2026-11-24`, so that a record is plain JSON on every store; absent is null, never undefined.

export type Id = string;
/** ISO 8601 instant, UTC, milliseconds: what `Date.toISOString` gives. */
export type Instant = string;
/** A calendar day, `YYYY-MM-DD`. Which instant it begins at depends on TIME_ZONE. */
export type Day = string;

export interface Entity {
  id: Id;
  /** 1 when made, one more with each change. */
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

/** Text for the public in both languages; English may be absent, then Vietnamese is shown. */
export interface BilingualText {
  vi: string;
  en: string | null;
}
