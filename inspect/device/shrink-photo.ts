// A photo as evidence on a phone's network: large enough to read the small print of a label, without what the camera
// writes beside the picture (place, phone, time), because only the pixels are kept.

const SIDE_MAX = 1_600;
const QUALITY = 0.8;
const MEDIA_TYPE = 'image/jpeg';

/** @throws if the file is no picture that this browser reads */
export async function shrinkPhoto(file: Blob): Promise<{ bytes: Uint8Array<ArrayBuffer>; mediaType: string }> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, MEDIA_TYPE, QUALITY));
  if (blob === null) throw new Error('the picture could not be written');
  return { bytes: new Uint8Array(await blob.arrayBuffer()), mediaType: MEDIA_TYPE };
}
