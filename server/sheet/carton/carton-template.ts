// The stock of a carton's label. `carton-a6` is the one there is: A6, a symbol of 58 mm, well over the 20 mm that a
// symbol of version 7 needs at 0.396 mm a module.

export interface CartonTemplate {
  id: string;
  page: { widthMm: number; heightMm: number };
  symbol: { xMm: number; yMm: number; sideMm: number; leastModuleMm: number };
  text: { xMm: number; yMm: number };
}

export const CARTON_A6: CartonTemplate = {
  id: 'carton-a6',
  page: { widthMm: 105, heightMm: 148 },
  symbol: { xMm: 20, yMm: 6, sideMm: 65, leastModuleMm: 0.396 },
  text: { xMm: 8, yMm: 76 },
};
