// Web Mercator (EPSG:3857), the world being a square of side 1.

export const worldX = (longitude) => longitude / 360 + 0.5;

export const worldY = (latitude) => {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};

export const longitudeOf = (x) => (x - 0.5) * 360;

export const latitudeOf = (y) => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
