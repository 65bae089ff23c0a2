const TILE = 256;
const MOST = 400;
const MAX_ZOOM = 19;

/** Pictures of the ground from the server that the city has set; what is not there is left plain. */
export class TileLayer {
  #template;
  #arrived;
  #tiles = new Map();

  constructor(template, arrived) {
    this.#template = template;
    this.#arrived = arrived;
  }

  draw(pen, view, dim) {
    const zoom = Math.max(0, Math.min(MAX_ZOOM, Math.round(view.zoom)));
    const count = 2 ** zoom;
    const size = TILE * 2 ** (view.zoom - zoom);
    const left = view.x * count * size - view.width / 2;
    const top = view.y * count * size - view.height / 2;
    for (let column = Math.floor(left / size); column * size < left + view.width; column++) {
      for (let row = Math.max(0, Math.floor(top / size)); row < count && row * size < top + view.height; row++) {
        const picture = this.#tile(zoom, ((column % count) + count) % count, row);
        if (picture) {
          pen.drawImage(picture, Math.floor(column * size - left), Math.floor(row * size - top), Math.ceil(size), Math.ceil(size));
        }
      }
    }
    pen.globalAlpha = dim.share;
    pen.fillStyle = dim.ground;
    pen.fillRect(0, 0, view.width, view.height);
    pen.globalAlpha = 1;
  }

  #tile(z, x, y) {
    const key = `${z}/${x}/${y}`;
    let picture = this.#tiles.get(key);
    if (!picture) {
      picture = new Image();
      picture.onload = this.#arrived;
      picture.src = this.#template.replace('{z}', z).replace('{x}', x).replace('{y}', y);
      if (this.#tiles.size >= MOST) {
        this.#tiles.delete(this.#tiles.keys().next().value);
      }
    } else {
      this.#tiles.delete(key);
    }
    // the last used stays longest
    this.#tiles.set(key, picture);
    return picture.complete && picture.naturalWidth ? picture : null;
  }
}
