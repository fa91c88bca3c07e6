// One product: its record and picture, what the law requires and is still lacking, the council's evaluations, its
// certificates and papers.

import { allOf } from '../../../actions/kit/every-of.ts';
import { setProductPhoto } from '../../../actions/registry/set-product-photo.ts';
import { listCertificates, listEvaluations, readProducer, readProduct } from '../../../actions/registry/read.ts';
import { listLots } from '../../../actions/lots/read.ts';
import { decide, type Right } from '../../../actions/kit/rights.ts';
import { completenessOf, type Completeness } from '../../../domain/registry/completeness.ts';
import type { Evaluation } from '../../../domain/registry/evaluation.ts';
import { wholeProduct, type Product } from '../../../domain/registry/product.ts';
import { valueOf } from '../../outcome.ts';
import { UPLOAD_MAX_BYTES } from '../../read-request.ts';
import { html, type Html, type Inset } from '../../html.ts';
import { addressText, dayText, numberText } from '../../format.ts';
import { frameWordsOf, registryWordsOf, type RegistryWords } from '../../words/words.ts';
import { go, sentVersion, type ConsoleRoute, type PageAnswer, type PageCall, idIn } from '../console-route.ts';
import { form } from '../fields.ts';
import { type FormFaults, formFaults } from '../form-faults.ts';
import { heldFaults } from '../forms/held-forms.ts';
import { partOf, table, type Column } from '../list.ts';
import { doneNotice } from '../notices.ts';
import { card, columns, facts, linkButton, page, pageHead, section, type Page, waysNav } from '../page-head.ts';
import { certificateColumns } from './certificate-columns.ts';
import { scoreText, starsMark } from './marks.ts';
import { paperSection } from './papers.ts';
import { formFields } from '../form-fields.ts';

const PATH = '/console/products';
/** Rows of one part of a list. */
const ROWS_SHOWN = 20;
const FORM_BYTES = 8_192;

export const productPageRoutes: readonly ConsoleRoute[] = [
  {
    method: 'get',
    path: `${PATH}/:id`,
    right: 'read-registry',
    nav: 'products',
    handle: (call) => productPage(call, heldFaults(call, '/photo')),
  },
  {
    method: 'post',
    path: `${PATH}/:id/photo`,
    gate: 'uploads',
    right: 'tell-story',
    nav: 'products',
    files: true,
    formBytesMax: UPLOAD_MAX_BYTES + FORM_BYTES,
    handle: takePhoto,
  },
];

async function takePhoto(call: PageCall): Promise<PageAnswer> {
  const id = idIn(call);
  const bytes = call.form.files['photo']?.bytes ?? new Uint8Array();
  const outcome = await setProductPhoto(call.actor, { id, version: sentVersion(call.form), bytes }, call.ctx);
  if (outcome.ok) return go(`${PATH}/${id}`, 'photo');
  if (outcome.problem.code === 'not-found') valueOf(outcome);
  const own = registryWordsOf(call.language).products.faults;
  return productPage(
    call,
    formFaults(outcome.problem, call, { ...own, 'photo:format': own.photo, 'photo:broken': own.photo }),
  );
}

async function productPage(call: PageCall, faults: FormFaults): Promise<Page> {
  const { actor, ctx, language, params } = call;
  const words = registryWordsOf(language);
  const own = words.products;
  const product = valueOf(await readProduct(actor, params['id'] ?? '', ctx));
  const producer = valueOf(await readProducer(actor, product.producerId, ctx));
  const of = { productId: product.id };
  const [lots, evaluations, certificates] = await Promise.all([
    // Only the newest lot, to see whether the product's record is complete.
    listLots(actor, { ...of, limit: 1, after: null }, ctx),
    allOf((page) => listEvaluations(actor, { ...of, ...page }, ctx)),
    allOf((page) => listCertificates(actor, { ...of, ...page }, ctx)),
  ]);
  const complete = completenessOf(product, producer, valueOf(lots).items[0] ?? null);
  const mayTell = decide(actor, 'tell-story', null).kind !== 'refused';
  const mayAsk = decide(actor, 'change-registry', null).kind !== 'refused';
  // The office records what a council decided.
  const mayJudge = mayAsk && actor.role !== 'producer';
  const at = `${PATH}/${product.id}`;
  const judged = partOf(valueOf(evaluations), { name: 'evaluations', max: ROWS_SHOWN, call: { ...call, path: at } });
  const papers = partOf(valueOf(certificates), { name: 'certificates', max: ROWS_SHOWN, call: { ...call, path: at } });
  const evaluationList =
    judged.rows.length === 0
      ? html`<p class="muted">${own.noEvaluations}</p>`
      : table({
          columns: evaluationColumns(call),
          rows: judged.rows,
          hrefOf: mayJudge ? ({ id }) => `/console/evaluations/${id}/edit` : () => null,
          caption: own.evaluations,
        });
  const certificateList =
    papers.rows.length === 0
      ? html`<p class="muted">${own.noCertificates}</p>`
      : table({
          columns: certificateColumns(call.today, words, null),
          rows: papers.rows,
          hrefOf: ({ id }) => `/console/certificates/${id}`,
          caption: own.certificates,
        });
  const addEvaluation =
    mayJudge &&
    html`<p class="acts">${linkButton(`/console/evaluations/new?productId=${product.id}`, own.addEvaluation)}</p>`;
  const addCertificate =
    mayAsk &&
    html`<p class="acts">${linkButton(`/console/certificates/new?productId=${product.id}`, own.addCertificate)}</p>`;
  const main = html`
    ${recordOf(product, call, addressText(producer.address))}
    ${section(own.evaluations, html`${evaluationList}${judged.ways}${addEvaluation}`)}
    ${section(own.certificates, html`${certificateList}${papers.ways}${addCertificate}`)}
    ${await paperSection(call, { subject: 'product', id: product.id }, ['gtin', 'other'])}
  `;
  const side = html`${photoCard(product, call, faults, mayTell)}${meterCard(complete, product, producer.id, call)}`;
  const lead = html`<a href="/console/producers/${producer.id}">${producer.name}</a>`;
  const body = html`
    ${pageHead({ title: product.name, lead, actions: mayTell ? [linkButton(`${at}/edit`, words.edit, true)] : [] })}
    ${doneNotice(call, own.done)}
    ${productWays(product, call)}
    ${columns(main, side)}
  `;
  return page(product.name, body, faults);
}

function productWays({ id, producerId }: Product, { actor, language }: PageCall): Html {
  const { ways } = frameWordsOf(language);
  const may = (right: Right): boolean => decide(actor, right, null).kind !== 'refused';
  return waysNav(ways.name, [
    may('issue-batch') && [`/console/print?product=${id}`, ways.print],
    [`/console/lots?productId=${id}`, ways.lots],
    may('read-batch') && [`/console/scans?producerId=${producerId}`, ways.scans],
    [`/console/certificates?productId=${id}`, ways.certificates],
    may('read-request') && [`/console/requests?producerId=${producerId}`, ways.requests],
    may('read-ledger') && [`/console/ledger?producerId=${producerId}`, ways.ledger],
  ]);
}

function recordOf(product: Product, { language }: PageCall, producerPlace: string): Html {
  const words = registryWordsOf(language);
  const { gtinAuthorisation: leave } = product;
  return facts([
    [words.fields.shortName, product.shortName ?? null],
    [words.fields.productSet, html`${product.productSet}. ${words.sets[product.productSet - 1] ?? ''}`],
    [words.fields.group, words.groups[product.group]],
    [words.fields.brand, product.brand],
    [words.fields.unit, product.unit],
    [words.fields.origin, product.origin === null ? producerPlace : addressText(product.origin)],
    [words.fields.gtin, product.gtin === null ? null : html`<span class="code">${product.gtin}</span>`],
    [
      words.fields.gtinAuthorisation,
      leave === null ? null : html`${leave.holder}, ${leave.document}, ${dayText(leave.date)}`,
    ],
    [words.fields.standards, product.standards],
    [words.fields.shelfLifeDays, product.shelfLifeDays === null ? null : numberText(product.shelfLifeDays, language)],
    ...textFacts(product, words),
  ]);
}

/** What buyers read, in both languages; English that nobody recorded is left out. */
function textFacts(product: Product, words: RegistryWords): [string, Inset][] {
  const whole = wholeProduct(product);
  const { allergens } = whole;
  const held =
    allergens === null
      ? null
      : allergens.length === 0
        ? words.products.noAllergens
        : allergens.map((one) => words.allergens[one]).join(', ');
  const english = (
    ['nameEn', 'unitEn', 'ingredientsEn', 'storageEn', 'usageEn', 'warningsEn', 'descriptionEn'] as const
  )
    .filter((field) => whole[field] !== null)
    .map((field): [string, Inset] => [words.fields[field], html`<span lang="en">${whole[field]}</span>`]);
  return [
    [words.fields.ingredients, whole.ingredients],
    [words.fields.allergens, held],
    [words.fields.storage, whole.storage],
    [words.fields.usage, whole.usage],
    [words.fields.warnings, whole.warnings],
    [words.fields.description, whole.description],
    ...english,
  ];
}

function photoCard(product: Product, call: PageCall, faults: FormFaults, mayChange: boolean): Html {
  const words = registryWordsOf(call.language);
  const own = words.products;
  const picture =
    product.photoFileId === null
      ? html`<p class="muted">${own.noPhoto}</p>`
      : html`<img class="shot" src="/photos/${product.photoFileId}" alt="${own.photoOf(product.name)}">`;
  const upload =
    mayChange &&
    form({
      call,
      action: `${PATH}/${product.id}/photo`,
      submit: own.photoSend,
      version: product.version,
      files: true,
      plain: true,
      faults,
      body: formFields(call, words.fields, { faults }).file('photo', {
        label: words.papers.file,
        hint: own.photoHint,
        accept: 'image/jpeg,image/png,image/webp',
        required: true,
      }),
    });
  return card(own.photo, html`${picture}${upload}`);
}

function meterCard(
  { items, there, asked }: Completeness,
  product: Product,
  producerId: string,
  { language }: PageCall,
): Html {
  const words = registryWordsOf(language);
  const own = words.products;
  const lacking = items.filter(({ state }) => state === 'lacking');
  const places = {
    product: `${PATH}/${product.id}/edit`,
    producer: `/console/producers/${producerId}/edit`,
    lot: lacking.every(({ key }) => key !== 'lot')
      ? `/console/lots?productId=${product.id}`
      : `/console/lots/new?productId=${product.id}`,
  };
  const width = 300;
  const filled = Math.round((there / asked) * width);
  const text = own.meterText(String(there), String(asked));
  const bar = html`
    <svg class="meter" role="img" aria-label="${text}" width="100%" height="12"
      viewBox="0 0 ${width} 12" preserveAspectRatio="none">
      <rect width="${width}" height="12" class="bg"/>
      <rect width="${filled}" height="12" class="bar${lacking.length === 0 && ' full'}"/>
    </svg>
  `;
  const list =
    lacking.length === 0
      ? html`<p>${own.meterFull}</p>`
      : html`
        <p class="hint">${own.lacking}</p>
        <ul class="lack">
          ${lacking.map(
            ({ key, of }) =>
              html`<li>${words.complete[key]} <a href="${key === 'photo' ? '#f-photo' : places[of]}">${own.fillIn[of]}</a></li>`,
          )}
        </ul>
      `;
  return card(own.meter, html`<p>${own.meterText(String(there), String(asked))}</p>${bar}${list}`);
}

function evaluationColumns({ language }: PageCall): Column<Evaluation>[] {
  const words = registryWordsOf(language);
  return [
    { head: words.heads.round, cell: ({ round }) => round, card: 'title' },
    { head: words.fields.heldOn, cell: ({ heldOn }) => dayText(heldOn), card: 'plain' },
    { head: words.heads.score, cell: ({ scoreHundredths }) => scoreText(scoreHundredths, language), figure: true },
    { head: words.heads.minimum, cell: ({ minimumStars }) => words.starsText(minimumStars) },
    { head: words.heads.stars, cell: ({ stars }) => starsMark(stars, words), card: 'plain' },
    {
      head: words.heads.decision,
      cell: ({ decision }) => decision !== null && html`<span class="b">${decision}</span>`,
    },
  ];
}
