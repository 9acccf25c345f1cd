"""Reading role packs from disk. A broken pack is reported by file, line and field; others load."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.careers.documents import PackProblem, read_content
from bot.careers.model import Role
from bot.careers.slugs import is_slug

ROLE_FILE = "role.yaml"


@dataclass(frozen=True)
class LoadedRole:
    """A role and the folder name that identifies it."""

    slug: str
    role: Role
    file: Path


@dataclass(frozen=True)
class Packs:
    """What was found: the roles by slug, and what was wrong with the others."""

    roles: tuple[LoadedRole, ...]
    problems: tuple[PackProblem, ...]


def load_packs(directories: Iterable[Path]) -> Packs:
    """Read all role packs below the directories; a later pack replaces one with the same slug.

    A directory holds packs as `<slug>/role.yaml`, either itself or in its `roles/` folder.
    """
    roles: dict[str, LoadedRole] = {}
    problems: list[PackProblem] = []
    for directory in directories:
        for file in _pack_files(directory):
            loaded = read_role(file)
            if isinstance(loaded, LoadedRole):
                roles[loaded.slug] = loaded
            else:
                problems.extend(loaded)
    return Packs(tuple(roles[slug] for slug in sorted(roles)), tuple(problems))


def read_role(file: Path) -> LoadedRole | list[PackProblem]:
    """Read one pack; return it, or everything that is wrong with it."""
    slug = file.parent.name
    if not is_slug(slug):
        return [PackProblem(file, None, None, f"rename the folder {slug!r} to a-slug-like-this")]
    role = read_content(file, Role)
    return LoadedRole(slug, role, file) if isinstance(role, Role) else role


def unknown_relations(roles: Sequence[LoadedRole]) -> list[PackProblem]:
    """Return a problem for each related role that no pack describes; such a role still loads."""
    known = {loaded.slug for loaded in roles}
    return [
        PackProblem(loaded.file, None, f"related.{place}.slug", f"no pack is called {link.slug!r}")
        for loaded in roles
        for place, link in enumerate(loaded.role.related)
        if link.slug not in known
    ]


def _pack_files(directory: Path) -> list[Path]:
    return sorted([*directory.glob(f"*/{ROLE_FILE}"), *directory.glob(f"roles/*/{ROLE_FILE}")])
