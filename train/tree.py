"""From scores of arcs to a tree with one root: the greedy choice where it is one, else Chu-Liu-Edmonds."""
import numpy as np


def is_tree(heads):
    n = len(heads)
    for start in range(n):
        node, steps = start + 1, 0
        while node and steps <= n:
            node, steps = heads[node - 1], steps + 1
        if steps > n:
            return False
    return True


def spanning(scores):
    """Maximum spanning arborescence of scores[dependent, head], node 0 the root; heads of all nodes, -1 for the root."""
    n = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -1e9)
    scores[0] = -1e9
    heads = scores.argmax(1)
    heads[0] = -1
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.array(cycle)
    rest = np.array([i for i in range(n) if i not in set(cycle)])
    m = len(rest)
    smaller = np.full((m + 1, m + 1), -1e9)
    smaller[:m, :m] = scores[np.ix_(rest, rest)]
    entering = scores[np.ix_(inside, rest)] - scores[inside, heads[inside]][:, None]
    leaving = scores[np.ix_(rest, inside)]
    smaller[m, :m], smaller[:m, m] = entering.max(0), leaving.max(1)
    found = spanning(smaller)
    out = heads.copy()
    for k, i in enumerate(rest):
        if i:
            out[i] = rest[found[k]] if found[k] < m else inside[leaving[k].argmax()]
    out[inside[entering[:, found[m]].argmax()]] = rest[found[m]]
    return out


def find_cycle(heads):
    seen = [0] * len(heads)
    for i in range(1, len(heads)):
        path, j = [], i
        while j > 0 and not seen[j]:
            seen[j] = i
            path.append(j)
            j = heads[j]
        if j > 0 and seen[j] == i:
            return path[path.index(j):]
    return None


def tree(logp):
    """logp (n, n + 1): heads of n words, 0 the root, exactly one root."""
    n = len(logp)
    greedy = logp.argmax(1)
    if (greedy == 0).sum() == 1 and is_tree(greedy):
        return greedy
    margin = logp[:, 0] - (logp[:, 1:].max(1) if n > 1 else 0)
    best = None
    for root in np.argsort(-margin)[:3]:
        scores = np.full((n + 1, n + 1), -1e9)
        scores[1:] = logp
        scores[1:, 0] = -1e6
        scores[root + 1, 1:] = -1e6
        scores[root + 1, 0] = logp[root, 0]
        heads = spanning(scores)[1:]
        value = logp[np.arange(n), heads].sum()
        if best is None or value > best[0]:
            best = value, heads
    return best[1]
