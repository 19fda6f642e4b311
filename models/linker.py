"""The linking of `models.linking`, kept up to date: only names that a changed report touches are joined anew.

Names are kept in components: all that could ever meet in one step of the linking (an acronym they share, a key,
one the noise of the other) are in the same. Components only grow, so each can be joined by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from models.link_keys import Key, link_key
from models.linking import Joined, Linked, Seen, join, linked
from models.name_noise import blocks, is_noise_of
from models.registry import Registry, entry_forms, folded_name
from models.variants import name_atoms


class Linker:
    """Linked names of reports that come and go."""

    def __init__(self, known: Registry) -> None:
        self._known = known
        self._reports: dict[int, list[Seen]] = {}
        self._parents: list[int] = []
        self._nodes: dict[str, int] = {}
        """A name as it is written → its node."""
        self._tokens: dict[str, int] = {}
        """What joins names → a node that has it."""
        self._entries: defaultdict[int, list[int]] = defaultdict(list)
        """Root of a component → places of the known entries in it."""
        self._seen: defaultdict[int, dict[int, list[Seen]]] = defaultdict(dict)
        """Root of a component → what is seen of it, by report."""
        self._joined: dict[int, Joined] = {}
        self._index = _NoiseIndex()
        for place, entry in enumerate(known.entries):
            if entry.label == "PROGRAM":
                node = self._new_node()
                self._entries[node].append(place)
                for form in entry_forms(entry):
                    self._tie(node, _tokens_of(form))
        self._join_all({self._root(node) for node in list(self._entries)})

    @property
    def reports(self) -> frozenset[int]:
        """Those whose names are linked."""
        return frozenset(self._reports)

    def update(self, changed: Mapping[int, Sequence[Seen]]) -> Linked:
        """The names after some reports have these programmes instead of those they had; none for a removed one."""
        touched: set[int] = set()
        for report, seen in changed.items():
            for one in self._reports.pop(report, ()):
                root = self._root(self._nodes[one.programme.name])
                self._seen[root].pop(report, None)
                touched.add(root)
            if seen:
                self._reports[report] = list(seen)
            for one in seen:
                node = self._node_of(one.programme.name)
                root = self._root(node)
                self._seen[root].setdefault(report, []).append(one)
                touched.add(root)
        self._join_all({self._root(root) for root in touched})
        return linked(self._joined.values(), self._known)

    # --- inside

    def _node_of(self, name: str) -> int:
        node = self._nodes.get(name)
        if node is None:
            node = self._nodes[name] = self._new_node()
            self._tie(node, _tokens_of(name))
        return node

    def _new_node(self) -> int:
        self._parents.append(len(self._parents))
        return self._parents[-1]

    def _root(self, node: int) -> int:
        while self._parents[node] != node:
            self._parents[node] = self._parents[self._parents[node]]
            node = self._parents[node]
        return node

    def _tie(self, node: int, tokens: Iterable[str]) -> bool:
        """Put the node into the component of whoever has one of the tokens; says whether any other was met."""
        met = False
        for token in tokens:
            other = self._tokens.setdefault(token, node)
            met |= self._unite(node, other)
        return met

    def _unite(self, one: int, other: int) -> bool:
        one, other = self._root(one), self._root(other)
        if one == other:
            return False
        self._parents[other] = one
        self._entries[one] += self._entries.pop(other, [])
        for report, seen in self._seen.pop(other, {}).items():
            self._seen[one].setdefault(report, []).extend(seen)
        for root in (one, other):
            if root in self._joined:
                self._index.remove(self._joined.pop(root))
        return True

    def _join_all(self, roots: set[int]) -> None:
        """Join the components anew, and those that they turn out to meet together with them."""
        while roots:
            root = self._root(roots.pop())
            roots.discard(root)
            if root in self._joined:
                self._index.remove(self._joined.pop(root))
            seen = [one for ones in self._seen[root].values() for one in ones]
            entries = {place: self._known.entries[place] for place in sorted(self._entries[root])}
            joined = join(seen, entries)
            met = self._tie(root, [_key_token(key) for key in joined.names])
            for key in self._index.near(joined):
                met |= self._unite(root, self._tokens[_key_token(key)])
            root = self._root(root)
            if met:
                roots.add(root)
            else:
                self._joined[root] = joined
                self._index.add(joined)


def _tokens_of(name: str) -> list[str]:
    """What a name shares with those that it could be linked to, whatever acronyms come to mean."""
    acronyms = [atom for atom in (*name_atoms(name), name) if atom.isupper()]
    return [_key_token(link_key(name)), *(f"acronym {acronym}" for acronym in acronyms)]


def _key_token(key: Key) -> str:
    return "key " + " ".join(key)


class _NoiseIndex:
    """Finds the names of other components that could be noise of a name, or it of them."""

    def __init__(self) -> None:
        self._names: dict[Key, str] = {}
        self._every: defaultdict[str, set[Key]] = defaultdict(set)
        self._rare: defaultdict[str, set[Key]] = defaultdict(set)

    def add(self, joined: Joined) -> None:
        """Take up the names of a component."""
        for key, name in joined.names.items():
            self._names[key] = name
            for block in blocks(folded_name(name), widths=(-1, 0, 1)):
                self._every[block].add(key)
        for key in joined.rare:
            for block in blocks(folded_name(joined.names[key])):
                self._rare[block].add(key)

    def remove(self, joined: Joined) -> None:
        """Forget them."""
        for key, name in joined.names.items():
            self._names.pop(key, None)
            for block in blocks(folded_name(name), widths=(-1, 0, 1)):
                self._every[block].discard(key)
        for key in joined.rare:
            for block in blocks(folded_name(joined.names[key])):
                self._rare[block].discard(key)

    def near(self, joined: Joined) -> list[Key]:
        """Keys of held names of which some of the component's rare names are noise, or that are noise of some."""
        found: dict[Key, None] = {}
        for key in joined.rare:
            name = joined.names[key]
            others = {other for block in blocks(folded_name(name)) for other in self._every.get(block, ())}
            found |= dict.fromkeys(o for o in sorted(others) if is_noise_of(name, self._names[o]))
        for name in joined.names.values():
            wide = blocks(folded_name(name), widths=(-1, 0, 1))
            others = {other for block in wide for other in self._rare.get(block, ())}
            found |= dict.fromkeys(o for o in sorted(others) if is_noise_of(self._names[o], name))
        return list(found)
