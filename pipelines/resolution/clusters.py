"""Groups things that are pairwise the same, in an order that depends on the things alone.

Pure functions; what makes two things the same is the caller's to say.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

# Hashable and in order, as strings and named tuples are.
Node = TypeVar("Node", bound=Any)


def clusters(
    nodes: Iterable[Node], links: Iterable[tuple[float, Node, Node]], conflict: Callable[[list[Node], list[Node]], bool] | None = None
) -> list[list[Node]]:
    """Merge linked ``nodes``, strongest link first, and return the groups, each sorted, in order of their first node.

    A merge is left out where ``conflict`` of the two groups is true, so that a weak link never joins what a fact keeps apart. Equal
    strengths are taken in the order of the nodes: the same set gives the same groups, whatever order it came in.
    """
    group = {node: [node] for node in nodes}
    for _, a, b in sorted(links, key=lambda link: (-link[0], link[1:])):
        first, second = group[a], group[b]
        if first is second or (conflict and conflict(first, second)):
            continue
        merged = first + second
        for node in merged:
            group[node] = merged
    return sorted((sorted(members) for members in {id(x): x for x in group.values()}.values()), key=lambda members: members[0])
