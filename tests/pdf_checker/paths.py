"""Matrices, and paths flattened to polygons: enough to say whether a point lies inside what was filled."""

CURVE_STEPS = 8


def concat(first, then):
    """The matrix that applies `first`, then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, l = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l)


def transform(matrix, x, y):
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


class Path:
    """A path in the page's default space."""

    def __init__(self):
        self.polygons = []
        self._current = (0.0, 0.0)

    def is_empty(self):
        return not self.polygons

    def add(self, operator, values, matrix):
        points = [transform(matrix, values[index], values[index + 1]) for index in range(0, len(values) - 1, 2)]
        if operator == "re":
            x, y, width, height = values
            corners = [transform(matrix, *corner) for corner in ((x, y), (x + width, y), (x + width, y + height), (x, y + height))]
            self.polygons.append(corners)
            self._current = corners[0]
        elif operator == "m":
            self.polygons.append([points[0]])
            self._current = points[0]
        elif operator == "h":
            self._current = self.polygons[-1][0] if self.polygons else self._current
        elif self.polygons:
            if operator == "l":
                self.polygons[-1].append(points[0])
            elif operator == "c":
                self._curve(*points)
            elif operator == "v":
                self._curve(self._current, *points)
            else:
                self._curve(points[0], points[1], points[1])
            self._current = self.polygons[-1][-1]

    def _curve(self, one, two, end):
        start = self._current
        for step in range(1, CURVE_STEPS + 1):
            t = step / CURVE_STEPS
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3)
            points = (start, one, two, end)
            self.polygons[-1].append((sum(w * p[0] for w, p in zip(weights, points)), sum(w * p[1] for w, p in zip(weights, points))))

    def box(self):
        xs = [x for polygon in self.polygons for x, _ in polygon]
        ys = [y for polygon in self.polygons for _, y in polygon]
        return (min(xs), min(ys), max(xs), max(ys))

    def contains(self, x, y):
        """Whether the point is inside, by the nonzero winding rule."""
        winding = 0
        for polygon in self.polygons:
            for (x0, y0), (x1, y1) in zip(polygon, polygon[1:] + polygon[:1]):
                if (y0 <= y) != (y1 <= y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
                    winding += 1 if y1 > y0 else -1
        return winding != 0
