const WHEEL = 0.0022;
const TAP_PIXELS = 6;
const STEP = 90;

/**
 * Mouse, touch, pen and keyboard on a map.
 *
 * @param map {pan(dx, dy), zoom(by, px, py), fit(), hover(px, py), tap(px, py), enter()}
 * @returns what ends it
 */
export function gestures(canvas, map) {
  const fingers = new Map();
  let travelled = 0;
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const middle = () => {
    const all = [...fingers.values()];
    const x = all.reduce((sum, finger) => sum + finger.x, 0) / all.length;
    const y = all.reduce((sum, finger) => sum + finger.y, 0) / all.length;
    const apart = all.length > 1 ? Math.hypot(all[0].x - all[1].x, all[0].y - all[1].y) : 0;
    return { x, y, apart };
  };
  const handlers = {
    pointerdown(event) {
      canvas.setPointerCapture?.(event.pointerId);
      fingers.size || (travelled = 0);
      fingers.set(event.pointerId, place(event));
    },
    pointermove(event) {
      if (!fingers.has(event.pointerId)) {
        const { x, y } = place(event);
        map.hover(x, y);
        return;
      }
      const before = middle();
      fingers.set(event.pointerId, place(event));
      const after = middle();
      travelled += Math.hypot(after.x - before.x, after.y - before.y);
      if (travelled > TAP_PIXELS || fingers.size > 1) {
        map.pan(after.x - before.x, after.y - before.y);
      }
      if (before.apart && after.apart) {
        travelled = Infinity;
        map.zoom(Math.log2(after.apart / before.apart), after.x, after.y);
      }
    },
    pointerup(event) {
      if (fingers.delete(event.pointerId) && !fingers.size && travelled <= TAP_PIXELS) {
        const { x, y } = place(event);
        map.tap(x, y, event.pointerType);
      }
    },
    pointercancel: (event) => fingers.delete(event.pointerId),
    pointerleave: () => fingers.size || map.hover(-1, -1),
    wheel(event) {
      event.preventDefault();
      const { x, y } = place(event);
      const lines = event.deltaMode === 1 ? 16 : 1;
      map.zoom(-event.deltaY * lines * WHEEL, x, y);
    },
    keydown(event) {
      const steps = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
      const middleX = canvas.clientWidth / 2;
      const middleY = canvas.clientHeight / 2;
      if (event.key in steps) {
        map.pan(...steps[event.key]);
        map.hover(middleX, middleY);
      } else if (event.key === '+' || event.key === '=') {
        map.zoom(0.75, middleX, middleY);
      } else if (event.key === '-') {
        map.zoom(-0.75, middleX, middleY);
      } else if (event.key === '0' || event.key === 'Home') {
        map.fit();
      } else if (event.key === 'Enter') {
        map.tap(middleX, middleY, 'keyboard');
      } else {
        return;
      }
      event.preventDefault();
    },
  };
  for (const [name, handle] of Object.entries(handlers)) {
    canvas.addEventListener(name, handle, { passive: false });
  }
}
