// A producer (chủ thể): makes the goods and puts its name on them.

import type { Entity, Id } from '../entity.ts';
import type { Address } from '../places.ts';

export const PRODUCER_KINDS = ['cooperative', 'household', 'company', 'group'] as const;
export type ProducerKind = (typeof PRODUCER_KINDS)[number];

export interface Producer extends Entity {
  officeId: Id;
  name: string;
  kind: ProducerKind;
  taxCode: string | null;
  /** The address on the certificate, in the names of its day. */
  address: Address;
  /** The same place in today's names, if they differ. */
  addressToday: Address | null;
  phone: string | null;
  /** Consent to show the telephone to the public is recorded (Law 91/2025 art. 9). */
  phonePublic: boolean;
  email: string | null;
  website: string | null;
  gln: string | null;
  representative: string | null;
  story: string | null;
  /** Absent in producers of before version 1.2. */
  storyEn?: string | null;
}
