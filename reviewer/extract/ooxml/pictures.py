"""Pictures of an OOXML file, by the relationships that lead to them."""

from __future__ import annotations

from reviewer.extract import pictures
from reviewer.extract.ooxml import Package
from reviewer.extract.pictures import is_picture


class Pictures:
    """The pictures of one file, numbered in the order in which a reader meets them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._pictures = pictures.Pictures(package.scribe)

    def placed(self, source: str, relation_id: str | None, near: str) -> None:
        """A picture stands near this place; linked pictures are told with the external addresses."""
        relation = self._package.relation(source, relation_id)
        if relation is None or relation.external or not self._package.has(relation.target):
            return
        data = self._package.data(relation.target) if is_picture(relation.target) else None
        if data is not None:
            self._pictures.placed(data, near)

    def leftover(self) -> None:
        """Pictures that lie in the file without standing anywhere."""
        names = [member for member in self._package.unread() if is_picture(member.name)]
        self._pictures.leftover(data for data in map(self._package.member_data, names) if data is not None)

    def thumbnail(self, name: str, data: bytes) -> None:
        """The picture of the first page."""
        slides = any(part.name.startswith("ppt/") for part in self._package.members)
        self._pictures.thumbnail(data, name, of_slides=slides)
