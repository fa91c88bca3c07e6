// What the registry itself counts for a year as of a day, from certificates, councils, batches and the ledger of
// support. Pure. It does not use published figures; programme.ts shows the two side by side.

import { inForce, isRating, ratingsOn, type RatingPaper } from '../registry/certificate.ts';
import type { Day, Id } from '../entity.ts';
import type { Evaluation, Stars } from '../registry/evaluation.ts';
import type { Candidate } from './candidates.ts';
import { groupInYear, groupsOfYear } from './groups.ts';
import type { Counted, Measure, Support, SupportKind } from './programme.ts';
import type { ProductGroup } from '../registry/product.ts';

/** A record with what may be counted of it for a day. `late`: it was entered after that day. */
type Counting<T> = T & { late?: boolean };

/** The records of an office's registry, each as it counts for the day (as-of.ts). */
export interface RegistryFacts {
  certificates: readonly Counting<RatingPaper & { producerId: Id }>[];
  evaluations: readonly Counting<Pick<Evaluation, 'productId' | 'producerId' | 'round' | 'heldOn' | 'stars'>>[];
  /** Group of a product; null: the product is unknown. */
  groupOf: (productId: Id) => ProductGroup | null;
  supports: readonly Counting<Support>[];
  candidates: readonly Counting<Pick<Candidate, 'producerId' | 'maker' | 'year' | 'stage' | 'stageOn'>>[];
  /** Stamps issued, with the day. */
  batches: readonly { quantity: number; issuedOn: Day }[];
}

export interface RegistryCounts {
  measures: Counted;
  /** How many of the records that a measure counts were entered after the day. */
  late: Partial<Record<Measure, number>>;
  /** Producers with a rated product. */
  producersRated: number;
  /** Rated products by stars and by the year's groups; `none`: of a group that did not exist in that year. */
  byStars: Record<3 | 4 | 5, number>;
  byGroup: { group: ProductGroup | 'none'; products: number }[];
  /** Stamps issued through this system in the year. */
  stampsIssued: number;
}

/**
 * The days of a year up to a day, both inclusive; empty before the year begins. Nothing is added after the year ends.
 */
export interface YearUntil {
  from: Day;
  to: Day;
}

export function yearUntil(year: number, on: Day): YearUntil {
  const last = `${year}-12-31`;
  return { from: `${year}-01-01`, to: on < last ? on : last };
}

export function isWithin({ from, to }: YearUntil, day: Day): boolean {
  return day >= from && day <= to;
}

/** A year's counts as of a day; for a later day, as of the year's end. */
export function registryCounts(facts: RegistryFacts, year: number, on: Day): RegistryCounts {
  const span = yearUntil(year, on);
  const rated = ratedProducts(facts.certificates, span.to);
  const added = addedPapers(facts.certificates, span);
  const enrolled = enrolledProducers(facts, year, span);
  const councils = facts.evaluations.filter(({ heldOn }) => isWithin(span, heldOn));
  const supports = facts.supports.filter(({ givenOn, year: of }) => of === year && givenOn <= span.to);
  const given = supportSums(supports);
  const { byStars, byGroup } = spread(rated, facts.groupOf, year);
  const lateSupports = (of: SupportKind): number =>
    lateIn(supports.filter(({ kind, struck }) => kind === of && struck === null));
  return {
    measures: {
      'products-rated': rated.size,
      'products-added': added.length,
      'products-expected': null,
      'producers-enrolled': enrolled.producers.size,
      'packaging-given': given.packaging,
      'stamps-given': given.stamps,
      'registrations-given': given.registration,
      'council-products': new Set(councils.map(({ productId }) => productId)).size,
      'council-producers': new Set(councils.map(({ producerId }) => producerId)).size,
    },
    late: {
      'products-rated': lateIn([...rated.values()]),
      'products-added': lateIn(added),
      'producers-enrolled': enrolled.late,
      'packaging-given': lateSupports('packaging'),
      'stamps-given': lateSupports('stamps'),
      'registrations-given': lateSupports('registration'),
      'council-products': lateIn(councils),
      'council-producers': lateIn(councils),
    },
    producersRated: new Set([...rated.values()].map(({ producerId }) => producerId)).size,
    byStars,
    byGroup,
    stampsIssued: facts.batches
      .filter(({ issuedOn }) => isWithin(span, issuedOn))
      .reduce((sum, { quantity }) => sum + quantity, 0),
  };
}

/** How many were entered after the day. */
export function lateIn(records: readonly { late?: boolean }[]): number {
  return records.filter(({ late }) => late === true).length;
}

type Paper = RegistryFacts['certificates'][number];

/** Products whose OCOP certificate is in force, with the certificate that the stamp's page shows. */
function ratedProducts(certificates: readonly Paper[], on: Day): Map<Id, Paper> {
  return new Map([...ratingsOn(certificates, on)].filter(([, paper]) => inForce(paper, on)));
}

/** First OCOP certificates of products, issued in the span. */
function addedPapers(certificates: readonly Paper[], span: YearUntil): Paper[] {
  const first = new Map<Id, Paper>();
  for (const one of certificates) {
    if (!isRating(one)) continue;
    const before = first.get(one.productId);
    if (before === undefined || one.issuedOn < before.issuedOn) first.set(one.productId, one);
  }
  return [...first.values()].filter(({ issuedOn }) => isWithin(span, issuedOn));
}

/** Producers with a product before a council in the span, or on its way there in the year's programme. */
function enrolledProducers(
  { evaluations, candidates }: RegistryFacts,
  year: number,
  span: YearUntil,
): { producers: Set<string>; late: number } {
  const councils = evaluations.filter(({ heldOn }) => isWithin(span, heldOn));
  const onTheirWay = candidatesOn(candidates, year, span.to).filter(({ stage }) => stage !== 'dropped');
  const producers = new Set([
    ...councils.map(({ producerId }) => producerId),
    ...onTheirWay.map(({ producerId, maker }) => producerId ?? `maker ${maker ?? ''}`),
  ]);
  return { producers, late: lateIn(councils) + lateIn(onTheirWay) };
}

/** A year's candidates that had reached their stage by a day. */
export function candidatesOn<C extends Pick<Candidate, 'year' | 'stageOn'>>(
  candidates: readonly C[],
  year: number,
  on: Day,
): C[] {
  return candidates.filter((one) => one.year === year && one.stageOn <= on);
}

/** Sums of the ledger, without the lines that were struck out. */
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
  /** How many reached 3, 4 and 5 stars, and how many stayed below 3. */
  stars: Record<3 | 4 | 5, number>;
  below: number;
}

/** The rounds of a year up to a day, the latest day first; rounds of one day are sorted by name. */
export function councilRounds(evaluations: RegistryFacts['evaluations'], year: number, on: Day): CouncilRound[] {
  const span = yearUntil(year, on);
  const rounds = new Map<string, { days: Day[]; products: Set<Id>; producers: Set<Id>; stars: Stars[] }>();
  for (const { round, heldOn, productId, producerId, stars } of evaluations) {
    if (!isWithin(span, heldOn)) continue;
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
    .sort((a, b) => (a.to === b.to ? (a.round < b.round ? 1 : -1) : a.to < b.to ? 1 : -1));
}
