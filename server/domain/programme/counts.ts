// What the registry itself counts for a year on a day, from certificates, councils, batches and the ledger of support.
// Pure. Published figures are not used; programme.ts sets the two beside each other.

import { inForce, isRating, ratingsOn, type RatingPaper } from '../registry/certificate.ts';
import type { Day, Id } from '../entity.ts';
import type { Evaluation, Stars } from '../registry/evaluation.ts';
import type { Candidate } from './candidates.ts';
import { groupInYear, groupsOfYear } from './groups.ts';
import type { Counted, Support, SupportKind } from './programme.ts';
import type { ProductGroup } from '../registry/product.ts';

/** What is counted of an office's registry. */
export interface RegistryFacts {
  certificates: readonly (RatingPaper & { producerId: Id })[];
  evaluations: readonly Pick<Evaluation, 'productId' | 'producerId' | 'round' | 'heldOn' | 'stars'>[];
  /** Group of a product; null: the product is unknown. */
  groupOf: (productId: Id) => ProductGroup | null;
  supports: readonly Support[];
  candidates: readonly Pick<Candidate, 'producerId' | 'maker' | 'year' | 'stage' | 'stageOn'>[];
  /** Stamps issued, with the day. */
  batches: readonly { quantity: number; issuedOn: Day }[];
}

export interface RegistryCounts {
  measures: Counted;
  /** Producers with a rated product. */
  producersRated: number;
  /** Rated products by stars and by the year's groups; `none`: of a group that year did not have. */
  byStars: Record<3 | 4 | 5, number>;
  byGroup: { group: ProductGroup | 'none'; products: number }[];
  /** Stamps issued through this system in the year. */
  stampsIssued: number;
}

/** @param on within the year, or after it */
export function registryCounts(facts: RegistryFacts, year: number, on: Day): RegistryCounts {
  const rated = ratedProducts(facts.certificates, on);
  const { byStars, byGroup } = spread(rated, facts.groupOf, year);
  const since = `${year}-01-01`;
  const inYear = (day: Day): boolean => day >= since && day <= on;
  const issued = facts.batches
    .filter(({ issuedOn }) => inYear(issuedOn))
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const given = supportSums(facts.supports.filter(({ givenOn, year: of }) => of === year && givenOn <= on));
  return {
    measures: {
      'products-rated': rated.size,
      'products-added': addedProducts(facts.certificates, year, on),
      'products-expected': null,
      'producers-enrolled': enrolledProducers(facts, year, on),
      'packaging-given': given.packaging,
      'stamps-given': given.stamps,
      'registrations-given': given.registration,
      'council-products': new Set(
        facts.evaluations.filter(({ heldOn }) => inYear(heldOn)).map(({ productId }) => productId),
      ).size,
      'council-producers': new Set(
        facts.evaluations.filter(({ heldOn }) => inYear(heldOn)).map(({ producerId }) => producerId),
      ).size,
    },
    producersRated: new Set([...rated.values()].map(({ producerId }) => producerId)).size,
    byStars,
    byGroup,
    stampsIssued: issued,
  };
}

type Paper = RegistryFacts['certificates'][number];

/** Products whose OCOP certificate is in force, with the one that their rating rests on, as the stamp's page shows it. */
function ratedProducts(certificates: readonly Paper[], on: Day): Map<Id, Paper> {
  return new Map([...ratingsOn(certificates, on)].filter(([, paper]) => inForce(paper, on)));
}

/** Products whose first OCOP certificate was issued in the year, by the day. */
function addedProducts(certificates: readonly Paper[], year: number, on: Day): number {
  const first = new Map<Id, Day>();
  for (const one of certificates) {
    if (!isRating(one)) continue;
    const before = first.get(one.productId);
    if (before === undefined || one.issuedOn < before) first.set(one.productId, one.issuedOn);
  }
  return [...first.values()].filter((day) => day.startsWith(`${year}-`) && day <= on).length;
}

/** Producers with a product before a council in the year, or on its way there. */
function enrolledProducers({ evaluations, candidates }: RegistryFacts, year: number, on: Day): number {
  const producers = new Set<string>();
  for (const { heldOn, producerId } of evaluations)
    if (heldOn.startsWith(`${year}-`) && heldOn <= on) producers.add(producerId);
  for (const { year: of, producerId, maker, stage, stageOn } of candidates) {
    if (of === year && stage !== 'dropped' && stageOn <= on) producers.add(producerId ?? `maker ${maker ?? ''}`);
  }
  return producers.size;
}

/** Sums of the ledger; what was struck out does not count. */
function supportSums(supports: readonly Support[]): Record<SupportKind, number> {
  const sums: Record<SupportKind, number> = { packaging: 0, stamps: 0, registration: 0 };
  for (const { kind, quantity, struck } of supports) if (struck === null) sums[kind] += quantity;
  return sums;
}

function spread(
  rated: ReadonlyMap<Id, Paper>,
  groupOf: RegistryFacts['groupOf'],
  year: number,
): Pick<RegistryCounts, 'byStars' | 'byGroup'> {
  const byStars: RegistryCounts['byStars'] = { 3: 0, 4: 0, 5: 0 };
  const groups = new Map<ProductGroup | 'none', number>(groupsOfYear(year).map((group) => [group, 0]));
  for (const [productId, { stars }] of rated) {
    if (stars === 3 || stars === 4 || stars === 5) byStars[stars] += 1;
    const today = groupOf(productId);
    const group = (today === null ? null : groupInYear(today, year)) ?? 'none';
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return { byStars, byGroup: [...groups].map(([group, products]) => ({ group, products })) };
}

export interface CouncilRound {
  round: string;
  from: Day;
  to: Day;
  products: number;
  producers: number;
  /** How many came to 3, 4 and 5 stars, and how many stayed below 3. */
  stars: Record<3 | 4 | 5, number>;
  below: number;
}

/** The rounds of a year by their days, the latest first. */
export function councilRounds(evaluations: RegistryFacts['evaluations'], year: number): CouncilRound[] {
  const rounds = new Map<string, { days: Day[]; products: Set<Id>; producers: Set<Id>; stars: Stars[] }>();
  for (const { round, heldOn, productId, producerId, stars } of evaluations) {
    if (!heldOn.startsWith(`${year}-`)) continue;
    const of = rounds.get(round) ?? { days: [], products: new Set(), producers: new Set(), stars: [] };
    of.days.push(heldOn);
    of.products.add(productId);
    of.producers.add(producerId);
    of.stars.push(stars);
    rounds.set(round, of);
  }
  return [...rounds]
    .map(([round, { days, products, producers, stars }]): CouncilRound => {
      const sorted = days.sort();
      const at = (count: Stars): number => stars.filter((one) => one === count).length;
      return {
        round,
        from: sorted[0] ?? '',
        to: sorted.at(-1) ?? '',
        products: products.size,
        producers: producers.size,
        stars: { 3: at(3), 4: at(4), 5: at(5) },
        below: at(1) + at(2),
      };
    })
    .sort((a, b) => (a.to < b.to ? 1 : -1));
}
